"""Forms of grades and of how they are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from guiju.base.ui.fields import term_field, terms_field, text_field
from guiju.base.ui.forms import said
from guiju.core.lists.profile import (
    GRADES,
    Criterion,
    Factors,
    GradeLabel,
    GradeRule,
    Ownership,
    Profile,
)
from guiju.core.lists.profile_entries import entries, put
from guiju.core.lists.profile_told import DEGREES, FACTORS
from guiju.core.lists.profile_words import Colour, CriterionGroup, ProfilePart
from guiju.core.lists.values import Period
from guiju.core.lists.words import Attention, GradeMethod, PeriodUnit, Side
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import zh
from guiju.define.profiles.pages.parts.form import (
    MOST_TEXT,
    MOST_WORD,
    PartForm,
    Words,
    code_field,
    grade_field,
    joined,
    kept,
    kinds_of,
    number_field,
    values,
)


class Grades(PartForm):
    """What the three grades are called."""

    part = ProfilePart.GRADES

    def build(self) -> None:
        for one in GRADES:
            self.fields[f"label_{one}"] = text_field(
                zh("第 {grade} 等的名称", grade=one), most=MOST_WORD
            )
            self.fields[f"synonyms_{one}"] = Words(
                zh("第 {grade} 等也写作", grade=one),
                zh("导入表格时认得的其他写法，用顿号隔开"),
            )
            self.fields[f"colour_{one}"] = term_field(
                zh("第 {grade} 等的颜色", grade=one), Colour, required=False, nothing=zh("不用颜色")
            )

    def shown(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in self.profile.grades:
            found[f"label_{one.grade}"] = one.label
            found[f"synonyms_{one.grade}"] = joined(one.synonyms)
            found[f"colour_{one.grade}"] = one.colour
        return found

    def changed(self) -> Profile:
        def made(grade: int) -> GradeLabel:
            colour = self.cleaned_data[f"colour_{grade}"]
            return GradeLabel(
                grade=grade,
                label=self.cleaned_data[f"label_{grade}"],
                synonyms=self.cleaned_data[f"synonyms_{grade}"],
                colour=colour.value if colour else "",
            )

        return replace(self.profile, grades=tuple(map(made, GRADES)))


class Methods(PartForm):
    """How grades are found; of several the stricter counts."""

    part = ProfilePart.METHODS
    methods = terms_field(
        zh("定级方法"), GradeMethod, zh("可以选几种同时用：结果不同的，取较严的一级，并标出不一致")
    )

    def shown(self) -> dict[str, Any]:
        return {"methods": values(self.profile.methods)}

    def changed(self) -> Profile:
        return replace(
            self.profile, methods=kept(self.profile.methods, self.cleaned_data["methods"])
        )


class Matrix(PartForm):
    """The grade for each probability and harm."""

    part = ProfilePart.MATRIX

    def build(self) -> None:
        for row, probability in enumerate(DEGREES):
            for column, harm in enumerate(DEGREES):
                label = zh("几率{probability}、危害{harm}", probability=probability, harm=harm)
                self.fields[f"grade_{row}_{column}"] = grade_field(self.profile, label)

    def shown(self) -> dict[str, Any]:
        return {
            f"grade_{row}_{column}": grade
            for row, grades in enumerate(self.profile.matrix)
            for column, grade in enumerate(grades)
        }

    def changed(self) -> Profile:
        def made(row: int) -> tuple[int, int, int]:
            one, two, three = (self.cleaned_data[f"grade_{row}_{at}"] for at in range(3))
            return one, two, three

        return replace(self.profile, matrix=tuple(map(made, range(3))))


class Counts(PartForm):
    """From how many risk points on which grade."""

    part = ProfilePart.COUNTS

    def build(self) -> None:
        for one in GRADES:
            word = self.profile.grade_label(one)
            self.fields[f"count_{one}"] = number_field(
                zh("达到几个风险点定为「{word}」", word=word), 1, 999, required=False
            )

    def shown(self) -> dict[str, Any]:
        return {f"count_{grade}": least for least, grade in self.profile.counts}

    def changed(self) -> Profile:
        found = self.filled("count_{}", GRADES)
        return replace(self.profile, counts=tuple((least, one) for one, least in found.items()))


class FactorsForm(PartForm):
    """The four factors, their weights and the scores."""

    part = ProfilePart.FACTORS

    def build(self) -> None:
        for at, name in enumerate(FACTORS):
            self.fields[f"weight_{at}"] = number_field(zh("{name}占几份", name=name), 0, 100)
        for key, label in (
            ("points_2", zh("风险点达到几个算 2")),
            ("points_3", zh("风险点达到几个算 3")),
            ("frequency_2", zh("每年办理达到几次算 2")),
            ("frequency_3", zh("每年办理达到几次算 3")),
        ):
            self.fields[key] = number_field(label, 1, 1_000_000)
        for key, grade in (("first", 1), ("second", 2)):
            word = self.profile.grade_label(grade)
            label = zh("得几分以上为「{word}」", word=word)
            self.fields[key] = number_field(label, 1, 1_200)

    def shown(self) -> dict[str, Any]:
        held = self.profile.factors
        return {
            **{f"weight_{at}": weight for at, weight in enumerate(held.weights)},
            "points_2": held.points[0],
            "points_3": held.points[1],
            "frequency_2": held.frequency[0],
            "frequency_3": held.frequency[1],
            "first": held.first,
            "second": held.second,
        }

    def changed(self) -> Profile:
        got = self.cleaned_data
        one, two, three, four = (got[f"weight_{at}"] for at in range(4))
        factors = Factors(
            weights=(one, two, three, four),
            points=(got["points_2"], got["points_3"]),
            frequency=(got["frequency_2"], got["frequency_3"]),
            first=got["first"],
            second=got["second"],
        )
        return replace(self.profile, factors=factors)


class Level(PartForm):
    """Who answers for a grade and watches it, how many take part, how often it is checked."""

    part = ProfilePart.LEVELS
    owner = term_field(zh("谁负责防控"), LeaderLevel)
    supervisor = term_field(zh("谁监督"), LeaderLevel, zh("要比负责的人高一级以上"))
    people = number_field(zh("至少几人参与"), 2, 50, zh("任何权力都至少两人"), required=False)
    amount = number_field(zh("至少多久查一次"), 1, 999, required=False)
    unit = term_field(zh("以什么计"), PeriodUnit, required=False)

    @property
    def grade(self) -> int:
        """Which grade."""
        return GRADES[self.at or 0]

    def shown(self) -> dict[str, Any]:
        owned = self.profile.ownership.get(self.grade)
        every = self.profile.check_every.get(self.grade)
        return {
            "owner": owned.owner.value if owned else "",
            "supervisor": owned.supervisor.value if owned else "",
            "people": self.profile.least_people.get(self.grade),
            "amount": every.amount if every else None,
            "unit": every.unit.value if every else "",
        }

    def clean(self) -> None:
        """Want a length of time whole."""
        whole_period(self)

    def changed(self) -> Profile:
        got, grade = self.cleaned_data, self.grade
        owned = Ownership(owner=got["owner"], supervisor=got["supervisor"])
        every = Period(got["amount"], got["unit"]) if got["amount"] else None
        return replace(
            self.profile,
            ownership=_with(self.profile.ownership, grade, owned),
            least_people=_with(self.profile.least_people, grade, got["people"]),
            check_every=_with(self.profile.check_every, grade, every),
        )


def whole_period(form: forms.Form) -> None:
    """Want amount and unit both, or neither."""
    got = form.cleaned_data
    if got.get("amount") and not got.get("unit"):
        form.add_error("unit", forms.ValidationError("", code="required"))


def _with(held: Any, grade: int, value: object) -> dict[int, Any]:  # noqa: ANN401 - of several sorts
    found = {one: held[one] for one in held if one != grade}
    if value:
        found[grade] = value
    return dict(sorted(found.items()))


class Rule(PartForm):
    """A row of the rule table: where all its conditions hold, the grade follows."""

    part = ProfilePart.RULES
    text = text_field(zh("说明"), zh("例如：主要领导直接主抓"), most=MOST_TEXT)
    code = code_field()
    managers = terms_field(zh("直接主抓的人"), LeaderLevel)
    attentions = terms_field(zh("群众关注度"), Attention)
    sides = terms_field(zh("对内还是对外"), Side)
    words = Words(zh("名称里有"), zh("有其中一个词就算，用顿号隔开"))
    is_discretionary = forms.TypedChoiceField(label=said(zh("自由裁量权")), required=False)
    is_major = forms.TypedChoiceField(label=said(zh("三重一大")), required=False)
    source = text_field(zh("出处"), most=MOST_TEXT, required=False)

    def build(self) -> None:
        self.fields["grade"] = grade_field(self.profile)
        self.fields["kinds"] = forms.MultipleChoiceField(
            label=said(zh("权力类别")),
            choices=kinds_of(self.profile),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for name, yes, no in (
            ("is_discretionary", zh("有"), zh("没有")),
            ("is_major", zh("属于"), zh("不属于")),
        ):
            field: Any = self.fields[name]
            field.choices = [("", said(zh("不论"))), ("yes", said(yes)), ("no", said(no))]
            field.coerce, field.empty_value = _is_yes, None
        self.order_fields(("text", "grade", "managers", "attentions", "sides", "kinds"))

    def shown(self) -> dict[str, Any]:
        held = _entry(self)
        if held is None:
            return {}
        yes_no = {True: "yes", False: "no", None: ""}
        return {
            "text": held.text,
            "code": held.code,
            "grade": held.grade,
            "managers": values(held.managers),
            "attentions": values(held.attentions),
            "sides": values(held.sides),
            "kinds": list(held.kinds),
            "words": joined(held.words),
            "is_discretionary": yes_no[held.is_discretionary],
            "is_major": yes_no[held.is_major],
            "source": held.source,
        }

    def changed(self) -> Profile:
        got = self.cleaned_data
        held = _entry(self) or GradeRule(code="", grade=1, text="")
        rule = GradeRule(
            code=self.code,
            grade=got["grade"],
            text=got["text"],
            source=got["source"],
            managers=kept(held.managers, got["managers"]),
            attentions=kept(held.attentions, got["attentions"]),
            sides=kept(held.sides, got["sides"]),
            kinds=kept(held.kinds, got["kinds"]),
            words=got["words"],
            is_discretionary=got["is_discretionary"],
            is_major=got["is_major"],
        )
        return put(self.profile, self.part, self.at, rule)


class CriterionForm(PartForm):
    """A line of the checklist."""

    part = ProfilePart.CRITERIA
    text = text_field(zh("说明"), zh("例如：涉及三重一大"), most=MOST_TEXT)
    code = code_field()
    group = forms.ChoiceField(label=said(zh("看哪一面")), required=False)
    is_trigger = forms.BooleanField(
        label=said(zh("按数量定级时，单独这一条就定为最高级")), required=False
    )
    source = text_field(zh("出处"), most=MOST_TEXT, required=False)

    def build(self) -> None:
        self.fields["grade"] = grade_field(self.profile)
        held, field = _entry(self), self.fields["group"]
        known = {one.value: said(one.label) for one in CriterionGroup}
        own = {held.group: held.group} if held and held.group else {}
        field.choices = [("", said(zh("不分"))), *(own | known).items()]  # type: ignore[attr-defined] # a ChoiceField
        self.order_fields(("text", "grade"))

    def shown(self) -> dict[str, Any]:
        held = _entry(self)
        if held is None:
            return {}
        names = ("text", "code", "grade", "group", "is_trigger", "source")
        return {name: getattr(held, name) for name in names}

    def changed(self) -> Profile:
        got = self.cleaned_data
        names = ("text", "code", "grade", "group", "is_trigger", "source")
        made = Criterion(**{name: got[name] for name in names} | {"code": self.code})
        return put(self.profile, self.part, self.at, made)


def _is_yes(value: str) -> bool:
    return value == "yes"


def _entry(form: PartForm) -> Any:  # noqa: ANN401 - of several sorts
    return None if form.at is None else entries(form.profile, form.part)[form.at]
