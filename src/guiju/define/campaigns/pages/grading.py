"""定级: what each method gives for a risk, where they disagree, and another grade with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.badges import Badge
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Invalid
from guiju.core.lists.grading import Grading
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import GradeMethod, RiskState
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission
from guiju.define.campaigns import find
from guiju.define.campaigns.actions.grading import Given, grade_risk, graded_by
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.pages.frame import address, head, path_to, reached
from guiju.define.campaigns.pages.proposing import degree_field
from guiju.define.campaigns.reads.drafts import Draft
from guiju.define.campaigns.reads.gates import gates_of
from guiju.define.lists.models import REASON
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole

MOST_SHOWN = 300
_STATES = (RiskState.CONSOLIDATED, RiskState.GRADED)


@needs(Permission.LISTS_EDIT)
@require_safe
def grading(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the risks that wait for a grade, then those that have one."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    shown = head(request, found, "campaigns:grading")
    is_shut = not all(one.is_open for one in gates_of(found, timezone.localdate()).values())
    draft = Draft(whole(found.edition))
    shown |= contents(found, draft, profile_of(found.edition)) | {"is_shut": is_shut}
    return render(request, "campaigns/grading.html", shown)


def contents(campaign: Campaign, draft: Draft, profile: Profile) -> dict[str, object]:
    """Return what the page shows of a draft's risks."""
    risks = [one for one in draft.living if one.state in _STATES]
    risks.sort(key=lambda one: _STATES.index(one.state))
    powers = draft.powers
    return {
        "risks": [
            (
                one,
                powers[one.power].name if one.power in powers else one.post,
                grade_badge(one.grade, profile),
                address("campaigns:grade", campaign, one.code),
            )
            for one in risks[:MOST_SHOWN]
        ],
        "more": max(len(risks) - MOST_SHOWN, 0),
        "methods": [one.label for one in profile.methods],
        "gates_at": address("campaigns:gates", campaign),
    }


def grade_badge(grade: int | None, profile: Profile) -> Badge:
    """Return a grade in the body's word, or that there is none yet."""
    if grade is None:
        return Badge("wait", zh("待定级"))
    return Badge({1: "bad", 2: "warn"}.get(grade, "calm"), zh("{g}", g=profile.grade_label(grade)))


class GradeForm(Form):
    """What holds of a risk, how likely and how harmful it is, and another grade with a reason."""

    answers = forms.MultipleChoiceField(
        label=said(zh("对照条件")),
        help_text=said(zh("符合的都勾上，最重的一条决定")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    probability = degree_field(zh("发生几率"))
    harm = degree_field(zh("危害程度"))
    grade = forms.TypedChoiceField(
        label=said(zh("改定为")),
        help_text=said(zh("不选的，用方法得出的；几种方法不一致，用较严的")),
        coerce=int,
        empty_value=None,
        required=False,
    )
    reason = forms.CharField(
        label=said(zh("定级理由")),
        help_text=said(zh("改定的等级与方法得出的不同，必须写。不要写人名。")),
        max_length=REASON,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        criteria = [
            (one.code, say(zh("{grade}：{text}", grade=profile.grade_label(one.grade),
                              text=one.text)))
            for one in profile.criteria
        ]  # fmt: skip
        grades = [(str(one), profile.grade_label(one)) for one in GRADES]
        for name, choices in (
            ("answers", criteria),
            ("grade", [("", say(zh("用方法得出的"))), *grades]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
            field.choices = choices
        if not criteria:
            del self.fields["answers"]
        if GradeMethod.MATRIX not in profile.methods and GradeMethod.FACTORS not in profile.methods:
            del self.fields["probability"], self.fields["harm"]


def told(grading: Grading, profile: Profile) -> list[Sentence]:
    """Return what each method gives, why, and whether they disagree (K2, K3)."""
    lines = [
        zh("{method}：{grade}（{reasons}）", method=one.method.label,
           grade=profile.grade_label(one.grade), reasons=listing(one.reasons))
        for one in grading.results
    ]  # fmt: skip
    if not lines:
        return [zh("按现有内容，各种方法都定不出等级。")]
    if grading.is_conflict and grading.grade is not None:
        lines.append(zh("几种方法不一致，用较严的：{g}。", g=profile.grade_label(grading.grade)))
    return lines


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def grade(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Grade one risk."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    risk, profile = _risk(found, code), profile_of(found.edition)
    form = GradeForm(data(request), profile=profile, initial=_first(risk))

    def given(filled: Filled) -> Given:
        return Given(
            filled.get("answers", ()),
            filled.get("probability", risk.probability),
            filled.get("harm", risk.harm),
            filled["grade"],
            filled["reason"],
        )

    def says(filled: Filled) -> list[Sentence]:
        wanted = given(filled)
        _, by_methods = graded_by(found, risk, wanted)
        lines = told(by_methods, profile)
        if wanted.grade is not None:
            lines.append(zh("改定为{g}：{reason}", g=profile.grade_label(wanted.grade),
                            reason=wanted.reason or "—"))  # fmt: skip
        return lines

    def do(filled: Filled) -> None:
        grade_risk(
            campaign=found.reference,
            code=code,
            given=given(filled),
            by=actor_of(request),
            at=timezone.now(),
        )

    back = address("campaigns:grading", found)
    now = told(graded_by(found, risk, Given(risk.answers, risk.probability, risk.harm))[1], profile)
    act = Act(
        zh("给风险 {code} 定级", code=code),
        zh("定级"),
        zh("已定级。"),
        back,
        path_to(found, Crumb(zh("定级"), back), Crumb(code)),
        lead=zh("{text} 现在：{now}", text=risk.text, now=listing(now)),
    )
    return acted(request, act, form, says=says, do=do)


def _risk(campaign: Campaign, code: str) -> Risk:
    try:
        return find.risk_at(campaign, code)
    except Invalid:
        raise Http404 from None


def _first(risk: Risk) -> dict[str, object]:
    first: dict[str, object] = {"answers": list(risk.answers)}
    numbers: Sequence[tuple[str, int | None]] = (
        ("probability", risk.probability),
        ("harm", risk.harm),
    )
    return first | {name: str(value) for name, value in numbers if value is not None}
