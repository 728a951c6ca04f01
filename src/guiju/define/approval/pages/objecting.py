"""Objecting during public notice, answering, and opening how an objector is reached."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record import typed
from guiju.base.record.actor import actor_of
from guiju.base.record.pages.unsealing import OpeningForm, Sealed, opening_page
from guiju.base.record.unsealing import Opening
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition
from guiju.core.errors import Invalid
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ObjectionState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission, SealedItem
from guiju.define.approval import texts
from guiju.define.approval.actions import noticing
from guiju.define.approval.actions.opening import open_contact
from guiju.define.approval.find import objection_at
from guiju.define.approval.models import MOST_TEXT, Objection
from guiju.define.approval.reads.objections import notice_of
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, full_name, reached, way

_UPHELD = "upheld"
_LONG = forms.Textarea({"rows": 4, "autocomplete": "off"})


class ObjectionForm(Form):
    """What is wrong, and how an answer reaches whoever says so."""

    text = forms.CharField(
        label=said(zh("异议")),
        help_text=said(zh("写明哪一项、哪里不对、有什么依据；内容密封保存，只给答复的人看")),
        max_length=MOST_TEXT,
        widget=_LONG,
    )
    contact = text_field(
        zh("联系方式"),
        zh("密封保存，查阅要写明原因并留记录；不填也受理"),
        most=noticing.MOST_CONTACT,
        required=False,
    )


class AnswerForm(Form):
    """Whether it holds, and what is answered."""

    verdict = forms.ChoiceField(
        label=said(zh("结论")),
        choices=[
            ("dismissed", said(zh("不成立：清单照公示的内容生效"))),
            (_UPHELD, said(zh("成立：退回起草，修改后重新送审"))),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=said(zh("答复")),
        help_text=said(zh("写明理由和依据；提出异议的人凭查询码能看到")),
        max_length=MOST_TEXT,
        widget=_LONG,
    )


@needs(Permission.LISTS_READ)
@require_http_methods(METHODS)
def objecting(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Object to an edition that is in public notice."""
    found = reached(request, identity)
    notice = notice_of(found)
    if found.state != EditionState.PUBLIC_NOTICE.value or notice is None:
        raise Http404
    act = Act(
        zh("对「{name}」提出异议", name=full_name(found)),
        zh("提出异议"),
        zh("已收到，会在生效以前答复。"),
        address("approval:review", found),
        way(found, Crumb(zh("提出异议"))),
        lead=zh("公示 {first} 至 {last}。", first=str(notice.first), last=str(notice.last)),
    )

    def do(filled: Filled) -> None:
        noticing.object_to(
            edition=found.reference,
            text=filled["text"],
            contact=filled["contact"],
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(_filled: Filled) -> list[Sentence]:
        return [
            zh("由编制人员在 {count} 个工作日内答复。", count=noticing.ANSWER_LIMIT.amount),
            zh("答复以前，这一版不会生效。"),
        ]

    return acted(request, act, ObjectionForm(data(request)), says=says, do=do)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def answering(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Answer an objection."""
    found, edition = _reached(request, identity)
    if found.state != ObjectionState.OPEN.value:
        raise Http404
    act = Act(
        zh("答复对「{name}」的异议", name=full_name(edition)),
        zh("答复"),
        zh("已答复。"),
        address("approval:review", edition),
        way(edition, Crumb(zh("答复异议"))),
        lead=zh("异议：{text}", text=typed.opened(found.reference, texts.OBJECTION, found.text)),
    )

    def do(filled: Filled) -> None:
        noticing.answer(
            objection=found.reference,
            is_upheld=filled["verdict"] == _UPHELD,
            said=filled["answer"],
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(filled: Filled) -> list[Sentence]:
        if filled["verdict"] == _UPHELD:
            return [zh("这一版退回起草，此前的签署全部失效，修改后重新送审、重新公示。")]
        return [zh("答复给提出异议的人看；公示期满、异议都已答复，这一版自动生效。")]

    return acted(request, act, AnswerForm(data(request)), says=says, do=do)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def contact(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Open how whoever objected can be reached: for a reason, which is recorded."""
    found, edition = _reached(request, identity)
    if found.contact is None:
        raise Http404

    def open_it(_item: str, what: Opening) -> list[Definition]:
        value = open_contact(
            objection=found.reference, what=what, by=actor_of(request), at=timezone.now()
        )
        return [Definition(SealedItem.CONTACT.label, value)]

    item = SealedItem.CONTACT
    form = OpeningForm(request, [(item.value, said(item.label))])
    crumb = Crumb(zh("查阅联系方式"))
    about = Sealed(
        zh("查阅异议人的联系方式"), address("approval:review", edition), way(edition, crumb)
    )
    return opening_page(request, about, form, open_it=open_it)


def _reached(request: HttpRequest, identity: UUID) -> tuple[Objection, Edition]:
    try:
        found = objection_at(f"objection:{identity}")
    except Invalid:
        raise Http404 from None
    edition = found.review.edition
    named = UUID(edition.reference.partition(":")[2])
    return found, reached(request, named, Permission.LISTS_EDIT)
