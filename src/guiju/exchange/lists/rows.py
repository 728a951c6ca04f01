"""From the lines below a header to rows: merged cells, shifted rows, repeated headers, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.around import alone, is_heading, is_note, is_total
from guiju.exchange.lists.cells import kind_in
from guiju.exchange.lists.dictionary import ANCHORS, IGNORED, NUMBER
from guiju.exchange.lists.heads import CERTAIN_ENOUGH, Column, Head
from guiju.exchange.lists.raw import Piece, Raw
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.words import TableKind
from guiju.exchange.lists.workbook import is_lost

GUESSED = zh("列名只是相近，这一列的意思是猜的。")
CONFIRMED_AWAY = zh("已确认这一列不采用。")
_SHIFTED = zh("这一行少一格，按左边有合并单元格来读，可能错位。")
_EVIDENCE = 2
_POINT = re.compile(r"\d{1,3}\.\d{1,2}(?!\d)")

_GROUPING = frozenset(
    {
        "power.name", "main.name", "power.subject", "power.office", "power.kind", "power.post",
        "risk.post", "risk.unit", "risk.person", "risk.layer", "risk.dimensions", "risk.text",
        "risk.grade", "negative.post", "flow.name", "standard.behaviour", "standard.offence",
        "standard.basis",
    }
)  # fmt: skip
"""What offices write once for several rows."""


class RowReader:
    """Reads the rows below one header."""

    def __init__(self, sheet: Sheet, head: Head, account: Account, table: int, title: str) -> None:
        self.sheet, self.head, self.account = sheet, head, account
        self.table, self.title = table, title
        self.anchors = ANCHORS[head.kind]
        self.origins = frozenset(sheet.spread.values())
        self.before: dict[str, Piece] = {}
        self.group: Piece | None = None
        self.pattern: list[bool] = []
        self._account_for_head()

    def read(self, lines: Sequence[Line]) -> Iterator[Raw]:
        """Yield a row for each line that says something about an item."""
        for line in lines:
            text = alone(line)
            if text and self._is_aside(line, text):
                continue
            if is_total(line):
                continue
            yield self._row(line, self._gap(line))

    def _account_for_head(self) -> None:
        for column in self.head.columns:
            for spot in column.spots:
                if column.target and column.confidence >= CERTAIN_ENOUGH:
                    self.account.take(spot)
                elif column.target:
                    self.account.doubt(spot, column.target, column.reason)
                else:
                    self.account.leave(spot, column.reason)

    def _is_aside(self, line: Line, text: str) -> bool:
        """Account for a text that stands alone in its line and is no item."""
        spot = Spot(line.number, next(place for place, _ in line.filled()))
        covered = spot in self.origins
        in_anchor = any(
            column.place == spot.column and column.target in self.anchors
            for column in self.head.columns
        )
        kind = kind_in(text) if self.head.kind is TableKind.POWER else ""
        if kind and (is_heading(text) or covered or not in_anchor):
            self.group = Piece(kind, (spot,))
            self.account.doubt(spot, kind, zh("当作它下面各行的权力类型。"))
            return True
        if is_heading(text) and (covered or spot.column == 0):
            self.account.take(spot)
            return True
        if is_note(text) or covered:
            self.account.leave(spot, zh("表里的说明文字，没有采用。"))
            return True
        return spot.column == 0 and not in_anchor and self._leave(spot)

    def _leave(self, spot: Spot) -> bool:
        self.account.leave(spot, zh("这一行只有一格，看不出是哪一项的内容。"))
        return True

    def _row(self, line: Line, gap: int | None) -> Raw:
        raw = Raw(self.head.kind, line.number, self.table, self.title, group=self.group)
        for column in self.head.columns:
            piece = self._piece(line, column, gap)
            if piece and column.target:
                raw.pieces[column.target] = piece
        self._leave_unnamed(line)
        self._fill_down(raw)
        self.before = dict(raw.pieces)
        return raw

    def _piece(self, line: Line, column: Column, gap: int | None) -> Piece | None:
        place = column.place if gap is None or column.place < gap else column.place - 1
        if column.place == gap:
            return None
        spot = Spot(line.number, place)
        origin = self.sheet.spread.get(spot, spot)
        text = line.cells[place] if place < len(line.cells) else ""
        if not text and origin != spot:
            return self._merged(origin, column)
        if not text:
            return None
        if not column.target or column.target == IGNORED:
            self.account.leave(spot, CONFIRMED_AWAY if column.target else column.reason)
            return None
        mark = self.sheet.marks.get(spot)
        if mark and is_lost(mark):
            self.account.leave(spot, mark)
            return None
        doubt: Sentence | None = line.doubt if gap is None else _SHIFTED
        if doubt is None and column.confidence < CERTAIN_ENOUGH:
            doubt = GUESSED
        return Piece(text, (spot,), doubt, mark)

    def _merged(self, origin: Spot, column: Column) -> Piece | None:
        """Return what a merged area says that began in an earlier row of this column."""
        piece = self.before.get(column.target)
        return piece if piece and origin in piece.spots else None

    def _leave_unnamed(self, line: Line) -> None:
        named = {column.place for column in self.head.columns}
        for place, _ in line.filled():
            if place not in named:
                self.account.leave(Spot(line.number, place), zh("这一列没有列名。"))

    def _fill_down(self, raw: Raw) -> None:
        """Take what a row leaves empty from the row above, where offices write it once."""
        if not raw.pieces or self._begins(raw):
            return
        first = min(piece.spots[0].column for piece in raw.pieces.values())
        for column in self.head.columns:
            piece = self.before.get(column.target)
            if (
                piece
                and column.target in _GROUPING
                and column.target not in raw.pieces
                and not (NUMBER in raw.pieces and column.target in self.anchors)
                and (column.place < first or self._is_left_of_anchor(column))
            ):
                why = zh("第 {line} 行空着，按合并单元格也算作这一项。", line=raw.line)
                doubt = piece.doubt or why
                raw.pieces[column.target] = Piece(piece.text, piece.spots, doubt, piece.mark)

    def _begins(self, raw: Raw) -> bool:
        """Tell whether a row has a number and its main text of its own: nothing is missing."""
        return bool(raw.pieces.keys() & self.anchors) and self.head.kind is TableKind.POWER

    def _is_left_of_anchor(self, column: Column) -> bool:
        places = [one.place for one in self.head.columns if one.target in self.anchors]
        return bool(places) and column.place < max(places) and column.target != "risk.grade"

    def _gap(self, line: Line) -> int | None:
        """Return the merged column whose cell a row lacks; numbered points show that it does."""
        shape = [bool(_POINT.match(text)) for text in line.cells]
        if sum(self.pattern) < _EVIDENCE:
            self.pattern = shape
            return None
        gap = next((c.place for c in self.head.columns if c.target in _GROUPING), None)
        if gap is None or any(shape[:gap]):
            return None
        moved = [*shape[:gap], False, *shape[gap:]]
        as_is = sum(a and b for a, b in zip(shape, self.pattern, strict=False))
        shifted = sum(a and b for a, b in zip(moved, self.pattern, strict=False))
        last_is_free = len(line.cells) < len(self.pattern) or not line.cells[-1]
        return gap if shifted > as_is and last_is_free else None
