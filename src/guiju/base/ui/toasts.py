"""Short messages after something was done: 已保存, with a way to undo it.

They travel from the action to the page behind it in a signed cookie that lives a minute
and is dropped once it was shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guiju.base.ui.language import say
from guiju.core.sentence import Sentence

COOKIE = "guiju_toast"
_LIFE = 60
_MOST = 600
_SALT = "guiju.ui.toast"
_SHOWN = "guiju.toast_shown"


@dataclass(frozen=True, slots=True)
class Toast:
    """A message.

    Attributes:
        text: what was done, in the reader's language.
        undo: where the button 撤销 posts to; empty where nothing can be undone.
    """

    text: str
    undo: str = ""


def add_toast(
    request: HttpRequest, response: HttpResponseBase, text: Sentence, *, undo: str = ""
) -> None:
    """Have the next page say that something was done.

    Args:
        request: what is being answered.
        response: usually the redirect after the action.
        text: what was done.
        undo: an address of our own that takes it back, by POST.

    Raises:
        ValueError: for an address that is not ours.
    """
    if undo and (not undo.startswith("/") or undo.startswith(("//", "/\\"))):
        raise ValueError(undo)
    said = signing.dumps([say(text)[:_MOST], undo], salt=_SALT)
    response.set_cookie(
        COOKIE,
        said,
        max_age=_LIFE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def read_toast(request: HttpRequest | None) -> Toast | None:
    """Return the message that this page is to show; None without one, or for a forged one."""
    said = request.COOKIES.get(COOKIE) if request is not None else None
    if not said or request is None:
        return None
    try:
        text, undo = signing.loads(said, salt=_SALT, max_age=_LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    request.META[_SHOWN] = True
    return Toast(text, undo)


def forget_shown(request: HttpRequest, response: HttpResponseBase) -> None:
    """Drop the message once a page has shown it, unless there is a new one."""
    if request.META.get(_SHOWN) and COOKIE not in response.cookies:
        response.delete_cookie(COOKIE, samesite="Strict")
