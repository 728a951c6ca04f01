"""Submitting, taking back, signing and returning: forms that say what will happen and to whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import day_field, text_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import standing
from guiju.core.lists.chains import ChainStep
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import SignAction
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.approval.actions import signing, submitting
from guiju.define.approval.finding import Plan
from guiju.define.approval.models import MOST_TEXT, Seat
from guiju.define.approval.pages.consequences import after_signing, after_submitting
from guiju.define.approval.pages.hindered import hindered_page
from guiju.define.approval.pages.offered import VERBS
from guiju.define.approval.reads.passages import Passage, passage_of, review_of
from guiju.define.lists.models import CODE, NAME, Edition
from guiju.define.lists.pages.frame import address, full_name, is_draft, reached, way

_DIGEST = 64


def _text(label: Sentence, hint: Sentence, *, required: bool) -> Any:  # noqa: ANN401 - a field
    return forms.CharField(
        label=said(label),
        help_text=said(hint),
        max_length=MOST_TEXT,
        required=required,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )


class SubmitForm(Form):
    """From when it shall take effect, and which leader is in charge where several could be."""

    wished = day_field(
        zh("希望从哪天起生效"),
        zh("不填的，公示期满的次日生效；填了也不会早于那一天"),
        required=False,
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        for one in plan.steps:
            if one.choices:
                offered = [(c.post, f"{c.post_name}（{c.name}）") for c in one.choices]
                self.fields[f"step{one.place}"] = forms.ChoiceField(
                    label=said(zh("「{step}」由谁签", step=one.step.name)),
                    help_text=said(zh("选分管这项工作的领导")),
                    choices=[("", said(zh("请选择"))), *offered],
                )

    def chosen(self, filled: Filled) -> dict[int, str]:
        """Return the chosen posts by place."""
        return {
            int(name.removeprefix("step")): post
            for name, post in filled.items()
            if name.startswith("step")
        }


class ReasonForm(Form):
    """Why."""

    reason = text_field(zh("原因"), most=NAME)


class ReturnForm(Form):
    """What is to be mended; with the digest of what the reader saw."""

    reason = _text(
        zh("退回原因"), zh("哪几项要改、怎么改；送审人和各审签人都能看到"), required=True
    )
    digest = forms.CharField(max_length=_DIGEST, widget=forms.HiddenInput)


class SignForm(Form):
    """An opinion; with the digest of what the reader saw."""

    opinion = _text(zh("意见"), zh("可以不写；写了的和签署一并留存"), required=False)
    digest = forms.CharField(max_length=_DIGEST, widget=forms.HiddenInput)


class FilingForm(SignForm):
    """Under which number it is filed."""

    number = text_field(zh("备案号"), zh("例如：示纪备〔2026〕12号"), most=CODE)
    filed = day_field(zh("备案日期"))


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def submitting_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Submit a draft."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    if not is_draft(found):
        raise Http404
    if request.method != "POST" and (hindered := hindered_page(request, found)):
        return hindered
    plan = submitting.required_plan(found, timezone.localdate())
    form = SubmitForm(data(request), plan=plan)
    act = Act(
        zh("送审「{name}」", name=full_name(found)),
        zh("送审"),
        zh("已送审，内容已锁定。"),
        address("approval:review", found),
        way(found, Crumb(zh("送审"))),
        lead=zh("走「{chain}」：{count} 个环节。", chain=plan.chain.name, count=len(plan.steps)),
    )

    def do(filled: Filled) -> None:
        submitting.submit(
            edition=found.reference,
            revision=found.revision,
            chosen=form.chosen(filled),
            wished=filled["wished"],
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(filled: Filled) -> list[Sentence]:
        me = standing(request).person
        return after_submitting(plan, form.chosen(filled), me)

    return acted(request, act, form, says=says, do=do)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def taking_back(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take a submission back."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    review = review_of(found)
    if review is None or found.state != EditionState.IN_REVIEW.value:
        raise Http404
    act = _act(zh("撤回「{name}」的送审", name=full_name(found)), zh("撤回送审"), found)

    def do(filled: Filled) -> None:
        submitting.take_back(
            review=review.reference,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(_filled: Filled) -> list[Sentence]:
        return [zh("这一版回到起草，可以再改；等着签的人不必再签，会收到通知。")]

    return acted(request, act, ReasonForm(data(request)), says=says, do=do)


@needs(Permission.LISTS_SIGN)
@require_http_methods(METHODS)
def signing_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Sign, or file."""
    found = reached(request, identity)
    passage, seat, step = _mine(request, found)
    initial: dict[str, object] = {"digest": passage.review.digest, "filed": timezone.localdate()}
    is_filing = step.action is SignAction.FILE
    kind = FilingForm if is_filing else SignForm
    form = kind(data(request), initial=initial)
    verb = VERBS[step.action]
    heading = zh("{step}：{name}", step=step.name, name=full_name(found))
    act = Act(
        heading,
        verb,
        zh("已签署。"),
        address("approval:review", found),
        way(found, Crumb(verb)),
        lead=_covers(passage.review.digest),
    )

    def do(filled: Filled) -> None:
        filing = signing.Filing(filled["number"], filled["filed"]) if is_filing else None
        signing.sign(
            review=passage.review.reference,
            digest=filled["digest"],
            opinion=filled["opinion"],
            filing=filing,
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(_filled: Filled) -> list[Sentence]:
        return after_signing(passage, seat, found, timezone.now())

    return acted(request, act, form, says=says, do=do)


@needs(Permission.LISTS_SIGN)
@require_http_methods(METHODS)
def sending_back(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Return an edition to its draft."""
    found = reached(request, identity)
    passage, _, step = _mine(request, found)
    form = ReturnForm(data(request), initial={"digest": passage.review.digest})
    heading = zh("在「{step}」退回「{name}」", step=step.name, name=full_name(found))
    act = _act(heading, zh("退回起草"), found, is_grave=True)

    def do(filled: Filled) -> None:
        signing.send_back(
            review=passage.review.reference,
            digest=filled["digest"],
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(_filled: Filled) -> list[Sentence]:
        return [
            zh("这一版回到起草，由编制人员修改后重新送审，从第一个环节签起。"),
            zh("此前 {count} 个签署失效，仍留在页面上。", count=len(passage.signers())),
        ]

    return acted(request, act, form, says=says, do=do)


def _mine(request: HttpRequest, edition: Edition) -> tuple[Passage, Seat, ChainStep]:
    """Return what the reader may sign now.

    Raises:
        Http404: for nothing.
    """
    review = review_of(edition) if edition.state == EditionState.IN_REVIEW.value else None
    if review is None:
        raise Http404
    review.edition = edition
    passage, on = passage_of(review), timezone.localdate()
    seat = signing.seat_of(passage, standing(request).person, on)
    if seat is None:
        raise Http404
    return passage, seat, passage.chain.steps[seat.place]


def _act(heading: Sentence, verb: Sentence, edition: Edition, *, is_grave: bool = False) -> Act:
    return Act(
        heading,
        verb,
        zh("已办理。"),
        address("approval:review", edition),
        way(edition, Crumb(verb)),
        is_grave,
    )


def _covers(digest: str) -> Sentence:
    short = f"{digest[:8]}…{digest[-8:]}"
    return zh("所签的内容摘要：{digest}。内容有任何改动，签署即失效。", digest=short)
