"""All that is wrong with an organisation, by itself and together with what is on record."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

from guiju.core.organisation.alone import each_alone
from guiju.core.organisation.books import Books
from guiju.core.organisation.carriers import carrier_faults
from guiju.core.organisation.columns import FIELDS, Sheet
from guiju.core.organisation.holders import holder_faults
from guiju.core.organisation.joined import joined_faults
from guiju.core.organisation.lives import life_faults
from guiju.core.organisation.references import doubles, same_bodies, same_people, unknown
from guiju.core.organisation.rows import Fault, Organisation
from guiju.core.organisation.tree import tree_faults
from guiju.core.sentence import zh

MOST_FAULTS = 200_000
"""So many are told one by one; no office mends more at one go, and memory stays bounded."""

_SHEETS = {sheet: place for place, sheet in enumerate(Sheet)}
_COLUMNS = {
    (sheet, field.column): place
    for sheet, fields in FIELDS.items()
    for place, field in enumerate(fields)
}


def faults(organisation: Organisation, known: Organisation | None = None) -> tuple[Fault, ...]:
    """Return every fault of every row, by sheet, row and column.

    Rows on record (``known``) count as they will be once ``organisation`` is taken in over
    them. What they do among themselves is not judged, only what the workbook adds. Takes
    n log n time. Above ``MOST_FAULTS``, ORG-59 says so before the others.
    """
    books = Books.of(organisation, known)
    found = chain(
        each_alone(organisation),
        doubles(organisation),
        unknown(organisation, books),
        tree_faults(books),
        same_bodies(books),
        same_people(organisation, books),
        life_faults(books),
        holder_faults(books),
        joined_faults(books),
        carrier_faults(books),
    )
    return in_order(found)


def in_order(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Sort faults as a reader meets them, from whatever checks they come; keep ``MOST_FAULTS``."""
    kept = list(islice(found, MOST_FAULTS + 1))
    if len(kept) > MOST_FAULTS:
        kept[-1] = Fault(
            Sheet.UNITS,
            0,
            None,
            "ORG-59",
            zh("问题超过 {most} 处，其余没有列出。请先改正这些。", most=MOST_FAULTS),
        )
    return tuple(sorted(kept, key=_place))


def _place(fault: Fault) -> tuple[int, int, int, str]:
    column = _COLUMNS[fault.sheet, fault.column] if fault.column else -1
    return _SHEETS[fault.sheet], fault.row, column, fault.code
