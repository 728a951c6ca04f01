"""The fields of an item as fields of a form: each takes and gives the text of a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from guiju.base.ui.forms import said
from guiju.core.lists.fields import NAMES_A_PERSON
from guiju.core.lists.fields import Field as Labelled
from guiju.core.lists.model import Item, Risk
from guiju.core.lists.profile import GRADES
from guiju.core.lists.score import WANTED
from guiju.core.lists.words import ItemKind, PeriodUnit, PowerKind
from guiju.core.sentence import Sentence, zh
from guiju.define.lists.reads.offers import offer_for
from guiju.exchange.lists.fields import Field, Holds, field_at
from guiju.exchange.lists.typed import OwnWords

Choices = list[tuple[str, str]]

_PERIOD = re.compile(r"([0-9]+)(.+)", re.DOTALL)
_LONG = frozenset(
    {
        "conditions", "boundary", "targets", "mode", "discipline", "remark", "text", "act",
        "impact", "prevention", "sanction", "manifestation", "supervision", "evidence",
        "exemption", "grade_reason", "indicator",
    }
)  # fmt: skip
_THREE = (("1", zh("1 低")), ("2", zh("2 中")), ("3", zh("3 高")))
_LINKS = frozenset({"code", "power", "risk"})
"""Without these an item is nobody's."""

_WHO = zh("写岗位名称，或人员的姓名和编号，从提示里选")
_HINTS: Mapping[str, Sentence] = {
    "code": zh("本表里不重复，定了就不再改"),
    "answers": zh("勾选符合的条件，等级由它们得出"),
    "is_standing": zh("长期坚持的措施不用写完成时限"),
    "step": zh("流程里这一步的序号"),
    "post": zh("岗位名称，从提示里选"),
    "publication.audience": zh("不选的，按配置里的公开范围"),
    "publication.exemption": zh("不公开的才填：理由、法律依据"),
    "fee.lower": zh("数字，最多两位小数；单位在下面选"),
    "lower": zh("数字，最多两位小数；单位见「计量单位」"),
    "upper": zh("数字，最多两位小数"),
    "grade_reason": zh("定得比方法给出的低时必须写"),
}
_BY_SORT: Mapping[Holds, Sentence] = {
    Holds.TEXTS: zh("一行一项"),
    Holds.PERIOD: zh("即办写 0 个工作日"),
}


class TextOf(forms.Field):
    """A field whose value is the text of a cell; what it says is found out for the whole item.

    ``required`` only tells that it has to be filled before the edition is complete.
    """

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - as Django's
        """Return the text without blanks around it."""
        return str(value or "").replace("\r\n", "\n").strip()

    def validate(self, value: Any) -> None:  # noqa: ANN401 - as Django's
        """Take everything: what cannot be read is told beside the field later."""


class Ticks(forms.CheckboxSelectMultiple):
    """Several words to tick; as one text, with ``between`` between them."""

    between = "、"

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> str:  # noqa: ANN401 - as Django's
        """Return the ticked words as a text."""
        found = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return self.between.join(found if isinstance(found, list | tuple) else [found])

    def format_value(self, value: Any) -> list[str]:  # noqa: ANN401 - as Django's
        """Return the words of a text."""
        return [one for one in str(value or "").split(self.between) if one]


class Lines(Ticks):
    """Several codes to tick; as one text, a line each."""

    between = "\n"


class YesNo(forms.CheckboxInput):
    """Yes or no to tick, as 「是」 and 「否」."""

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: value == "是")

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> str:  # type: ignore[override] # noqa: ANN401 - a text; as Django's
        """Return the word."""
        return "是" if data.get(name) else "否"

    def format_value(self, value: Any) -> None:  # noqa: ANN401 - as Django's
        """Send nothing but that it is ticked."""


class NumberAndUnit(forms.MultiWidget):
    """A number beside the unit that it is counted in, as 「20个工作日」."""

    def __init__(self, label: Sentence) -> None:
        units = [("", "—"), *((str(one.label), said(one.label)) for one in PeriodUnit)]
        super().__init__(
            [
                forms.TextInput(
                    {
                        "inputmode": "numeric",
                        "size": 6,
                        "autocomplete": "off",
                        "aria-label": said(label),
                    }
                ),
                forms.Select({"aria-label": said(zh("{label}的单位", label=label))}, choices=units),
            ],
            {"class": "number-and-unit"},
        )

    def decompress(self, value: Any) -> list[str]:  # noqa: ANN401 - as Django's
        """Return number and unit of a text."""
        found = _PERIOD.fullmatch(str(value or ""))
        return list(found.groups()) if found else [str(value or ""), ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # type: ignore[override] # noqa: ANN401 - a text; as Django's
        """Return both as a text."""
        number, unit = super().value_from_datadict(data, files, name)
        return f"{(number or '').strip()}{unit or ''}" if (number or "").strip() else ""


def form_field(
    kind: ItemKind, one: Labelled, item: Item, words: OwnWords, text: str
) -> tuple[TextOf, str]:
    """Return the field of a form for a field of an item, and the name of what is offered in it.

    Args:
        kind: the table.
        one: the field.
        item: the item, for choices that depend on it.
        words: the body's words.
        text: what stands there, so that a choice that nobody offers is not lost.
    """
    of, offer = field_at(kind, one.path), offer_for(kind, one.path)
    choices = _choices(of, item, words)
    if choices is not None:
        widget = _choosing(of, choices, text)
    elif of.holds is Holds.FLAG:
        widget = YesNo()
    elif of.holds is Holds.PERIOD:
        widget = NumberAndUnit(one.label)
    else:
        widget = _typing(of, offer)
    path = "publication" if one.path == "publication.audience" else one.path
    made = TextOf(
        label=said(one.label),
        help_text="" if one.path == "answers" and choices is None else _hint(one.path, of),
        required=path in _LINKS or path in WANTED[kind],
        widget=widget,
    )
    return made, offer


def _hint(path: str, of: Field) -> Any:  # noqa: ANN401 - a text that is put into words later
    hint = _WHO if path in NAMES_A_PERSON else _HINTS.get(path) or _BY_SORT.get(of.holds)
    return said(hint) if hint else ""


def _choices(of: Field, item: Item, words: OwnWords) -> Choices | None:
    """Return what a field is chosen from; None for one that is typed."""
    if of.path == "answers" and isinstance(item, Risk):
        return [(one.code, one.text) for one in words.profile.criteria] or None
    if of.path in ("probability", "harm"):
        return [(value, said(label)) for value, label in _THREE]
    return words_of(of, words) or None


def _choosing(of: Field, choices: Choices, text: str) -> forms.Widget:
    """Return a widget to choose by; what stands there already stays among the choices."""
    of_many = {Holds.WORDS: Ticks, Holds.TEXTS: Lines}.get(of.holds)
    held = text.split(of_many.between) if of_many else [text]
    known = {value for value, _ in choices}
    whole = [*choices, *((one, one) for one in held if one and one not in known)]
    return of_many(choices=whole) if of_many else forms.Select(choices=[("", "—"), *whole])


def _typing(of: Field, offer: str) -> forms.Widget:
    attributes: dict[str, Any] = {"autocomplete": "off"}
    if offer:
        return forms.TextInput(attributes | {"list": f"offer-{offer}"})
    if of.holds is Holds.DATE:
        return forms.TextInput({"type": "date"})
    if of.holds in (Holds.AMOUNT, Holds.COUNT):
        return forms.TextInput(attributes | {"inputmode": "decimal"})
    is_long = of.path.rpartition(".")[2] in _LONG
    if of.holds is Holds.TEXTS or (of.holds is Holds.TEXT and is_long):
        return forms.Textarea({"rows": 2, "class": "growing"})
    return forms.TextInput(attributes)


def words_of(of: Field, words: OwnWords) -> Choices:
    """Return the closed words of a field: what is typed, and what is shown for it."""
    if of.holds is Holds.GRADE:
        labels = [words.profile.grade_label(one) for one in GRADES]
        return [(one, one) for one in labels]
    if of.holds is Holds.KIND:
        own = [(one, one) for one in words.profile.kinds.values()]
        return [*((str(one.label), said(one.label)) for one in PowerKind), *own]
    found = []
    used = words.used(of.words) if of.words else ()
    for one in used:
        word = words.word(one)
        found.append((word, said(one.label) if word == str(one.label) else word))
    return found
