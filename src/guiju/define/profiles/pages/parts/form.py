"""What the forms of all parts have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, said
from guiju.base.ui.language import say
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.profile_entries import entries
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import PowerKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

MOST_TEXT = 200
MOST_WORD = 40
_BETWEEN = re.compile(r"[、，,；;\n]+")


class SeenForm(Form):
    """Says which revision of the draft was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: object, *, seen: int) -> None:
        super().__init__(data)
        self.initial = {"seen": seen}


class PartForm(SeenForm):
    """Changes one part of a draft, or one entry of it.

    A subclass makes its fields in ``build``, says what stands in them in ``shown``, and what
    the profile says then in ``changed``.
    """

    part: ProfilePart

    def __init__(
        self, data: object, *, profile: Profile, place: tuple[int, ...], seen: int
    ) -> None:
        self.profile, self.place = profile, place
        super().__init__(data, seen=seen)
        self.build()
        self.initial = {**self.initial, **self.shown()}

    @property
    def at(self) -> int | None:
        """Where the entry stands; None for a new one."""
        return self.place[0] if self.place else None

    @property
    def code(self) -> str:
        """The entry's code as it was typed; else as it was, or one that no other has."""
        typed: str = self.cleaned_data.get("code", "").strip()
        codes = [getattr(one, "code", None) or one[0] for one in entries(self.profile, self.part)]
        if typed or self.at is not None:
            return typed or str(codes[self.at or 0])
        fresh = (f"{self.part.value}-{number}" for number in count(len(codes) + 1))
        return next(one for one in fresh if one not in codes)

    def build(self) -> None:
        """Make the fields that depend on the profile."""

    def shown(self) -> dict[str, Any]:
        """Return what stands in the fields at first."""
        raise NotImplementedError

    def changed(self) -> Profile:
        """Return the profile with what was filled in."""
        raise NotImplementedError

    def filled(self, pattern: str, names: Sequence[object]) -> dict[Any, Any]:
        """Return what was filled in for each of several names; empty ones are left out."""
        found = {one: self.cleaned_data.get(pattern.format(one)) for one in names}
        return {one: value for one, value in found.items() if value not in (None, "", [])}


class OrderedForm(PartForm):
    """Changes an entry that stands somewhere in an order that counts."""

    order = forms.IntegerField(
        label=said(zh("排在第几条")),
        help_text=said(zh("不填的，留在原处；新的排在最后")),
        min_value=1,
        max_value=99,
        required=False,
    )

    def build(self) -> None:
        self.order_fields([*(name for name in self.fields if name != "order"), "order"])

    @property
    def to(self) -> int | None:
        """Where the entry is to stand."""
        wanted: int | None = self.cleaned_data.get("order")
        return wanted - 1 if wanted else None


def number_field(
    label: Sentence,
    least: int,
    most: int,
    hint: Sentence | None = None,
    *,
    required: bool = True,
) -> Any:  # noqa: ANN401 - a field
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=said(label),
        help_text=said(hint) if hint else "",
        min_value=least,
        max_value=most,
        required=required,
    )


def code_field(hint: Sentence | None = None) -> Any:  # noqa: ANN401 - a field
    """Return a field for what an entry is called in files; one is made where nothing is typed."""
    usual = zh("英文字母和数字，各条不同；不填的，系统编一个")
    return text_field(zh("代号"), hint or usual, most=MOST_WORD, required=False)


def grade_field(profile: Profile, label: Sentence | None = None) -> Any:  # noqa: ANN401 - a field
    """Return a field for one of the three grades, in the body's words."""
    return forms.TypedChoiceField(
        label=said(label or zh("定为几级")),
        choices=[(one, profile.grade_label(one)) for one in GRADES],
        coerce=int,
    )


def kinds_of(profile: Profile) -> list[tuple[str, str]]:
    """Return all kinds of power of a profile, the official ten first."""
    return [*((one.value, say(one.label)) for one in PowerKind), *profile.kinds.items()]


class Words(forms.CharField):
    """Several words in a line, such as 一级、Ⅰ、高; its value is a tuple of them."""

    def __init__(self, label: Sentence, hint: Sentence | None = None) -> None:
        super().__init__(
            label=said(label),
            help_text=said(hint or zh("几个词之间用顿号隔开")),
            required=False,
            max_length=400,
            widget=forms.TextInput({"autocomplete": "off"}),
        )

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's
        """Return the words, each once."""
        found = [one.strip() for one in _BETWEEN.split(super().clean(value))]
        words = tuple(dict.fromkeys(one for one in found if one))
        if any(len(one) > MOST_WORD or not one.isprintable() for one in words):
            raise ValidationError(say(zh("每个词最多 {most} 个字。请写短一些。", most=MOST_WORD)))
        return words


def joined(words: Sequence[str]) -> str:
    """Return words as ``Words`` shows them."""
    return "、".join(words)


def values(words: Sequence[Term]) -> list[str]:
    """Return words of a closed set as a field for several shows them."""
    return [one.value for one in words]


def by_name(pattern: str, held: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what stands in the fields of several names."""
    return {pattern.format(getattr(one, "value", one)): value for one, value in held.items()}


def kept(before: Sequence[Any], chosen: Sequence[Any]) -> tuple[Any, ...]:
    """Return what was chosen, in its old order where the same is chosen as before."""
    return tuple(before) if set(before) == set(chosen) else tuple(chosen)
