"""Reading the record: the timeline, and one event with its proof.

Every query goes along an index and is bounded, whatever the filters: a page takes the
same time at a million events as at a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, DateTimeField, F, Func, QuerySet, Value

from guiju.base.record import vault
from guiju.base.record.events import RAISED
from guiju.base.record.models import Event, Leaf
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
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence
from guiju.core.terms import FindingKind

REACH = 3_000
"""How many events a page looks through when several filters must hold at once."""

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


def timeline(filters: Filters, cursor: Cursor | None = None, *, size: int = SIZE) -> Page[Told]:
    """Return a page of events, newest first; at most 11 queries.

    With several filters a page may come back before it is full: it says how far it has
    come and where to go on.

    Raises:
        Invalid: PAGE-02 for a cursor outside of the calendar.
    """
    span = _span(filters, cursor)
    columns = filters.columns()
    reached = None
    if len(columns) < 2:
        found = list(_along(span, columns)[: size + 1])
    else:
        found, reached = _sieve(span, columns, size)
    page = make_page(found, cursor=cursor, key=_key, size=size)
    shown = Page(_told(page.rows), page.newer, page.older)
    if reached is None:
        return shown
    return cut_short(shown, cursor=cursor, reached=reached, at=to_instant(reached[0]))


def event(key: UUID) -> tuple[Told, bytes] | None:
    """Return an event and its exact bytes, or None when there is none; five queries at most."""
    row = Event.objects.filter(key=key).first()
    if row is None:
        return None
    return _told([row])[0], bytes(row.entry)


def siblings(of: Told, *, most: int = SIZE) -> tuple[Told, ...]:
    """Return other events of the same request, in their order; at most ``most``."""
    rows = Event.objects.filter(request=of.request).exclude(pk=of.id).order_by("id")[:most]
    return _told(list(rows))


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


def _sieve(span: _Span, columns: dict[str, str], size: int) -> tuple[list[Event], Key | None]:
    """Look through the rarest column's nearest events; tell how far it came if not to the end."""
    counts = {name: _along(span, {name: value})[:REACH].count() for name, value in columns.items()}
    rarest = min(counts, key=lambda name: counts[name])
    others = {name: value for name, value in columns.items() if name != rarest}
    near = _along(span, {rarest: columns[rarest]})[:REACH]
    chosen = _chosen(near, others, size + 1, is_newest_first=span.is_newest_first)
    order = ("-at", "-id") if span.is_newest_first else ("at", "id")
    found = list(Event.objects.filter(pk__in=chosen).order_by(*order))
    if counts[rarest] < REACH or len(found) > size:
        return found, None
    at, pk = near.values_list("at", "id")[REACH - 1]
    return found, (from_instant(at), pk)


def _chosen(
    near: QuerySet[Event], others: Mapping[str, str], most: int, *, is_newest_first: bool
) -> list[int]:
    """Return which of these events the other columns hold for, the nearest ``most``.

    In SQL, since what the ORM could say lets a planner walk along the index of a
    column that holds for half of the record.
    """
    inner, values = near.values("id", "at", *others).query.sql_with_params()
    holds = " AND ".join(f"near.{connection.ops.quote_name(name)} = %s" for name in others)
    way = "DESC" if is_newest_first else "ASC"
    sql = (
        f"SELECT near.id FROM ({inner}) AS near WHERE {holds}"  # noqa: S608 - names of columns
        f" ORDER BY near.at {way}, near.id {way} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *others.values(), most])
        return [pk for (pk,) in cursor.fetchall()]


def _key(event: Event) -> Key:
    return from_instant(event.at), event.pk


def _told(rows: Sequence[Event]) -> tuple[Told, ...]:
    """Tell events; at most three queries, however many they are."""
    says = {row.pk: said(bytes(row.entry)) for row in rows}
    people = _people(says.values())
    opened = _opened([row.key for row in rows]) if people else {}
    erased = {person for person in people if vault.key_store().is_erased(person)}
    keys = [row.pk for row in rows]
    leaves = dict(Leaf.objects.filter(event_id__in=keys).values_list("event_id", "seq"))
    marks = _marks(rows)
    told = []
    for row in rows:
        known = known_type(row.kind, row.version) if says[row.pk] is not None else None
        fields = tell_fields(known, says[row.pk] or {}, opened.get(row.key, {}), erased=erased)
        sentence = tell(known, fields, object=row.object, matter=row.matter)
        told.append(_one(row, sentence, fields, leaves.get(row.pk), marks.get(row.key, ())))
    return tuple(told)


def _one(
    row: Event,
    sentence: Sentence | None,
    fields: tuple[Field, ...],
    leaf: int | None,
    marks: tuple[Mark, ...],
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
        marks=marks,
    )


def _people(entries: Iterable[Mapping[str, object] | None]) -> set[str]:
    """Return of whom personal values are held in these entries."""
    values = [value for entry in entries if entry for value in entry.values()]
    return {person for value in values if (person := committed(value)) is not None}


def _opened(keys: list[UUID]) -> dict[UUID, dict[str, object]]:
    """Open personal values; one that was tampered with hides them all, and ``doctor`` names it."""
    try:
        return vault.open_values(keys)
    except Invalid:
        return {}


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
