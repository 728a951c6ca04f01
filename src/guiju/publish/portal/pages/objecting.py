"""Objecting to what is in public notice: without signing in, with or without a name (S2-13)."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID, uuid5

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guiju.base.access.sign_in.address import address_of
from guiju.base.record import reads
from guiju.base.record.door import keyed
from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, data, refuse, said
from guiju.base.ui.needs import needs
from guiju.core.errors import Conflict, Denied, Refusal
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.approval.actions import noticing
from guiju.define.approval.find import objection_at
from guiju.define.approval.models import MOST_TEXT
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import private_page
from guiju.publish.portal.pages.shown import listed
from guiju.publish.portal.reads.issues import NotThere, issue_at
from guiju.publish.portal.slowing import Slowing

SLOWING = Slowing("objection", 6)
_SPACE = UUID("5b0c60e2-6c56-4a39-9a3e-1f3a0d1a7c55")


class ObjectionForm(Form):
    """What is wrong, who says so and how an answer reaches them; both may stay empty."""

    text = forms.CharField(
        label=said(zh("哪里不对")),
        help_text=said(
            zh("写明哪一项、哪里不对、有什么依据，最多 2,000 字。内容密封保存，只给答复的人看。")
        ),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 8, "autocomplete": "off"}),
    )
    name = text_field(zh("姓名"), zh("可以不填"), most=60, required=False)
    contact = text_field(zh("联系方式"), zh("可以不填；填了也密封保存"), most=120, required=False)


@csrf_exempt  # nobody's rights are used here: whoever sends it is a stranger like any other
@needs(Permission.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def objecting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the form; take an objection and say by which code to ask for its answer."""
    issue, now = issue_at(identity), timezone.now()
    one = listed(issue, timezone.localdate(now))
    if one.state is not EditionState.PUBLIC_NOTICE or one.left is None:
        raise NotThere
    form = ObjectionForm(data(request))
    if request.method == "POST" and form.is_valid():
        try:
            code = _taken(request, issue, form, now)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return render(request, "portal/receipt.html", {"one": one, "code": code})
    status = 400 if form.is_bound else 200
    return render(request, "portal/object.html", {"one": one, "form": form}, status=status)


def require_sent_here(request: HttpRequest) -> None:
    """Refuse what another site has sent in the name of its reader.

    Raises:
        Denied: PORTAL-02.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    own = f"{request.scheme}://{request.get_host()}"
    if site not in ("same-origin", "none") or (origin and origin != own):
        raise Denied(
            "PORTAL-02", zh("这不是从本站的页面提交的，没有收下。请在本站打开页面再提交。")
        )


def _taken(request: HttpRequest, issue: Issue, form: ObjectionForm, at: datetime) -> str:
    """Take an objection once, however often the form is sent; return its code.

    The form's key is known to whoever has the form alone; the record shows another one that
    was made from it.

    Raises:
        Denied: PORTAL-02, PORTAL-03 for too many; what ``object_to`` raises.
    """
    require_sent_here(request)
    key = uuid5(_SPACE, str(form.key))
    if found := reads.event(key):
        return _code_of(found[1])
    if SLOWING.seconds_to_wait(address_of(request), at=at):
        raise too_often()
    filled = form.cleaned_data
    reached = "，".join(one for one in (filled["name"], filled["contact"]) if one)
    try:
        with keyed(key):
            row = noticing.object_to(
                edition=issue.edition.reference,
                text=filled["text"],
                contact=reached,
                by=None,
                at=at,
            )
    except Conflict:  # the same form, sent twice in the same moment
        if found := reads.event(key):
            return _code_of(found[1])
        raise
    return row.code


def too_often() -> Denied:
    """Return the refusal of whoever sends too much."""
    return Denied(
        "PORTAL-03",
        zh("从您的网络提交得太多了，这一次没有收下。请一小时后再提交；写好的内容还在下面。"),
    )


def _code_of(entry: bytes) -> str:
    data = json.loads(entry)["data"]
    return objection_at(str(data["objection"])).code
