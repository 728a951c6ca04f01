"""Tags of the shell: the top bar, the reader's menu, the message after an action."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context

from guiju.base.ui import navigation as registry
from guiju.base.ui import plain, reader, theme, toasts
from guiju.core.terms import Permission

register = template.Library()


@register.inclusion_tag("ui/parts/bar.html", takes_context=True)
def top_bar(context: Context) -> dict[str, object]:
    """Show the top bar: areas that are open to the reader, search, and their own menu."""
    request: HttpRequest | None = context.get("request")
    # Django's page for what is missing has this; it must look as what is forbidden does.
    is_missing = "request_path" in context
    match = None if is_missing else getattr(request, "resolver_match", None)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "body": reader.body_name(request),
        "entries": registry.entries(request),
        "own": registry.entries(request, is_own=True),
        "area": match.namespace if match else "",
        "reader": reader.reader(request),
        "may_search": reader.may(request, Permission.HELP_READ),
        "is_plain": bool(context.get("is_shown_plain")) or plain.is_plain(request),
        "themes": theme.THEMES,
        "theme": theme.theme(request),
    }


@register.simple_tag
def is_example() -> bool:
    """Tell whether everything that is shown is made up, as in ``guiju demo``."""
    return bool(getattr(settings, "IS_EXAMPLE", False))


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    """Return ``light``, ``dark``, or empty for the system's choice."""
    return theme.theme(context.get("request"))


@register.simple_tag(takes_context=True)
def is_plain(context: Context) -> bool:
    """Tell whether the page is to be plain; the gallery shows some pages so to everyone."""
    return bool(context.get("is_shown_plain")) or plain.is_plain(context.get("request"))


@register.simple_tag(takes_context=True)
def reader_mark(context: Context) -> str:
    """Return the sign by which drafts of different readers are told apart."""
    return reader.mark_of(context.get("request"))


@register.inclusion_tag("ui/parts/toast.html", takes_context=True)
def toast(context: Context) -> dict[str, Any]:
    """Show the message after an action, once."""
    found = toasts.read_toast(context.get("request"))
    return {"toast": found, "csrf_token": context.get("csrf_token")}
