"""The step table of a flow as people type it: one text, with what the lists add to steps.

Columns may stand in any order and be left out. Lines are counted as a spreadsheet counts
them, the header's included; whatever is wrong is told with its line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow
from guiju.core.lists.flows import PowerFlow, StepNote
from guiju.core.sentence import Sentence, listing, zh
from guiju.exchange.lists.cells import read_cell
from guiju.exchange.lists.fields import NOTES, Field
from guiju.exchange.lists.shown import shown
from guiju.exchange.lists.step_graph import graph_of_steps
from guiju.exchange.lists.step_rows import step_rows
from guiju.exchange.office_text import table_rows
from guiju.exchange.organisation.cells import Unreadable
from guiju.exchange.steps.rows import read_rows
from guiju.exchange.steps.sketch import sketch
from guiju.exchange.steps.step import Column, Problems, Several, Step
from guiju.exchange.steps.table import Row, Table, find_table, is_header

MOST_TEXT = 200_000
"""Characters of a table that is typed; the item that it makes may hold no more."""

MOST_TYPED = 500
"""Rows of such a table."""

_FIRST = (Column.NUMBER, Column.NAME, Column.POST, Column.LIMIT, Column.NEXT, Column.CONDITION)
COLUMNS: tuple[str, ...] = (
    *_FIRST,
    *(one for one in Column if one not in _FIRST),
    *(field.header for field in NOTES),
)
"""The headers, in the order in which they are typed."""

_NOTED = {field.header: field for field in NOTES}
_AT = {
    "STEP-06": Column.NUMBER,
    "STEP-07": Column.NUMBER,
    "STEP-08": Column.NAME,
    "STEP-09": Column.LIMIT,
    "STEP-10": Column.SIGNING,
    "STEP-11": Column.NEXT,
    "STEP-12": Column.CONDITION,
    "STEP-13": Column.NUMBER,
    "STEP-14": Column.NEXT,
    "STEP-15": Column.NEXT,
}
_STRUCTURE = frozenset({"STEP-05", "STEP-06", "STEP-07", "STEP-11"})
"""With these it cannot be told yet where the rows lead."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with the table; ``line`` is 0 and ``column`` empty for all of it."""

    code: str
    sentence: Sentence
    line: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class StepSheet:
    """What a table says.

    Attributes:
        steps: its rows, as far as they could be read.
        problems: why it is no flow yet; none where ``flow`` is there.
        remarks: what was noticed besides.
        flow: the flow with its notes; None with problems.
        drawing: what can be drawn of it: the flow, or what the rows say.
    """

    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    flow: PowerFlow | None = None
    drawing: Flow | None = None

    def number_at(self, line: int) -> str:
        """Return the number of the step in a line; empty for none."""
        return next((step.number for step in self.steps if step.line == line), "")


def sheet_rows(flow: PowerFlow) -> list[dict[str, str]]:
    """Return the rows of a flow's table, by header; cells that say nothing are left out."""
    noted = flow.noted
    rows = []
    for cells in step_rows(flow.graph) if flow.graph else ():
        row: dict[str, str] = {str(column): text for column, text in cells.items()}
        note = noted.get(row.get(Column.NUMBER, ""))
        for field in NOTES if note else ():
            value = getattr(note, field.path)
            if value != field.default:
                row[field.header] = shown(field, value)
        rows.append(row)
    return rows


def sheet_text(rows: Sequence[Mapping[str, str]]) -> str:
    """Return a table as text: a header, a row a line, cells apart by tabulators."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row.get(column, "") for column in COLUMNS] for row in rows)
    return text.getvalue()


def read_sheet(text: str, before: PowerFlow) -> StepSheet:
    """Return what a table says that was typed in place of a flow's.

    Args:
        text: with its header; apart by tabulators, or by commas.
        before: the flow as it stands; what the table has no column for stays.
    """
    if len(text) > MOST_TEXT:
        return _refused(_too_much())
    try:
        rows = list(_rows(text))
        if len(rows) > MOST_TYPED + 1:
            raise _too_much()
        found = find_table(rows)
        steps, problems, remarks = read_rows(Table(found.columns, found.rows, ()))
    except Invalid as refusal:
        return _refused(refusal)
    head = next(filter(is_header, rows))
    noting = _Noting(head, {row.line: row for row in found.rows}, before)
    notes = tuple(noting.notes(steps))
    is_led = steps and not any(one.code in _STRUCTURE for one in problems.found)
    graph = _graph(steps, found, before, problems) if is_led else None
    told = (*_told(problems), *noting.problems)
    said = (*noting.unused(), *remarks, *noting.remarks)
    if graph is None or told:
        return StepSheet(tuple(steps), told, said, None, sketch(steps, before.name))
    return StepSheet(tuple(steps), (), said, replace(before, graph=graph, notes=notes), graph)


def _rows(text: str) -> Iterator[Row]:
    separator = "\t" if "\t" in text else ","
    for number, _, cells in table_rows(text, separator, _broken):
        yield Row(number, tuple(cells))


def _broken(row: int, _line: int) -> Invalid:
    return Invalid(
        "STEP-01", zh("第 {line} 行起双引号没有配对，或一格太长。请检查双引号。", line=row)
    )


def _too_much() -> Invalid:
    return Invalid(
        "STEP-02",
        zh(
            "这张表太大：最多 {most} 行、约 {text} 字。请拆成几套流程。",
            most=MOST_TYPED,
            text=MOST_TEXT,
        ),
    )


def _refused(refusal: Invalid) -> StepSheet:
    return StepSheet(problems=(Problem(refusal.code, refusal.sentence),))


def _graph(
    steps: Sequence[Step], table: Table, before: PowerFlow, problems: Problems
) -> Flow | None:
    by_line = {row.line: row for row in table.rows}
    leads = [table.cell(by_line[step.line], Column.NEXT) for step in steps]
    try:
        return graph_of_steps(steps, before.graph, before.name, is_blank=not any(leads))
    except Several as several:
        problems.found += several.found
    except Invalid as refusal:
        problems.add(refusal)
    return None


def _told(problems: Problems) -> Iterator[Problem]:
    for problem in problems.found:
        line = dict(problem.sentence.values).get("line", 0)
        yield Problem(
            problem.code,
            problem.sentence,
            line if isinstance(line, int) else 0,
            str(_AT.get(problem.code, "")),
        )


class _Noting:
    """What the rows say beyond the flow."""

    def __init__(self, head: Row, rows: Mapping[int, Row], before: PowerFlow) -> None:
        heads = [cell.strip() for cell in head.cells]
        self.places = {place: _NOTED[name] for place, name in enumerate(heads) if name in _NOTED}
        self.head, self.rows, self.before = head, rows, before.noted
        self.problems: list[Problem] = []
        self.remarks: list[Sentence] = []

    def unused(self) -> Iterator[Sentence]:
        """Say which columns mean nothing."""
        table = find_table([self.head])
        known = {*table.columns.values(), *self.places}
        left = [cell.strip() for place, cell in enumerate(self.head.cells) if place not in known]
        if any(left):
            yield zh("没有用到的列：{columns}。", columns=listing(filter(None, left)))

    def notes(self, steps: Sequence[Step]) -> Iterator[StepNote]:
        """Yield the notes of the steps that have some."""
        for step in steps:
            bare = StepNote(step=step.number)
            old = self.before.get(step.number, bare)
            said = {
                field.path: self._value(step.line, place, field)
                for place, field in self.places.items()
            }
            note = replace(old, step=step.number, **said)
            if note != bare:
                yield note

    def _value(self, line: int, place: int, field: Field) -> Any:  # noqa: ANN401 - of many types
        cells = self.rows[line].cells
        text = cells[place].strip() if place < len(cells) else ""
        if not text:
            return field.default
        try:
            said = read_cell(field, text, is_exact=False, kinds={})
        except Unreadable as refusal:
            self.problems.append(
                Problem(
                    refusal.code,
                    zh(
                        "第 {line} 行「{column}」列：{why}",
                        line=line,
                        column=field.header,
                        why=refusal.sentence,
                    ),
                    line,
                    field.header,
                )
            )
            return field.default
        if said.doubt:
            self.remarks.append(
                zh(
                    "第 {line} 行「{column}」列：{why}",
                    line=line,
                    column=field.header,
                    why=said.doubt,
                )
            )
        return field.default if said.value is None else said.value
