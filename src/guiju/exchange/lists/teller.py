"""Reading the cells of a row into values, and telling what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.cells import BY_NUMBER, read_cell
from guiju.exchange.lists.fields import Field, Holds, field_at
from guiju.exchange.lists.raw import Raw
from guiju.exchange.lists.rows import GUESSED
from guiju.exchange.lists.shown import shown
from guiju.exchange.lists.workbook import as_date
from guiju.exchange.organisation.cells import Unreadable

_NOTHING = frozenset({"无", "/", "-", "—", "——", "暂无", "\\", "未分类"})
_WIDE = (GUESSED, BY_NUMBER)
"""Doubts about a whole column, told once and not for each of its cells."""

_NUMBERED = re.compile(r"^[0-9]{1,3}\s*[、.．]\s*(?![0-9])")


class Teller:
    """Reads the pieces of the rows of one sheet.

    ``kinds`` are the profile's own kinds of power, label to code; ``is_exact`` is for the
    product's own workbook, in which 「无」 is a text like any other.
    """

    def __init__(
        self, account: Account, kinds: Mapping[str, str], *, is_exact: bool = False
    ) -> None:
        self.account, self.kinds, self.is_exact = account, kinds, is_exact
        self._told: set[tuple[int, str, str]] = set()

    def text(self, raw: Raw, target: str) -> str:
        """Return the text under a target, taken; empty where there is none or 「无」."""
        piece = raw.pieces.get(target)
        if piece is None:
            return ""
        text = "" if says_nothing(piece.text) else piece.text
        self.take(raw, target, text)
        return text

    def name(self, raw: Raw, target: str) -> str:
        """Return the text under a target without the number that a list gives it."""
        text = self.text(raw, target)
        return _NUMBERED.sub("", text, count=1) or text

    def take(
        self,
        raw: Raw,
        target: str,
        made: str,
        doubts: Iterable[Sentence | None] = (),
        *,
        is_day: bool = False,
    ) -> None:
        """Take what stands under a target, and tell all doubts about it.

        ``is_day`` where a date is what was wanted, so that being one is no doubt.
        """
        piece = raw.pieces[target]
        self.account.take(*piece.spots)
        if made and made != piece.text:
            self.account.note_made(piece.spots[-1], made)
        for doubt in (piece.mark, piece.doubt, *doubts):
            if doubt is None or (is_day and as_date(doubt)):
                continue
            once = (raw.table, target, doubt.template)
            if doubt in _WIDE and once in self._told:
                continue
            self._told.add(once)
            self.account.doubt(piece.spots[-1], made, doubt)

    def leave(self, raw: Raw, target: str, why: Sentence) -> None:
        """Say why nothing was made of what stands under a target."""
        for spot in raw.pieces[target].spots:
            self.account.leave(spot, why)

    def value(self, raw: Raw, target: str, field: Field) -> Any:  # noqa: ANN401 - of many types
        """Return the value under a target; None where there is none, or it cannot be read."""
        piece = raw.pieces.get(target)
        if piece is None:
            return None
        if says_nothing(piece.text) and not self.is_exact:
            self.take(raw, target, "")
            return None
        try:
            said = read_cell(field, piece.text, is_exact=self.is_exact, kinds=self.kinds)
        except Unreadable as why:
            self.leave(raw, target, why.sentence)
            return None
        is_day = field.holds is Holds.DATE
        self.take(raw, target, shown(field, said.value), (said.doubt,), is_day=is_day)
        return said.value

    def values(self, raw: Raw, kind: ItemKind, apart: frozenset[str]) -> dict[str, Any]:
        """Return what a row says of an item of this kind, by path, but for what is read apart."""
        found: dict[str, Any] = {}
        for target in raw.pieces:
            head, _, path = target.partition(".")
            if head == kind.value and path not in apart:
                said = self.value(raw, target, field_at(kind, path))
                if said is not None:
                    found[path] = said
        return found

    def first_wins(self, raw: Raw, kind: ItemKind, found: dict[str, Any], item: object) -> None:
        """Drop values that an earlier row of the same item said otherwise, and tell of them."""
        for path in list(found):
            if "." in path:
                continue
            field = field_at(kind, path)
            before = getattr(item, path)
            if before in (field.default, found[path]):
                continue
            why = zh(
                "这一项前面已经写作「{before}」，取了前面的。", before=shown(field, before)[:40]
            )
            self.account.doubt(raw.pieces[f"{kind.value}.{path}"].spots[-1], "", why)
            del found[path]


def says_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing to say."""
    return text.strip() in _NOTHING
