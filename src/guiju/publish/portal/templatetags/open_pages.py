"""Addresses of the portal in the language of the page."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.translation import get_language

from guiju.base.ui.language import ENGLISH
from guiju.publish.portal.addresses import LANGUAGE, at

register = template.Library()


@register.simple_tag(name="at")
def address(name: str, *args: object, **query: object) -> str:
    """Return the address of a page of the portal: ``{% at "edition" identity kind="x" %}``."""
    return at(name, *args, **query)


@register.simple_tag(takes_context=True)
def other_tongue(context: Context) -> str:
    """Return this page's address in the other language, with all else that stands in it."""
    request: HttpRequest = context["request"]
    kept = {name: value for name, value in request.GET.items() if name != LANGUAGE}
    if get_language() != ENGLISH:
        kept[LANGUAGE] = ENGLISH
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
