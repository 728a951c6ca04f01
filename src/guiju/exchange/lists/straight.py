"""Flows that a cell or a few rows tell: arrows in one cell, or the rows of a step table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow
from guiju.core.sentence import Sentence
from guiju.exchange.steps.rows import read_steps
from guiju.exchange.steps.step import END, Column, Step, Way
from guiju.exchange.steps.table import MOST_ROWS, Row, Table, too_large
from guiju.exchange.steps.unfold import unfold

_ARROW = re.compile(r"\s*(?:→|->|－>|—>|–>|=>|⇒|➔|➜|﹣>)\s*")
_MOST_STEPS = 200


def straight_flow(text: str) -> Flow | None:
    """Return the flow of 「受理→审核→决定」; None where no arrow tells the order."""
    names = [name.strip() for name in _ARROW.split(text)]
    if not 1 < len(names) <= _MOST_STEPS or not all(names):
        return None
    numbers = [str(number) for number in range(1, len(names) + 1)]
    steps = [
        Step(number, name, (Way((after,)),))
        for number, name, after in zip(numbers, names, [*numbers[1:], END], strict=True)
    ]
    return unfold(steps, "→".join(names)[:60])


def flow_of(rows: Sequence[tuple[int, dict[Column, str]]], name: str) -> Flow | Sentence:
    """Return the flow of the rows of a step table, each with its line; or why it is none."""
    if len(rows) > MOST_ROWS:
        return too_large().sentence
    places = {column: place for place, column in enumerate(Column)}
    counted = all(not cells.get(Column.NUMBER) for _, cells in rows)
    lines = []
    for number, (line, cells) in enumerate(rows, 1):
        said = {**cells, Column.NUMBER: str(number)} if counted else cells
        lines.append(Row(line, tuple(said.get(column, "") for column in Column)))
    try:
        steps, _ = read_steps(Table(places, lines, ()))
        return unfold(steps, name)
    except Invalid as refusal:
        return refusal.sentence
