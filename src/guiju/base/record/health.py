"""How the record is: its growth, its last checkpoint, its witnesses, what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from guiju.base.record import checkpoints, floor, heartbeat, places, tree_store
from guiju.base.record.heartbeat import Heartbeat
from guiju.base.record.models import Cosignature, Outbox, Witness
from guiju.base.record.proving import Cosigned, cosigned, newest_witnessed, required
from guiju.core.terms import WitnessState

DAYS = 30
"""How many days of growth are shown."""

MOST_WAITING = 10_000
"""Up to where waiting events are counted."""

LATE = checkpoints.OFTEN + timedelta(minutes=5)
"""From which age of the newest checkpoint on something is wrong."""

_STATES = {state.value: state for state in WitnessState}


@dataclass(frozen=True, slots=True)
class Day:
    """How many events happened on a day, in the body's time zone."""

    date: date
    count: int


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint that this log signed.

    Attributes:
        size: how many entries it covers.
        at: when it was signed.
        cosigned: by whom it was cosigned.
    """

    size: int
    at: datetime
    cosigned: tuple[Cosigned, ...] = ()


@dataclass(frozen=True, slots=True)
class Witnessing:
    """A witness and how it last behaved.

    Attributes:
        name: which.
        state: its behaviour.
        is_on_paper: whether it has no address to be asked at.
        size: how many entries the last checkpoint covers that it cosigned; 0 for none.
        at: when that was.
    """

    name: str
    state: WitnessState
    is_on_paper: bool
    size: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """How the record is at one moment.

    Attributes:
        now: that moment.
        size: how many entries are sealed.
        waiting: how many events wait to be sealed, counted up to ``MOST_WAITING``.
        head: the newest checkpoint, or None before the first.
        witnessed: the newest checkpoint with the quorum, or None without one.
        quorum: how many witnesses must have cosigned.
        witnesses: those that count today.
        days: events of the last ``DAYS`` days, the oldest first.
        floor: how many entries the highest checkpoint covers that left this house, or None.
        halted: why writing was stopped; empty while it was not.
        worker: what the worker last said of itself, or None.
    """

    now: datetime
    size: int
    waiting: int
    head: Head | None
    witnessed: Head | None
    quorum: int
    witnesses: tuple[Witnessing, ...]
    days: tuple[Day, ...]
    floor: int | None
    halted: str
    worker: Heartbeat | None

    @property
    def is_late(self) -> bool:
        """Whether the newest checkpoint is older than it may become."""
        return self.head is None or self.now - self.head.at > LATE

    @property
    def is_witnessed(self) -> bool:
        """Whether the newest checkpoint has the quorum."""
        return self.head is not None and len(self.head.cosigned) >= self.quorum

    @property
    def is_below_floor(self) -> bool:
        """Whether the database holds less than what left this house."""
        return self.floor is not None and self.size < self.floor


def health(*, now: datetime) -> Health:
    """Return how the record is; nine queries at most."""
    quorum = required()
    latest, witnessed = checkpoints.latest(), newest_witnessed(quorum)
    known = floor.floor()
    return Health(
        now=now,
        size=tree_store.size(),
        waiting=Outbox.objects.all()[: MOST_WAITING + 1].count(),
        head=Head(latest.size, latest.at, cosigned(checkpoints.cosignatures(latest)))
        if latest
        else None,
        witnessed=Head(witnessed.size, witnessed.at) if witnessed else None,
        quorum=quorum,
        witnesses=witnesses(),
        days=growth(now=now),
        floor=known.size if known else None,
        halted=halted(),
        worker=heartbeat.last_heartbeat(),
    )


def growth(*, now: datetime, days: int = DAYS) -> tuple[Day, ...]:
    """Return how many events each of the last days brought; one query along the index of time."""
    today = timezone.localdate(now)
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    midnights = [_midnight(one) for one in (*dates, today + timedelta(days=1))]
    one = "SELECT COUNT(*) FROM record_event WHERE at >= %s AND at < %s"
    edges = [connection.ops.adapt_datetimefield_value(at) for at in midnights]
    bounds = [edge for pair in pairwise(edges) for edge in pair]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([f'({one})'] * days)}", bounds)
        counts = cursor.fetchone()
    return tuple(Day(day, count) for day, count in zip(dates, counts, strict=True))


def newest_checkpoint() -> bytes | None:
    """Return the newest checkpoint with its cosignatures, byte for byte, or None."""
    latest = checkpoints.latest()
    return checkpoints.cosigned_note(latest) if latest else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)


def witnesses() -> tuple[Witnessing, ...]:
    """Return the witnesses that count, with the last checkpoint of each; one query."""
    lines = Cosignature.objects.filter(witness=OuterRef("name")).order_by("-size", "-id")
    rows = Witness.objects.filter(retired_at=None).order_by("name")
    last = rows.annotate(
        last_size=Subquery(lines.values("size")[:1]), last_at=Subquery(lines.values("at")[:1])
    )
    return tuple(
        Witnessing(
            name=row.name,
            state=_STATES[row.state],
            is_on_paper=not row.url,
            size=row.last_size or 0,
            at=row.last_at,
        )
        for row in last
    )


def halted() -> str:
    """Return why writing was stopped; empty while it was not."""
    try:
        return places.halt_file().read_text("utf-8", "replace").strip()[:2_000]
    except FileNotFoundError:
        return ""


def sealed_size() -> int:
    """Return how many entries are sealed; one query."""
    return tree_store.size()
