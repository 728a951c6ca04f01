"""Reading the product's own workbook back, cell by cell as it was written."""

from __future__ import annotations

from collections import Counter, defaultdict
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
from guiju.exchange.lists.own_cells import OwnRow, RowReader
from guiju.exchange.lists.seen import Counts, SheetSeen, Table
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.step_rows import graph_of, step_rows
from guiju.exchange.lists.straight import flow_of
from guiju.exchange.lists.words import CellState, TableKind
from guiju.exchange.steps.step import Column

_KINDS = {
    ItemKind.RISK: TableKind.RISK,
    ItemKind.CONTROL: TableKind.CONTROL,
    ItemKind.NEGATIVE: TableKind.NEGATIVE,
    ItemKind.FLOW: TableKind.STEP,
    ItemKind.STANDARD: TableKind.STANDARD,
}
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
        self.rows: list[tuple[OwnRow, bool]] = []
        self.steps: dict[str, list[OwnRow]] = defaultdict(list)
        self.graphs: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.keys: dict[tuple[ItemKind, str], str] = {}
        self._apart: dict[str, Callable[[OwnRow], bool]] = {
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
        known = {field.header: field for field in EDITION}
        account.take(Spot(sheet.lines[0].number, 0))
        for line in sheet.lines[1:]:
            field = known.get(line.cells[0])
            if field is None:
                continue
            account.take(Spot(line.number, 0))
            value = RowReader(sheet, account, {1: field}, self.draft.kinds).told(line)
            if value is not None:
                self.head[field.path] = value

    def _rows_of(self, sheet: Sheet, own: OwnSheet, account: Account) -> None:
        columns, below = _columns(sheet, own, account)
        reader = RowReader(sheet, account, columns, self.draft.kinds)
        for line in below:
            row = reader.row(line)
            self.rows.append((row, self._row(own, row)))
        heads = tuple(
            Head(place, field.header, field.path, 100, zh("模板里的列。"), ())
            for place, field in columns.items()
        )
        kind = _KINDS.get(own.kind or ItemKind.POWER, TableKind.POWER)
        self.tables.append(
            Table(sheet.name, HEAD_LINE, kind, heads, 100, zh("本产品的模板。"), len(below))
        )

    def _row(self, own: OwnSheet, row: OwnRow) -> bool:
        if own.title in self._apart:
            return self._apart[own.title](row)
        if own.kind is not None:
            return self._item(own.kind, row.values)
        if "kind" in row.values and "count" in row.values:
            self.draft.stated.append(StatedCount(**row.values))
            return True
        return False

    def _item(self, kind: ItemKind, values: dict[str, Any]) -> bool:
        code = values.pop("code", "")
        if not code and not values:
            return False
        # By what it says it is known only where it has no code.
        said = () if code else tuple(f"{path}={value}" for path, value in sorted(values.items()))
        key = self.draft.new(kind, said, code, **fields_of(kind, values))
        self.keys.setdefault((kind, self.draft.code_of(kind, key)), key)
        return True

    def _step(self, row: OwnRow) -> bool:
        flow = row.values.get("flow", "")
        self.steps[flow].append(row)
        return (ItemKind.FLOW, flow) in self.keys

    def _tier(self, row: OwnRow) -> bool:
        key = self.keys.get((ItemKind.STANDARD, row.values.pop("standard", "")))
        if key is None:
            return False
        self.draft.tiers[key].append(Tier(**row.values))
        return True

    def _graph(self, row: OwnRow) -> bool:
        part, text = row.values.get("part", 0), row.values.get("text", "")
        self.graphs[row.values.get("flow", "")].append((part, text))
        return True

    def finish(self) -> None:
        """Give the flows their steps, once all sheets are read."""
        for (kind, code), key in self.keys.items():
            if kind is not ItemKind.FLOW:
                continue
            rows = self.steps.pop(code, [])
            kept = "".join(text for _, text in sorted(self.graphs.get(code, [])))
            graph = self._flow(rows, graph_of(kept) if kept else None, key)
            notes = tuple(note for row in rows if (note := _note(row)))
            self.draft.change(ItemKind.FLOW, key, {"graph": graph, "notes": notes})

    def _flow(self, rows: list[OwnRow], kept: Flow | None, key: str) -> Flow | None:
        told = [
            (
                row.line,
                {
                    column: row.values[path]
                    for path, column in _STEP_PATHS.items()
                    if path in row.values
                },
            )
            for row in rows
        ]
        if kept is not None and _are_rows_of(kept, [cells for _, cells in told]):
            return kept
        steps = [(line, cells) for line, cells in told if cells.keys() - {Column.NUMBER}]
        if not steps:
            return None
        made = flow_of(steps, self.draft.items[ItemKind.FLOW][key].name)
        if isinstance(made, Flow):
            return made
        for row in rows:
            for path in row.values.keys() & _STEP_PATHS.keys():
                row.doubt(path, zh("这张步骤表走不通：{why}", why=made))
        return None

    def seen(self) -> SheetSeen:
        """Return what was seen; a row that belongs to no item is told."""
        counts = Counter[CellState]()
        for row, made in self.rows:
            if not made:
                row.leave_out(_NOWHERE)
            counts[row.state(made=made)] += 1
        told = Counts(len(self.rows), *(counts[state] for state in CellState))
        return SheetSeen(tuple(self.accounts), tuple(self.tables), told)


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


def _note(row: OwnRow) -> StepNote | None:
    said = row.values
    values = {field.path: said[field.path] for field in NOTES if field.path in said}
    if not values or "number" not in said:
        return None
    return StepNote(step=said["number"], **values)
