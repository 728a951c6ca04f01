"""The form of one item: its fields in groups, tiers as rows, what others changed meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from guiju.base.ui.forms import Form
from guiju.base.ui.language import say
from guiju.core.lists.field_groups import GROUPS
from guiju.core.lists.grading import Grading
from guiju.core.lists.lint import Finding
from guiju.core.lists.model import DiscretionStandard, Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.define.lists.entering import Desk, Entered
from guiju.define.lists.pages.item_fields import form_field
from guiju.exchange.lists.fields import FIELDS
from guiju.exchange.lists.typed import TIER_FIELDS, as_one_text, tier_texts, with_tiers

MOST_TIERS = 40
_TIERS, _WAS = "tiers", "was"
_MOST_WAS = 400_000


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of the form with what the checks found at it; ``size`` is ``wide`` or ``usual``."""

    field: forms.BoundField
    findings: Sequence[Finding]
    size: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group of fields; ``has_tiers`` where the tiers stand in it, ``is_grading`` the grade."""

    label: Sentence
    fields: Sequence[FieldShown]
    has_tiers: bool
    is_grading: bool


@dataclass(frozen=True, slots=True)
class TierShown:
    """A row of the tiers: cells with name, label, text and what is wrong."""

    number: int
    cells: Sequence[tuple[str, str, str, str, bool]]


def name_of(path: str) -> str:
    """Return what a field is called in the form."""
    return path.replace(".", "__")


class ItemForm(Form):
    """One item of a draft.

    Args:
        sent: what was posted; None for a form that is only shown.
        desk: what is known while items are typed.
        base: the item as it is now; a blank one for a new item.
        is_new: whether it is to be added; then its code is typed as well.
        given: texts that a new item begins with.
    """

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        desk: Desk,
        base: Item,
        is_new: bool,
        given: Mapping[str, str] | None = None,
    ) -> None:
        self.desk, self.base, self.is_new = desk, base, is_new
        self.kind: ItemKind = base.item_kind
        now = desk.texts(base)
        shown = {**now, **(given or {})}
        super().__init__(sent, initial={name_of(path): text for path, text in shown.items()})
        self.offered: list[str] = []
        self.entered: Entered | None = None
        self.texts: Mapping[str, str] = {}
        self._paths: list[str] = []
        self._add_fields(shown)
        self.was = self._sent_was() if self.is_bound else now | {_TIERS: self._tiers_now()}
        self.tier_rows = self._sent_tiers() if self.is_bound else tier_texts(base, desk.words)
        self._tier_faults: dict[tuple[int, str], Sentence] = {}

    def _add_fields(self, texts: Mapping[str, str]) -> None:
        known = {one.path for one in FIELDS[self.kind]}
        for group in GROUPS[self.kind]:
            for one in group.fields(self.kind):
                if one.path not in known or (one.path == "code" and not self.is_new):
                    continue
                made, offer = form_field(
                    self.kind, one, self.base, self.desk.words, texts.get(one.path, "")
                )
                self.fields[name_of(one.path)] = made
                self._paths.append(one.path)
                self.offered.append(offer)

    def clean(self) -> None:
        """Make the item; what cannot be read stands beside its field."""
        texts = {path: self.cleaned_data.get(name_of(path), "") for path in self._paths}
        self.texts = texts
        was = None if self.is_new else self.was
        found = self.desk.enter(self.base, texts, was)
        for path, why in found.faults.items():
            self._tell(path, why)
        item = found.item
        if isinstance(item, DiscretionStandard):
            item = self._with_tiers(item)
        self.entered = Entered(item, found.faults, found.taken, found.grading)

    def _with_tiers(self, item: DiscretionStandard) -> DiscretionStandard:
        now, mine = self._tiers_now(), as_one_text(self.tier_rows)
        before = self.was.get(_TIERS, now)
        if not self.is_new and mine == before:
            self.tier_rows = tier_texts(self.base, self.desk.words)
            return item
        if not self.is_new and now not in (before, mine):
            self.add_error(None, ValidationError(say(zh(
                "刚才有人改了裁量档次。要用自己写的，再保存一次；要用他改的，请重新打开这一页。"
            ))))  # fmt: skip
        made, self._tier_faults = with_tiers(item, self.tier_rows, self.desk.words)
        for (place, path), why in self._tier_faults.items():
            label = next(one.header for one in TIER_FIELDS if one.path == path)
            told = zh("第 {row} 档的{field}：{why}", row=place + 1, field=label, why=why)
            self.add_error(None, ValidationError(say(told)))
        return made

    def _tell(self, path: str, why: Sentence) -> None:
        name = name_of(path)
        self.add_error(name if name in self.fields else None, ValidationError(say(why)))

    def again(self, *, with_faults: bool) -> ItemForm:
        """Return the form to be shown once more: what was typed, and what others changed.

        What stands there now counts as seen from here on, so that saving again keeps one's own.
        """
        texts = dict(self.texts) | dict(self.entered.taken if self.entered else {})
        fresh = ItemForm(None, desk=self.desk, base=self.base, is_new=self.is_new, given=texts)
        fresh.tier_rows, fresh.key, fresh.entered = self.tier_rows, self.key, self.entered
        if with_faults:
            fresh._errors = self.errors  # type: ignore[attr-defined] # what Django keeps them in
            fresh._tier_faults = self._tier_faults
        return fresh

    def groups(self, findings: Sequence[Finding] = ()) -> list[GroupShown]:
        """Return the groups as the page shows them."""
        shown = []
        for group in GROUPS[self.kind]:
            fields = [
                FieldShown(
                    self[name_of(path)],
                    findings_at(path, group.paths, findings),
                    _size(self.fields[name_of(path)]),
                )
                for path in group.paths
                if name_of(path) in self.fields
            ]
            if fields or _TIERS in group.paths:
                shown.append(
                    GroupShown(group.label, fields, _TIERS in group.paths, "grade" in group.paths)
                )
        return shown

    def tiers(self) -> list[TierShown]:
        """Return the rows of the tiers, one more where there are none."""
        rows = self.tier_rows or [{}]
        return [TierShown(place, self._cells(place, row)) for place, row in enumerate(rows)]

    def _cells(self, place: int, row: Mapping[str, str]) -> list[tuple[str, str, str, str, bool]]:
        cells = []
        for one in TIER_FIELDS:
            why = self._tier_faults.get((place, one.path))
            told = say(why) if why else ""
            is_flag = one.path in ("above_lower", "below_upper")
            name = f"{_TIERS}-{place}-{one.path}"
            cells.append((name, one.header, row.get(one.path, ""), told, is_flag))
        return cells

    @property
    def grading(self) -> Grading:
        """What the methods give for what was typed, or for what stands there."""
        return self.entered.grading if self.entered else self.desk.grading(self.base)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong at which field, for the summary."""
        return [
            (str(field.id_for_label or field.auto_id), str(text))
            for field in self
            for text in field.errors
        ]

    @property
    def is_outrun(self) -> bool:
        """Whether somebody else changed the item since the form was shown."""
        now = self.desk.texts(self.base)
        return not self.is_new and any(
            self.was.get(path, text) != text for path, text in now.items()
        )

    def was_text(self) -> str:
        """Return what stood there when the form was shown, to travel with it."""
        return json.dumps(self.was, ensure_ascii=False)

    def change_tiers(self, deed: str) -> None:
        """Add a row to the tiers, or drop one; nothing is saved."""
        number = deed.removeprefix("drop-")
        if deed == "add" and len(self.tier_rows) < MOST_TIERS:
            self.tier_rows = [*(self.tier_rows or [{}]), {}]
        elif number.isdecimal() and int(number) < len(self.tier_rows):
            del self.tier_rows[int(number)]

    def _tiers_now(self) -> str:
        return as_one_text(tier_texts(self.base, self.desk.words))

    def _sent_tiers(self) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = []
        for place in range(MOST_TIERS):
            names = {one.path: f"{_TIERS}-{place}-{one.path}" for one in TIER_FIELDS}
            if not any(name in self.data for name in names.values()):
                break
            rows.append({path: str(self.data.get(name, "")) for path, name in names.items()})
        for row in rows:
            for path in ("above_lower", "below_upper"):
                row[path] = "是" if row[path] else ""
        return rows

    def _sent_was(self) -> dict[str, str]:
        text = str(self.data.get(_WAS, ""))
        try:
            found = json.loads(text) if len(text) <= _MOST_WAS else {}
        except (ValueError, RecursionError):
            found = {}
        if not isinstance(found, dict):
            return {}
        return {str(key): one for key, one in found.items() if isinstance(one, str)}


def findings_at(path: str, paths: Sequence[str], findings: Sequence[Finding]) -> list[Finding]:
    """Return what was found at a field; what was found at a fee stands at its first field."""
    outer, _, inner = path.partition(".")
    wanted = {path, outer} if inner and path == paths[0] else {path}
    return [one for one in findings if one.field in wanted]


def _size(field: forms.Field) -> str:
    is_wide = isinstance(field.widget, forms.Textarea | forms.CheckboxSelectMultiple)
    return "wide" if is_wide else "usual"
