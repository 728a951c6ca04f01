"""Reading the record: the timeline, and one event with its proof.

Every query goes along an index and is bounded, whatever the filters: a page takes the
same time at a million events as at a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from guiju.base.record import vault
from guiju.base.record.events import RAISED
from guiju.base.record.models import Event, Leaf
from guiju.base.record.naming import names
from guiju.base.record.scopes import Units, is_inside
from guiju.base.record.telling import (
    Field,
    Mark,
    Told,
    committed,
    known_type,
    said,
    tell,
    tell_fields,
)
from guiju.base.ui.paging import (
    SIZE,
    Cursor,
    Key,
    Page,
    cut_short,
    from_instant,
    make_page,
    to_instant,
)
from guiju.base.ui.sources import looked_up
from guiju.core.sentence import Sentence
from guiju.core.terms import FindingKind

REACH = 3_000
"""How many events a page looks through when several filters must hold at once."""

FEW = 100
"""Of how many units the nearest events are read one by one; for more, all are looked through."""

LARGEST = 2**63 - 1
"""The largest number of a row."""

MOST_MARKS = 1_000
"""How many findings of the same instants are looked through for those on a page."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are wanted; an empty one wants all. Instants: from ``since`` until before."""

    kind: str = ""
    actor: str = ""
    unit: str = ""
    object: str = ""
    matter: str = ""
    since: datetime | None = None
    before: datetime | None = None

    def columns(self) -> dict[str, str]:
        """Return the columns that must hold a value, and which."""
        named = {
            "kind": self.kind,
            "actor": self.actor,
            "unit": self.unit,
            "object": self.object,
            "matter": self.matter,
        }
        return {name: value for name, value in named.items() if value}


def timeline(
    filters: Filters, cursor: Cursor | None = None, *, units: Units = None, size: int = SIZE
) -> Page[Told]:
    """Return a page of events, newest first; at most eight queries.

    With several filters, or in many units, a page may come back before it is full: it says
    how far it has come and where to go on.

    Args:
        filters: which events are wanted.
        cursor: from where.
        units: of which units the reader sees events; None for all events.
        size: how many.

    Raises:
        Invalid: PAGE-02 for a cursor outside of the calendar.
    """
    span = _span(filters, cursor)
    found, reached = _found(span, filters.columns(), units, size)
    page = make_page(found, cursor=cursor, key=_key, size=size)
    shown = Page(_told(page.rows), page.newer, page.older)
    if reached is None:
        return shown
    return cut_short(shown, cursor=cursor, reached=reached, at=to_instant(reached[0]))


def event(key: UUID, *, units: Units = None) -> tuple[Told, bytes] | None:
    """Return an event and its exact bytes, or None when there is none; five queries at most.

    One of another unit than these is none; None is all units.
    """
    row = _seen(key, units)
    if row is None:
        return None
    return _told([row])[0], bytes(row.entry)


def _seen(key: UUID, units: Units) -> Event | None:
    row = Event.objects.filter(key=key).first()
    return row if row is not None and is_inside(row.unit, units) else None


@dataclass(frozen=True, slots=True)
class Whole:
    """An event with its exact bytes, and other events of the same request in their order."""

    told: Told
    entry: bytes
    siblings: tuple[Told, ...]


def whole(key: UUID, *, units: Units = None, most: int = SIZE) -> Whole | None:
    """Return an event with at most ``most`` of its siblings, told together; four queries at most.

    None as for ``event``.
    """
    request = Event.objects.filter(key=key).values("request")
    itself = Case(When(key=key, then=0), default=1)
    together = Event.objects.filter(request=Subquery(request)).order_by(itself, "id")
    if units is not None:
        together = together.filter(unit__in=units)
    rows = list(together[: most + 1])
    if not rows or rows[0].key != key:
        return None
    told, *siblings = _told(rows)
    return Whole(told, bytes(rows[0].entry), tuple(siblings))


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the timeline, from ``low`` until before ``high``, read from one of its ends."""

    low: tuple[datetime, int]
    high: tuple[datetime, int]
    is_newest_first: bool


def _span(filters: Filters, cursor: Cursor | None) -> _Span:
    low = filters.since or datetime.min.replace(tzinfo=UTC), 0
    high = filters.before or datetime.max.replace(tzinfo=UTC), 0
    if cursor is None:
        return _Span(low, high, is_newest_first=True)
    at, pk = to_instant(cursor.key[0]), cursor.key[1]
    if cursor.is_newer:
        return _Span(max(low, (at, min(pk + 1, LARGEST))), high, is_newest_first=False)
    return _Span(low, min(high, (at, pk)), is_newest_first=True)


def _found(
    span: _Span, columns: Mapping[str, str], units: Units, size: int
) -> tuple[list[Event], Key | None]:
    """Return the nearest events, one more than ``size``, and how far it came if not to the end."""
    if units is not None and "unit" in columns:
        if columns["unit"] not in units:
            return [], None
        units = None
    if units == ():
        return [], None
    if units is None and len(columns) < 2:
        return list(_along(span, columns)[: size + 1]), None
    if units is not None and not columns and len(units) <= FEW:
        return _of_each(span, units, size + 1), None
    return _sieve(span, columns, units, size)


def _of_each(span: _Span, units: tuple[str, ...], most: int) -> list[Event]:
    """Return the nearest events of a few units: the nearest of each, and of those the nearest."""
    parts: list[str] = []
    values: list[Any] = []
    for number, unit in enumerate(units):
        part = _along(span, {"unit": unit})[:most].values("id", "at")
        inner, bound = part.query.sql_with_params()
        parts.append(f"SELECT id, at FROM ({inner}) AS unit{number}")  # noqa: S608 - no data
        values += bound
    way = "DESC" if span.is_newest_first else "ASC"
    sql = f"{' UNION ALL '.join(parts)} ORDER BY at {way}, id {way} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, most])
        return _in_order(span, [pk for pk, _ in cursor.fetchall()])


def _in_order(span: _Span, keys: list[int] | QuerySet[Event, Any]) -> list[Event]:
    order = ("-at", "-id") if span.is_newest_first else ("at", "id")
    return list(Event.objects.filter(pk__in=keys).order_by(*order))


def _along(span: _Span, column: Mapping[str, str]) -> QuerySet[Event]:
    """Return a stretch of the timeline, or of the part where one column holds a value.

    Bounds and order name the whole index, and the column stands in them as a range instead
    of an equality. Otherwise PostgreSQL may walk along the index of time and look for the
    column there, past half of the record.
    """
    names = (*column, "at", "id")
    first = [Value(value) for value in column.values()]
    bounds = [
        _beyond(names, sign, _row(*first, Value(at, output_field=DateTimeField()), Value(pk)))
        for sign, (at, pk) in ((">=", span.low), ("<", span.high))
    ]
    order = [f"-{name}" if span.is_newest_first else name for name in names]
    return Event.objects.filter(*bounds).order_by(*order)


def _beyond(names: Iterable[str], sign: str, bound: Func) -> Func:
    return Func(
        _row(*map(F, names)),
        bound,
        template="%(expressions)s",
        arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )


def _row(*parts: F | Value) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _sieve(
    span: _Span, columns: Mapping[str, str], units: Units, size: int
) -> tuple[list[Event], Key | None]:
    """Look through the rarest column's nearest events; tell how far it came if not to the end.

    What the other columns hold is asked of their indexes: the events themselves, which lie far
    apart, are read only where they are shown.
    """
    counts = _counts(span, columns) if len(columns) > 1 else dict.fromkeys(columns, REACH)
    by_count = sorted(columns, key=lambda name: counts[name])
    rarest, others = by_count[:1], by_count[1:]
    along = {name: columns[name] for name in rarest}
    is_short = any(counts[name] < REACH for name in rarest)
    last = None if is_short else _last(span, along)
    near = _along(span if last is None else _until(span, last), along)
    for name in others:
        near = near.filter(_holds(name, columns[name]))
    if units is not None:
        near = near.filter(_lies_in(units))
    found = _in_order(span, near.values("pk")[: size + 1])
    if last is None or len(found) > size:
        return found, None
    return found, (from_instant(last[0]), last[1])


def _last(span: _Span, column: Mapping[str, str]) -> tuple[datetime, int] | None:
    """Return the last event that is looked through, None where it is every one; one query."""
    return _along(span, column).values_list("at", "id")[REACH - 1 : REACH].first()


def _until(span: _Span, last: tuple[datetime, int]) -> _Span:
    if span.is_newest_first:
        return replace(span, low=last)
    return replace(span, high=(last[0], last[1] + 1))


def _holds(column: str, value: str) -> Exists:
    """Return the condition that a column holds a value, asked of the column's index.

    That the number is a range and no equality makes it so on both databases: by a number
    alone they would go to the event itself.
    """
    itself = {"at": OuterRef("at"), "id__gte": OuterRef("id"), "id__lte": OuterRef("id")}
    return looked_up(Event.objects.filter(**{column: value}, **itself))


def _lies_in(units: tuple[str, ...]) -> Exists:
    """Return the condition that an event is one of these units'."""
    return looked_up(Event.objects.filter(pk=OuterRef("pk"), unit__in=units))


def _counts(span: _Span, columns: Mapping[str, str]) -> dict[str, int]:
    """Return for each column how many events hold its value, up to ``REACH``; one query."""
    parts: list[str] = []
    values: list[Any] = []
    for number, (name, value) in enumerate(columns.items()):
        along = _along(span, {name: value})[:REACH].values("id")
        inner, bound = along.query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({inner}) AS counted{number})")  # noqa: S608 - no data
        values += bound
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(columns, cursor.fetchone(), strict=True))


def _key(event: Event) -> Key:
    return from_instant(event.at), event.pk


def _told(rows: Sequence[Event]) -> tuple[Told, ...]:
    """Tell events; at most two queries and one for names, however many events they are.

    What is sealed stays so: ``unsealing`` opens it.
    """
    says = {row.pk: said(bytes(row.entry)) for row in rows}
    called = names(_references(rows, says.values()))
    people = _people(says.values())
    erased = {person for person in people if vault.key_store().is_erased(person)}
    keys = [row.pk for row in rows]
    leaves = dict(Leaf.objects.filter(event_id__in=keys).values_list("event_id", "seq"))
    marks = _marks(rows)
    told = []
    for row in rows:
        known = known_type(row.kind, row.version) if says[row.pk] is not None else None
        fields = tell_fields(known, says[row.pk] or {}, erased=erased, names=called)
        about = {"object": row.object, "matter": row.matter}
        about = {name: called.get(value, value) for name, value in about.items()}
        one = _one(row, tell(known, fields, **about), fields, leaves.get(row.pk))
        told.append(replace(one, marks=marks.get(row.key, ()), names=called))
    return tuple(told)


def _references(
    rows: Iterable[Event], entries: Iterable[Mapping[str, object] | None]
) -> Iterator[object]:
    """Yield everything in these events that may be a reference."""
    for row in rows:
        yield from (row.actor, row.post, row.unit, row.object, row.matter)
    for entry in entries:
        yield from (entry or {}).values()


def _one(
    row: Event,
    sentence: Sentence | None,
    fields: tuple[Field, ...],
    leaf: int | None,
) -> Told:
    return Told(
        id=row.pk,
        key=row.key,
        kind=row.kind,
        version=row.version,
        at=row.at,
        actor=row.actor,
        post=row.post,
        unit=row.unit,
        object=row.object,
        matter=row.matter,
        request=row.request,
        sentence=sentence,
        fields=fields,
        leaf=leaf,
    )


def _people(entries: Iterable[Mapping[str, object] | None]) -> set[str]:
    """Return of whom personal values are held in these entries."""
    values = [value for entry in entries if entry for value in entry.values()]
    return {person for value in values if (person := committed(value)) is not None}


def _marks(rows: Sequence[Event]) -> dict[UUID, tuple[Mark, ...]]:
    """Return what supervision found on these events: a finding bears the instant of its cause."""
    found: dict[str, tuple[Mark, ...]] = {}
    raised = Event.objects.filter(kind=RAISED.kind, at__in={row.at for row in rows})
    for finding in raised.order_by("at", "id")[:MOST_MARKS]:
        says = said(bytes(finding.entry)) or {}
        code, text = str(says.get("code", "")), str(says.get("says", ""))
        cause = str(says.get("cause", ""))
        found[cause] = (*found.get(cause, ()), Mark(FindingKind.ALERT, code, text, finding.key))
    return {row.key: found.get(str(row.key), ()) for row in rows}
