"""Changes of items: as an import keeps them beside its file, and in words for its page."""

from __future__ import annotations

from guiju.base.evidence.told import Line
from guiju.base.ui.language import say
from guiju.core.lists.diff import ItemChange, field_changes
from guiju.core.lists.model import ITEMS, Item
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import ItemKind
from guiju.core.plain import made, plain
from guiju.define.lists.pages.wording import field_shown, sayings


def kept_line(one: ItemChange) -> Line:
    """Return a change as it is kept; a hundred thousand are put into words only when looked at."""
    items = one.before, one.after
    return [one.kind.value, *(plain(item) if item else None for item in items)]


def change_of(line: Line) -> ItemChange:
    """Return the change that was kept."""
    kind = ItemKind.of(line[0])
    before, after = (_item(kind, told) for told in line[1:])
    fields = field_changes(before, after) if before and after else ()
    return ItemChange(kind, before, after, fields)


def _item(kind: ItemKind, told: object) -> Item | None:
    return None if told is None else made(ITEMS[kind], told)


def change_line(one: ItemChange, profile: Profile) -> Line:
    """Return a change as its page shows it: table, what happened, code, title, fields.

    Each field is its label, what it said, what it is to say; in the language that is active.
    """
    item = one.after or one.before
    title = item.title if item else ""
    return [one.kind.value, one.alteration.value, one.code, title, _fields(one, profile)]


def _fields(one: ItemChange, profile: Profile) -> list[list[str]]:
    """Return what differs; of a new item what it says besides its code and title."""
    if one.before is not None or one.after is None:
        shown = (field_shown(one.kind, field, profile) for field in one.fields)
        return [[say(field.label), field.old, field.new] for field in shown]
    return [
        [say(field.label), "", text]
        for field, text in sayings(one.after, profile)
        if field.path != "code" and text != one.after.title
    ]
