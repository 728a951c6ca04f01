"""Parts of pages: dates, references, state badges, figures, addresses that keep their filters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guiju.base.ui import dates
from guiju.base.ui.badges import Badge
from guiju.base.ui.language import say
from guiju.base.ui.paging import Page

register = template.Library()

CURSORS = ("older", "newer", "after", "before")


@register.simple_tag
def when(at: datetime, now: datetime | None = None) -> SafeString:
    """Return an instant, and beside it how long ago it was if ``now`` is given and it is recent."""
    passed = dates.ago(at, now) if now else None
    beside = format_html(' <span class="soft">· {}</span>', say(passed)) if passed else ""
    return format_html(
        '<time datetime="{}">{}</time>{}', at.isoformat(), say(dates.moment(at)), beside
    )


@register.simple_tag
def short(text: object) -> SafeString:
    """Return a hash or reference of which the beginning is seen and the whole is selected."""
    return format_html('<code class="short" title="{0}">{0}</code>', text)


@register.simple_tag
def badge(state: Badge) -> SafeString:
    """Show a state: its shape, which is not read out, and its word."""
    form = '<span class="badge {}"><span aria-hidden="true">{}</span> {}</span>'
    return format_html(form, state.tone, state.shape, say(state.label))


@register.inclusion_tag("ui/parts/figure.html")
def figure(label: object, value: object, unit: object = "", **more: object) -> dict[str, object]:
    """Show a figure with its unit; ``link`` opens the list behind it.

    ``note``, ``state`` and ``trend`` stand below.
    """
    return {"label": label, "value": value, "unit": unit, **more}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, object]:
    """Show the ways to newer and older rows; the filters stay in the address."""
    request: HttpRequest = context["request"]
    return {
        "reached": dates.moment(page.searched_to) if page.searched_to else None,
        "first": _address(request) if any(map(request.GET.get, CURSORS)) else "",
        "newer": _address(request, newer=page.newer) if page.newer else "",
        "older": _address(request, older=page.older) if page.older else "",
    }


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: str) -> str:
    """Return this page's address with other filters, from the list's beginning; "" drops one."""
    return _address(context["request"], **changes)


@register.simple_tag(takes_context=True)
def address_without(context: Context, name: str) -> str:
    """Return this page's address without the filter of that name."""
    return _address(context["request"], **{name: ""})


@register.filter
def thousands(number: int) -> str:
    """Return a number with its thousands marked."""
    return f"{number:,}"


@register.filter
def day(of: date) -> str:
    """Return a day as people write it."""
    return say(dates.day(of))


def _address(request: HttpRequest, **changes: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in CURSORS}
    query = urlencode({name: value for name, value in (kept | changes).items() if value})
    return f"{request.path}?{query}" if query else request.path
