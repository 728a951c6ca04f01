"""What a worker found in a large workbook, as its pages show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from guiju.base.evidence import told as telling
from guiju.base.evidence.kept import Kept
from guiju.base.evidence.told import Line
from guiju.base.org.pages.kept import SHELF

_LINES = "lines"


@dataclass(frozen=True, slots=True)
class Told:
    """What was found.

    Attributes:
        is_faulty: whether the lines are faults; otherwise they are changes.
        count: how many lines.
        rows: how many rows have a fault.
        remarks: sentences about the workbook.
        counts: per sheet its name, new, changed, ended and unchanged rows.
    """

    is_faulty: bool
    count: int
    rows: int
    remarks: tuple[str, ...]
    counts: tuple[tuple[str, int, int, int, int], ...]


def write_told(token: str, key: str, told: Told, lines: Iterable[Line]) -> None:
    """Write it beside the workbook."""
    telling.write_told(SHELF, token, key, asdict(told), {_LINES: lines})


def read_told(kept: Kept) -> Told:
    """Return what was found.

    Raises:
        Invalid: ORG-85 when it is gone.
    """
    head = telling.read_head(SHELF, kept).head
    counts = tuple(map(tuple, head["counts"]))
    return Told(**{**head, "remarks": tuple(head["remarks"]), "counts": counts})


def read_lines(kept: Kept, first: int) -> Sequence[Line]:
    """Return a hundred lines from one on; refuses as ``read_told`` does."""
    return telling.read_lines(SHELF, kept, _LINES, first)
