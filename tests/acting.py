"""Filling in a form that asks before it acts, for tests of pages."""

from __future__ import annotations

import re

from django.urls import reverse

_KEY = re.compile(r'name="key" value="([0-9a-f-]{36})"')


def address(view, row=None):
    """Return the address of an act on a row."""
    return reverse(view, args=[row.reference.partition(":")[2]] if row else [])


def key_in(answer):
    """Return the key of the form on a page."""
    return _KEY.search(answer.content.decode())[1]


def asked(browser, at, **filled):
    """Open the form and send it: the answer is what it asks, or the form with what is wrong."""
    opened = browser.get(at)
    assert opened.status_code == 200, at
    return browser.post(at, {"key": key_in(opened), **filled})


def confirmed(browser, at, **filled):
    """Open the form, send it and confirm."""
    opened = browser.get(at)
    assert opened.status_code == 200, at
    sent = {"key": key_in(opened), **filled}
    question = browser.post(at, sent)
    text = question.content.decode()
    assert question.status_code == 200, text
    assert 'name="confirmed" value="yes"' in text
    return browser.post(at, {**sent, "confirmed": "yes"})
