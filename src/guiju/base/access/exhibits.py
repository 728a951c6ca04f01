"""Signing in and one's own views in the gallery."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.access.models import SavedView
from guiju.base.access.sign_in.forms import CodeForm, SignInForm
from guiju.base.ui.forms import Form, refuse
from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.people import LONG_UNIT
from guiju.core.errors import Denied
from guiju.core.sentence import zh

Shown = Mapping[str, object]

COUNTS = {"empty": 0, "typical": 3, "long": 3, "many": 200, "error": 2, "forbidden": 2}


def _refused(form: Form, state: str) -> Form:
    """Let the form say what is wrong, or that nothing more can be tried for a while."""
    if state == "error":
        refuse(form, Denied("GALLERY-05", zh("登录名或密码不对。请核对后再试。")))
    if state == "forbidden":
        refuse(form, Denied("GALLERY-06", zh("试错次数太多，已暂停登录。请 15 分钟后再试。")))
    return form


def _sign_in(_request: HttpRequest, state: str) -> Shown:
    names = {"long": "a" * 60, "many": "zhou.xiaolan", "typical": "zhou.xiaolan"}
    sent = {"login_name": names.get(state, "zhou"), "password": "x" * 16}
    is_sent = state in {"error", "forbidden"}
    form = SignInForm(sent) if is_sent else SignInForm(initial={"login_name": names.get(state, "")})
    return {"form": _refused(form, state), "next": reverse("ui:gallery")}


def _second_step(_request: HttpRequest, state: str) -> Shown:
    is_sent = state in {"error", "forbidden"}
    form = CodeForm({"code": "000000"}) if is_sent else CodeForm()
    return {"form": _refused(form, state), "next": reverse("ui:gallery"), "has_codes": True}


def _views(_request: HttpRequest, state: str) -> Shown:
    here = reverse("ui:gallery")
    own = [
        SavedView(
            name=LONG_UNIT[:40] if state == "long" else f"第 {number + 1} 个视图",
            query="sort=name",
            is_default=number == 1,
            is_shared=number > 1,
            saved_at=timezone.now(),
        )
        for number in range(COUNTS[state])
    ]
    zero = "00000000-0000-4000-8000-000000000000"
    return {
        "own": [(one, here, zero) for one in own],
        "others": [] if state == "empty" else ["在任的领导", "轮岗要到期的"],
        "back": here,
        "may_share": state != "forbidden",
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, template, show in (
        ("sign-in", zh("登录"), "access/sign_in/sign_in.html", _sign_in),
        ("second-step", zh("第二重验证"), "access/sign_in/second_step.html", _second_step),
        ("own-views", zh("我的视图"), "access/views.html", _views),
    ):
        add_exhibit(Exhibit(f"access-{name}", label, template, show, is_screen=True))
