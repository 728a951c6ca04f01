"""Opening an account, and the link by which its person chooses a password."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.access.actions.accounts import open_account
from guiju.base.access.actions.links import issue_link
from guiju.base.access.models import Account
from guiju.base.access.pages.acting import Act, acted, sent
from guiju.base.access.pages.finding import found_account, page_of, way
from guiju.base.access.persons import person_of
from guiju.base.access.policies import LINK_LIFE, LinkPurpose
from guiju.base.record.actor import actor_of
from guiju.base.record.event_types import new_reference
from guiju.base.ui.forms import Form
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


class OpeningForm(Form):
    """Whose account, and until when."""

    person = forms.CharField(
        label=zh("人员编号"),  # type: ignore[arg-type]
        help_text=zh("名册上的编号，见此人的页面；不在名册上的，不填"),  # type: ignore[arg-type]
        max_length=120,
        required=False,
    )
    display_name = forms.CharField(
        label=zh("姓名"),  # type: ignore[arg-type]
        help_text=zh("填了人员编号的，可以不填，照名册上的姓名"),  # type: ignore[arg-type]
        max_length=60,
        required=False,
    )
    login_name = forms.CharField(
        label=zh("登录名"),  # type: ignore[arg-type]
        help_text=zh("3 到 32 个小写字母、数字、点、横线或下划线，以字母开头"),  # type: ignore[arg-type]
        max_length=32,
    )
    last_day = forms.DateField(
        label=zh("用到哪一天"),  # type: ignore[arg-type]
        help_text=zh("借调、挂职等有期限的填写；没有期限的，不填"),  # type: ignore[arg-type]
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> None:
        """Find who is meant on the register, and take the name from there where none is given."""
        filled = super().clean() or self.cleaned_data
        code = filled.get("person", "").strip()
        found = person_of(code) if code else None
        if code and found is None:
            nobody = zh("名册上没有编号是「{code}」的在职人员。请到人员页核对编号。", code=code)
            self.add_error("person", forms.ValidationError(say(nobody)))
        reference, name = found or (new_reference("person"), "")
        filled["person"] = reference
        filled["display_name"] = filled.get("display_name", "").strip() or name
        if not filled["display_name"] and not code and "display_name" not in self.errors:
            self.add_error("display_name", forms.ValidationError("", code="required"))


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Open an account and show its link."""
    act = Act(
        heading=zh("开设账号"),
        verb=zh("开设账号"),
        consequences=(
            zh("开设后显示一个一次性链接，请当面或用可靠的方式交给本人。"),
            zh("本人用链接设置密码后才能登录；没有授予角色以前，只能管自己的账号。"),
        ),
        done=zh("已开设账号。"),
        again=zh("账号刚才已经开设，没有重复办理。没有记下链接的，请到该账号发新的。"),
        back=reverse("access:accounts"),
        way=way(),
    )

    def do(filled: dict[str, Any]) -> HttpResponse:
        by, at = actor_of(request), timezone.now()
        account = open_account(
            person=filled["person"],
            login_name=filled["login_name"].strip(),
            display_name=filled["display_name"],
            expires_at=_end(filled["last_day"]),
            by=by,
            at=at,
        )
        token = issue_link(account=account, purpose=LinkPurpose.INVITATION, by=by, at=at)
        return _link_page(request, account, LinkPurpose.INVITATION, token)

    return acted(request, act, sent(OpeningForm, request), do)


def _end(last_day: Any) -> datetime | None:  # noqa: ANN401 - as the form gives it
    if last_day is None:
        return None
    return timezone.make_aware(datetime.combine(last_day, time.max))


@needs(Permission.ACCOUNT_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Make a fresh link for an account and show it."""
    account = found_account(identity)
    purpose = LinkPurpose.RECOVERY if account.has_usable_password() else LinkPurpose.INVITATION
    act = Act(
        heading=zh("给{name}发新的一次性链接", name=account.display_name),
        verb=zh("生成链接"),
        consequences=(
            zh("此前发出、还没有用的链接全部作废。"),
            zh("拿到链接的人可以设置这个账号的密码。请先核实是本人，再当面交给他。"),
        ),
        done=Sentence(""),
        again=zh("链接刚才已经生成，没有重复办理。没有记下的，请再发新的。"),
        back=page_of(account),
        way=way(account),
    )

    def do(_filled: dict[str, Any]) -> HttpResponse:
        token = issue_link(
            account=account, purpose=purpose, by=actor_of(request), at=timezone.now()
        )
        return _link_page(request, account, purpose, token)

    return acted(request, act, sent(Form, request), do)


def _link_page(
    request: HttpRequest, account: Account, purpose: LinkPurpose, token: str
) -> HttpResponse:
    """Show the link, once: only its hash is kept."""
    shown = {
        "account": account,
        "address": request.build_absolute_uri(reverse("access:one_time_link", args=[token])),
        "hours": int(LINK_LIFE[purpose].total_seconds() // 3600),
        "back": page_of(account),
        "way": way(account),
    }
    return render(request, "access/link.html", shown)
