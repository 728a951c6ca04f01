"""Reading the product's own workbook back, cell by cell as it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from guiju.core.flow.model import Flow
from guiju.core.lists.flows import StepNote
from guiju.core.lists.model import StatedCount, Tier
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.draft import Draft, fields_of
from guiju.exchange.lists.fields import EDITION, NOTES, Field
from guiju.exchange.lists.heads import Column as Head
from guiju.exchange.lists.layout import (
    EDITION_SHEET,
    GRAPH_SHEET,
    GUIDE_SHEET,
    HEAD_LINE,
    MARK,
    OWN_SHEETS,
    STEP_SHEET,
    TIER_SHEET,
    WORD_SHEET,
    OwnSheet,
)
from guiju.exchange.lists.raw import Piece, Raw
from guiju.exchange.lists.seen import Counts, SheetSeen, Table
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.step_rows import graph_of, step_rows
from guiju.exchange.lists.straight import flow_of
from guiju.exchange.lists.teller import Teller
from guiju.exchange.lists.words import CellState, TableKind
from guiju.exchange.lists.workbook import is_lost
from guiju.exchange.steps.step import Column

_KINDS = {
    ItemKind.RISK: TableKind.RISK,
    ItemKind.CONTROL: TableKind.CONTROL,
    ItemKind.NEGATIVE: TableKind.NEGATIVE,
    ItemKind.FLOW: TableKind.STEP,
    ItemKind.STANDARD: TableKind.STANDARD,
}
_FIELDS = {sheet.title: {field.path: field for field in sheet.fields} for sheet in OWN_SHEETS}
_BY_TITLE = {sheet.title: sheet for sheet in OWN_SHEETS}
_STEP_PATHS = dict(
    zip(
        ("number", "name", "kind", "phase", "post", "limit", "next", "condition", "signing"),
        Column,
        strict=True,
    )
)
_NOWHERE = zh("这一行的编码不在清单里，没有采用。")


def is_own(sheets: Sequence[Sheet]) -> bool:
    """Tell whether a workbook is the product's own."""
    return any(
        sheet.name == EDITION_SHEET and sheet.lines and sheet.lines[0].cells[0] == MARK
        for sheet in sheets
    )


def read_own(file: str, sheets: Sequence[Sheet], draft: Draft) -> tuple[SheetSeen, dict[str, Any]]:
    """Put what the workbook says into ``draft``; return what was seen, and the edition's head."""
    reading = _Own(file, draft)
    for sheet in sorted(sheets, key=lambda one: _ORDER.get(one.name, 0)):
        reading.sheet(sheet)
    reading.finish()
    return reading.seen(), reading.head


_ORDER = {title: n for n, title in enumerate((*_BY_TITLE, GRAPH_SHEET), 1)}


class _Own:
    """What was read of one workbook."""

    def __init__(self, file: str, draft: Draft) -> None:
        self.file, self.draft = file, draft
        self.head: dict[str, Any] = {}
        self.accounts: list[Account] = []
        self.tables: list[Table] = []
        self.rows: list[tuple[Account, Raw, bool]] = []
        self.steps: dict[str, list[tuple[Raw, Teller]]] = defaultdict(list)
        self.graphs: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.keys: dict[tuple[ItemKind, str], str] = {}
        self._apart: dict[str, Callable[[Raw, dict[str, Any], Teller], bool]] = {
            STEP_SHEET: self._step,
            TIER_SHEET: self._tier,
            GRAPH_SHEET: self._graph,
        }

    def sheet(self, sheet: Sheet) -> None:
        """Read one sheet, whatever it is."""
        account = Account(self.file, sheet)
        self.accounts.append(account)
        if sheet.name == EDITION_SHEET:
            self._edition(sheet, account)
        elif sheet.name in (GUIDE_SHEET, WORD_SHEET):
            for line in sheet.lines:
                account.take(*(Spot(line.number, place) for place, _ in line.filled()))
        elif sheet.name in _BY_TITLE:
            self._rows_of(sheet, _BY_TITLE[sheet.name], account)
        else:
            for line in sheet.lines:
                for place, _ in line.filled():
                    account.leave(
                        Spot(line.number, place), zh("这张工作表不是模板里的，没有读取。")
                    )

    def _edition(self, sheet: Sheet, account: Account) -> None:
        teller = Teller(account, self.draft.kinds, is_exact=True)
        known = {field.header: field for field in EDITION}
        account.take(Spot(sheet.lines[0].number, 0))
        for line in sheet.lines[1:]:
            field = known.get(line.cells[0])
            if field is None:
                continue
            account.take(Spot(line.number, 0))
            raw = Raw(TableKind.POWER, line.number, 0)
            raw.pieces |= _piece(sheet, line, 1, field, account)
            value = teller.value(raw, field.path, field)
            if value is not None:
                self.head[field.path] = value

    def _rows_of(self, sheet: Sheet, own: OwnSheet, account: Account) -> None:
        columns, below = _columns(sheet, own, account)
        teller = Teller(account, self.draft.kinds, is_exact=True)
        for line in below:
            raw = Raw(_KINDS.get(own.kind or ItemKind.POWER, TableKind.POWER), line.number, 0)
            for place, _ in line.filled():
                field = columns.get(place)
                if field:
                    raw.pieces |= _piece(sheet, line, place, field, account)
                else:
                    account.leave(Spot(line.number, place), zh("这一列不是模板里的，没有采用。"))
            self.rows.append((account, raw, self._row(own, raw, teller)))
        heads = tuple(
            Head(place, field.header, field.path, 100, zh("模板里的列。"), ())
            for place, field in columns.items()
        )
        kind = _KINDS.get(own.kind or ItemKind.POWER, TableKind.POWER)
        self.tables.append(
            Table(sheet.name, HEAD_LINE, kind, heads, 100, zh("本产品的模板。"), len(below))
        )

    def _row(self, own: OwnSheet, raw: Raw, teller: Teller) -> bool:
        values: dict[str, Any] = {}
        fields = _FIELDS[own.title]
        for path in raw.pieces:
            said = teller.value(raw, path, fields[path])
            if said is not None:
                values[path] = said
        if own.title in self._apart:
            return self._apart[own.title](raw, values, teller)
        if own.kind is None:
            if "kind" in values and "count" in values:
                self.draft.stated.append(StatedCount(**values))
                return True
            return False
        return self._item(own.kind, values)

    def _item(self, kind: ItemKind, values: dict[str, Any]) -> bool:
        code = values.pop("code", "")
        if not code and not values:
            return False
        said = tuple(f"{path}={value}" for path, value in sorted(values.items()))
        key = self.draft.new(kind, said, code, **fields_of(kind, values))
        self.keys.setdefault((kind, self.draft.code_of(kind, key)), key)
        return True

    def _step(self, raw: Raw, values: dict[str, Any], teller: Teller) -> bool:
        self.steps[values.get("flow", "")].append((raw, teller))
        return (ItemKind.FLOW, values.get("flow", "")) in self.keys

    def _tier(self, _raw: Raw, values: dict[str, Any], _teller: Teller) -> bool:
        key = self.keys.get((ItemKind.STANDARD, values.pop("standard", "")))
        if key is None:
            return False
        self.draft.tiers[key].append(Tier(**values))
        return True

    def _graph(self, _raw: Raw, values: dict[str, Any], _teller: Teller) -> bool:
        self.graphs[values.get("flow", "")].append((values.get("part", 0), values.get("text", "")))
        return True

    def finish(self) -> None:
        """Give the flows their steps, once all sheets are read."""
        for (kind, code), key in self.keys.items():
            if kind is not ItemKind.FLOW:
                continue
            rows = self.steps.pop(code, [])
            kept = "".join(text for _, text in sorted(self.graphs.get(code, [])))
            graph = self._flow(rows, graph_of(kept) if kept else None, key)
            notes = tuple(note for raw, teller in rows if (note := _note(raw, teller)))
            self.draft.change(ItemKind.FLOW, key, {"graph": graph, "notes": notes})

    def _flow(self, rows: list[tuple[Raw, Teller]], kept: Flow | None, key: str) -> Flow | None:
        told = [
            (
                raw.line,
                {
                    column: raw.pieces[path].text
                    for path, column in _STEP_PATHS.items()
                    if path in raw.pieces
                },
            )
            for raw, _ in rows
        ]
        if kept is not None and _are_rows_of(kept, [cells for _, cells in told]):
            return kept
        steps = [(line, cells) for line, cells in told if cells.keys() - {Column.NUMBER}]
        if not steps:
            return None
        made = flow_of(steps, self.draft.items[ItemKind.FLOW][key].name)
        if isinstance(made, Flow):
            return made
        for raw, teller in rows:
            for path in raw.pieces.keys() & _STEP_PATHS.keys():
                why = zh("这张步骤表走不通：{why}", why=made)
                teller.account.doubt(raw.pieces[path].spots[0], "", why)
        return None

    def seen(self) -> SheetSeen:
        """Return what was seen; a row that belongs to no item is told."""
        counts = Counts()
        for account, raw, made in self.rows:
            spots = [piece.spots[0] for piece in raw.pieces.values()]
            if not made:
                for spot in spots:
                    account.doubt(spot, "", _NOWHERE)
                counts += Counts(1, unread=1)
            elif all(account.state(spot) is CellState.UNDERSTOOD for spot in spots):
                counts += Counts(1, understood=1)
            else:
                counts += Counts(1, doubtful=1)
        return SheetSeen(tuple(self.accounts), tuple(self.tables), counts)


def _are_rows_of(kept: Flow, told: Sequence[dict[Column, str]]) -> bool:
    """Tell whether nobody changed the steps of a flow; a row may be a mere note on a step."""
    rows = step_rows(kept)
    known = {row[Column.NUMBER] for row in rows}
    return [cells for cells in told if cells.get(Column.NUMBER) in known] == rows


def _columns(
    sheet: Sheet, own: OwnSheet, account: Account
) -> tuple[dict[int, Field], Sequence[Line]]:
    """Return the fields by column, and the lines below the header."""
    known = {field.header: field for field in own.fields}
    for place, line in enumerate(sheet.lines[: HEAD_LINE + 1]):
        found = {
            column: known[text.rstrip("*")]
            for column, text in line.filled()
            if text.rstrip("*") in known
        }
        if len(found) > 1:
            account.take(*(Spot(line.number, column) for column in found))
            for above in sheet.lines[:place]:
                account.take(*(Spot(above.number, column) for column, _ in above.filled()))
            return found, sheet.lines[place + 1 :]
    return {}, ()


def _piece(
    sheet: Sheet, line: Line, place: int, field: Field, account: Account
) -> dict[str, Piece]:
    text = line.cells[place] if place < len(line.cells) else ""
    spot = Spot(line.number, place)
    mark = sheet.marks.get(spot)
    if mark and is_lost(mark):
        account.leave(spot, mark)
        return {}
    return {field.path: Piece(text, (spot,), None, mark)} if text else {}


def _note(raw: Raw, teller: Teller) -> StepNote | None:
    values = {
        field.path: value
        for field in NOTES
        if (value := teller.value(raw, field.path, field)) is not None
    }
    number = raw.pieces.get("number")
    if not values or number is None:
        return None
    return StepNote(step=number.text, **values)
