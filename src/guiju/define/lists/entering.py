"""Typed texts become an item of an edition: one way for the form, the grid and filling many.

Whoever types sees what others changed meanwhile; what nobody else touched is put together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from guiju.base.org.pages.choosing import Chosen, find_people
from guiju.base.org.reads.open_to import people_called
from guiju.base.ui.language import say
from guiju.core.access import Scope
from guiju.core.lists.fields import FIELDS, NAMES_A_PERSON, PERSON, SOMEBODY, value_at
from guiju.core.lists.grading import Grading, grade_power, grade_risk
from guiju.core.lists.model import Item, Power, Risk
from guiju.core.lists.profile import Profile
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.offers import Staff, staff_of
from guiju.define.lists.rows import item_of
from guiju.exchange.lists.typed import OwnWords, texts_of, typed, with_values


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed of one item.

    Attributes:
        item: what it makes.
        faults: what is wrong, by path; nothing is kept while there are any.
        taken: texts that others changed meanwhile and that are now shown instead.
        grading: what the profile's methods give, for powers and risks.
    """

    item: Item
    faults: Mapping[str, Sentence] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    grading: Grading = field(default_factory=Grading)


class Desk:
    """What is known while items of an edition are typed.

    Args:
        edition: the draft; its unit must have been read with it.
        scope: whose people whoever types may see and name.
        on: the day.
        profile: whose words are used; the edition's where none is given.
        staff: the posts and units of its unit; looked up when first asked for.
    """

    def __init__(
        self,
        edition: Edition,
        scope: Scope,
        on: date,
        *,
        profile: Profile | None = None,
        staff: Staff | None = None,
    ) -> None:
        self.edition, self.scope, self.on = edition, scope, on
        self.profile = profile or profile_of(edition)
        self.words = OwnWords(self.profile)
        self.names: dict[str, str] = {}
        self._staff = staff
        self._risks: dict[str, list[Risk]] = {}

    @property
    def staff(self) -> Staff:
        """The posts and units of the edition's unit; two queries, once."""
        if self._staff is None:
            self._staff = staff_of(self.edition, self.on)
        return self._staff

    def learn(self, items: Sequence[Item]) -> None:
        """Find out the names of people and the risks of powers among items; two queries."""
        self.names |= names_in(items, self.scope)
        powers = [one.code for one in items if isinstance(one, Power)]
        if not powers:
            return
        self._risks |= {code: [] for code in powers}
        rows = models.Item.objects.filter(
            edition=self.edition, kind=ItemKind.RISK.value, power__in=powers
        )
        for row in rows.only("kind", "content", "power"):
            risk = item_of(row)
            if isinstance(risk, Risk):
                self._risks[row.power].append(risk)

    def texts(self, item: Item) -> dict[str, str]:
        """Return an item's texts by path; people are called by name where they may be seen."""
        texts = texts_of(item, self.words)
        for path in NAMES_A_PERSON & texts.keys():
            if texts[path].startswith(PERSON):
                texts[path] = self.names.get(texts[path]) or str(SOMEBODY)
        return texts

    def grading(self, item: Item) -> Grading:
        """Return what the profile's methods give an item, with the reasons."""
        if isinstance(item, Risk):
            return grade_risk(item, self.profile)
        if isinstance(item, Power):
            return grade_power(item, self._risks.get(item.code, ()), self.profile)
        return Grading()

    def enter(
        self, base: Item, texts: Mapping[str, str], was: Mapping[str, str] | None = None
    ) -> Entered:
        """Return what an item becomes.

        Args:
            base: as it is now, learnt; a blank one for a new item.
            texts: what was typed, by path; fields that are not among them stay.
            was: what stood there when it was typed; None where nobody else can have changed it.
        """
        now = self.texts(base)
        mine, faults, taken = _put_together(texts, was, now)
        people = {path: text for path, text in mine.items() if path in NAMES_A_PERSON}
        made = typed(base, {k: v for k, v in mine.items() if k not in people}, self.words)
        named: dict[str, str] = {}
        for path, text in people.items():
            if text.strip() == now.get(path, ""):
                continue
            try:
                named[path] = self._who(text)
            except ValidationError as why:
                faults[path] = _nobody(text, why)
        item = with_values(made.item, named)
        faults = {**made.faults, **faults}
        grading = self.grading(item)
        if not faults and _needs_reason(base, item, grading):
            faults["grade_reason"] = zh(
                "定为{said}，低于定级方法给出的{given}。请写明理由。",
                said=self.profile.grade_label(item.grade),  # type: ignore[union-attr, arg-type] # has a grade
                given=self.profile.grade_label(grading.grade or 1),
            )
        return Entered(item, faults, taken, grading)

    def unknown_people(self, before: Item | None, item: Item) -> dict[str, Sentence]:
        """Return which fields of an item name somebody freely, who could not be typed there."""
        found = {}
        for path in _people_paths(item):
            value = value_at(item, path) or ""
            if not value or (before is not None and value == value_at(before, path)):
                continue
            try:
                self._who(value)
            except ValidationError as why:
                found[path] = _nobody(value, why)
        return found

    def _who(self, text: str) -> str:
        text = " ".join(text.split())
        if not text or text in self.staff.posts:
            return text
        if text.startswith(PERSON):
            if people_called([text], self.scope):
                return text
            raise ValidationError(say(zh("也没有找到这位人员，或不归您管理。")))
        chosen = Chosen(find_people, required=False)
        chosen.scope, chosen.on = self.scope, self.on
        found: str = chosen.clean(text).reference
        self.names |= people_called([found], self.scope)
        return found


def names_in(items: Sequence[Item], scope: Scope) -> dict[str, str]:
    """Return what people are called whom items name and the scope holds; at most one query."""
    said = {value_at(item, path) for item in items for path in _people_paths(item)}
    return people_called([one for one in said if one and one.startswith(PERSON)], scope)


def _people_paths(item: Item) -> list[str]:
    return [one.path for one in FIELDS[item.item_kind] if one.path in NAMES_A_PERSON]


def _put_together(
    texts: Mapping[str, str], was: Mapping[str, str] | None, now: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Sentence], dict[str, str]]:
    """Return what to type over what stands there now, what clashes, and what others changed."""
    if was is None:
        return dict(texts), {}, {}
    mine: dict[str, str] = {}
    faults: dict[str, Sentence] = {}
    taken: dict[str, str] = {}
    for path, text in texts.items():
        before, stands = was.get(path, ""), now.get(path, "")
        if _is_same(text, before):
            if not _is_same(stands, before):
                taken[path] = stands
            continue
        mine[path] = text
        if not _is_same(stands, before) and not _is_same(stands, text):
            faults[path] = zh(
                "刚才有人改成了「{now}」。要用自己写的，再保存一次；否则照着改回。",
                now=stands[:60],
            )
    return mine, faults, taken


def _is_same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _nobody(text: str, why: ValidationError) -> Sentence:
    return zh("「{text}」不是本单位的岗位名称。{why}", text=text[:40], why="".join(why.messages))


def _needs_reason(base: Item, item: Item, grading: Grading) -> bool:
    """Tell whether an item was just graded lower than the methods give, without saying why."""
    if not isinstance(item, Power | Risk) or item.grade is None or grading.grade is None:
        return False
    is_old = isinstance(base, Power | Risk) and (base.grade, base.grade_reason) == (
        item.grade,
        item.grade_reason,
    )
    return item.grade > grading.grade and not says_something(item.grade_reason) and not is_old
