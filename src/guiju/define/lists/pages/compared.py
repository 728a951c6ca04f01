"""The lines of a comparison in words, for its page, its file and programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.base.ui.badges import Badge
from guiju.base.ui.diffs import Piece, pieces
from guiju.base.ui.language import say
from guiju.base.ui.sources import AtHand, Filled
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.access import Scope
from guiju.core.lists.diff import FieldChange
from guiju.core.lists.model import Item
from guiju.core.lists.naming import NAMING, recoded
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Alteration, ItemKind, ReviewVerdict
from guiju.core.sentence import Sentence, zh
from guiju.define.lists.entering import names_in
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, full_name
from guiju.define.lists.pages.wording import LONGEST, Names, field_shown, sayings
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.comparing import UNCHANGED, Change, Compared

_ONE_UNIT: Mapping[str, Sentence] = {
    **{one.value: one.label for one in Alteration},
    UNCHANGED: zh("不变"),
}
_TWO_UNITS: Mapping[str, Sentence] = {
    Alteration.ADDED.value: zh("只在右边"),
    Alteration.CHANGED.value: zh("不同"),
    Alteration.REMOVED.value: zh("只在左边"),
    UNCHANGED: zh("相同"),
}
"""Of two units nothing became of an item; it is here, there, or in both."""

_TONES = {
    Alteration.ADDED.value: ("good", "＋"),
    Alteration.CHANGED.value: ("warn", "△"),
    Alteration.RENUMBERED.value: ("warn", "№"),
    Alteration.REMOVED.value: ("bad", "－"),
}
_WHOLE = zh("全部内容")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a comparison as it is shown.

    Attributes:
        badge: what became of the item.
        label: the field; empty for an item that both say alike.
        old, new: what both say.
        old_at, new_at: the item's pages in both editions; empty where it is not.
    """

    change: Change
    badge: Badge
    label: Sentence | str
    old: str
    new: str
    old_at: str
    new_at: str

    @property
    def number(self) -> int:
        """Its place."""
        return self.change.number

    @property
    def item(self) -> tuple[ItemKind, str, str]:
        """Which item it is about: its table, and its codes in both."""
        return self.change.kind, self.change.old_code, self.change.new_code

    @property
    def verdict(self) -> Badge | None:
        """What was decided of the power."""
        decision = self.change.decision
        return Badge("calm", decision.verdict.label) if decision else None

    @property
    def pieces(self) -> Sequence[Piece]:
        """Both texts piece by piece."""
        return pieces(self.old, self.new)


def words_of(old: Edition, new: Edition) -> Mapping[str, Sentence]:
    """Return what may have become of an item between two editions, in words."""
    return _ONE_UNIT if old.unit_id == new.unit_id else _TWO_UNITS


def table_of(old: Edition, new: Edition) -> Table[Line]:
    """Return a comparison as a list: what its file has, and its filters."""
    names = ("kind", "title", "how", "field", "old", "new")
    return Table(
        name=zh("{old} 与 {new} 对比", old=full_name(old), new=full_name(new)),
        columns=(
            Column("kind", zh("表"), lambda row: row.change.kind, Sort("number", int)),
            Column("old_code", zh("左版编码"), lambda row: row.change.old_code or None),
            Column("new_code", zh("右版编码"), lambda row: row.change.new_code or None),
            Column("title", zh("名称"), lambda row: row.change.title),
            Column("how", zh("变动"), lambda row: row.badge),
            Column("field", zh("栏目"), lambda row: row.label or None),
            Column("old", _side(zh("左"), old), lambda row: row.old or None),
            Column("new", _side(zh("右"), new), lambda row: row.new or None),
            Column("verdict", zh("清理结论"), lambda row: row.verdict),
            Column("reason", zh("清理的理由和去向"), _reason),
        ),
        sort="kind",
        plain=(*names, "old_code", "new_code", "verdict", "reason"),
        identity=lambda row: str(row.number),
        filters=(
            Filter("kind", zh("表"), tuple((one.value, one.label) for one in ItemKind)),
            Filter("how", zh("变动"), tuple(words_of(old, new).items())),
            Filter(
                "verdict",
                zh("清理结论"),
                tuple((one.value, one.label) for one in ReviewVerdict),
            ),
            Filter("search", zh("编码或名称"), hint=zh("编码开头，或几个字")),
        ),
        empty=zh("两版的内容完全相同。"),
    )


def _side(word: Sentence, edition: Edition) -> Sentence:
    return zh("{side}：{name}", side=word, name=full_name(edition))


def _reason(row: Line) -> str | None:
    decision = row.change.decision
    if decision is None:
        return None
    return " → ".join(filter(None, (decision.reason, decision.into))) or None


def shown_in(
    found: Compared, changes: Sequence[Change], made: dict[str, Line], scope: Scope
) -> Filled[Change, Line]:
    """Return the lines of a comparison, put into words where they are read.

    Args:
        found: the comparison.
        changes: its lines.
        made: learns the lines that were put into words, by their numbers.
        scope: where the reader knows people by name.
    """
    profile = profile_of(found.new)

    def make(rows: Sequence[Change]) -> Sequence[Line]:
        names = _names(rows, scope)
        lines = [_line(found, one, profile, names) for one in rows]
        made.update((str(one.number), one) for one in lines)
        return lines

    return Filled(AtHand(changes, lambda row: row.number), make)


def _names(rows: Sequence[Change], scope: Scope) -> Names:
    changed = [one.change for one in rows if one.change]
    items = [item for one in changed for item in (one.before, one.after) if item]
    return names_in(items, scope)


def _line(found: Compared, one: Change, profile: Profile, names: Names) -> Line:
    kind = one.kind.value
    label, old, new = _texts(found, one, profile, names)
    tone, mark = _TONES.get(one.how, ("calm", "＝"))
    return Line(
        one,
        Badge(tone, words_of(found.old, found.new)[one.how], mark),
        label,
        old,
        new,
        address("lists:item", found.old, kind, one.old_code) if one.old_code else "",
        address("lists:item", found.new, kind, one.new_code) if one.new_code else "",
    )


def _texts(
    found: Compared, one: Change, profile: Profile, names: Names
) -> tuple[Sentence | str, str, str]:
    if one.change is None:
        return "", "", ""
    if one.field is not None:
        shown = field_shown(one.kind, true_field(found, one.kind, one.field), profile, names)
        return shown.label, shown.old, shown.new
    before, after = one.change.before, one.change.after
    old = _whole(before, profile, names) if before else ""
    new = _whole(recoded(after, found.codes), profile, names) if after else ""
    return _WHOLE, old, new


def _whole(item: Item, profile: Profile, names: Names) -> str:
    told = sayings(item, profile, names)
    text = "\n".join(f"{say(field.label)}：{said}" for field, said in told)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def true_field(found: Compared, kind: ItemKind, field: FieldChange) -> FieldChange:
    """Return a field of which the new value names an item by the code that it bears in truth."""
    if field.path not in NAMING or not found.codes:
        return field
    place = NAMING[field.path] or kind, str(field.after)
    return FieldChange(field.path, field.before, found.codes.get(place, field.after))
