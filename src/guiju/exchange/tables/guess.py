"""Guessing the columns of an event table from their names, then from what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.tables.mapping import ColumnMapping, listed, positions
from guiju.exchange.tables.names import ACTIVITY, CASE, LABELS, PERSON, TIME, named_like
from guiju.exchange.tables.times import reads_as_times


def guess_mapping(
    headers: Sequence[str],
    sample_rows: Sequence[Sequence[str]],
    *,
    given: ColumnMapping | None = None,
) -> ColumnMapping:
    """Find the case, activity, time and person columns of a table.

    Names decide where they can; otherwise contents do: times are what reads as times,
    activities are few values that change within a case. Performers are never guessed
    from contents.

    Args:
        headers: the column names.
        sample_rows: some rows of text, each as wide as ``headers``.
        given: columns that are already known; only its ``""`` are guessed.

    Raises:
        Invalid: TABLE-01 when case or activity cannot be told for sure, TABLE-02 and
            TABLE-06 when ``given`` does not fit the headers.
    """
    given = given or ColumnMapping()
    found = positions(headers, given)
    asked = [role for role in LABELS if getattr(given, role) == ""]
    columns = list(zip(*sample_rows, strict=True)) or [()] * len(headers)
    for role in asked:
        _settle(found, role, _by_name(role, headers, columns, _free(headers, found)))
    for role in asked:
        if role != PERSON and role not in found:
            _settle(found, role, _by_content(role, columns, _free(headers, found), found))
    for role in (CASE, ACTIVITY):
        if role not in found:
            raise _unsure(role, headers)
    return ColumnMapping(
        case=headers[found[CASE]],
        activity=headers[found[ACTIVITY]],
        time=headers[found[TIME]] if TIME in found else None,
        person=headers[found[PERSON]] if PERSON in found else None,
    )


def _settle(found: dict[str, int], role: str, candidates: Sequence[int]) -> None:
    if len(candidates) == 1:
        found[role] = candidates[0]


def _free(headers: Sequence[str], found: dict[str, int]) -> list[int]:
    taken = set(found.values())
    return [column for column, name in enumerate(headers) if name and column not in taken]


def _by_name(
    role: str, headers: Sequence[str], columns: Sequence[Sequence[str]], free: Sequence[int]
) -> list[int]:
    candidates = named_like(role, headers, free)
    if role in (TIME, PERSON):
        return candidates[:1]
    if role == CASE and len(candidates) > 1:
        return [column for column in candidates if _repeats(columns[column])]
    return candidates


def _by_content(
    role: str, columns: Sequence[Sequence[str]], free: Sequence[int], found: dict[str, int]
) -> list[int]:
    times = [
        column for column in free if reads_as_times(pl.Series(columns[column], dtype=pl.String))
    ]
    if role == TIME:
        return times
    rest = [column for column in free if column not in times and _repeats(columns[column])]
    if role == ACTIVITY and CASE in found:
        return [
            column for column in rest if _like_activities(columns[found[CASE]], columns[column])
        ]
    if role == CASE and ACTIVITY in found:
        return [column for column in rest if _like_cases(columns[column], columns[found[ACTIVITY]])]
    return []


def _repeats(values: Sequence[str]) -> bool:
    return 1 < len(set(values)) < len(values) and all(values)


def _like_activities(cases: Sequence[str], values: Sequence[str]) -> bool:
    pairs = set(zip(cases, values, strict=True))
    return len(set(values)) * 3 <= len(values) and len(pairs) > len(set(cases))


def _like_cases(values: Sequence[str], activities: Sequence[str]) -> bool:
    pairs = set(zip(values, activities, strict=True))
    return len(set(values)) * 20 >= len(values) and len(pairs) * 5 >= len(values) * 4


def _unsure(role: str, headers: Sequence[str]) -> Invalid:
    return Invalid(
        "TABLE-01",
        zh(
            "看不出哪一列是{role}。表头有：{headers}。"
            "请指明列名，例如 --case 列名 --activity 列名 --time 列名 --person 列名。",
            role=LABELS[role],
            headers=listed(headers),
        ),
    )
