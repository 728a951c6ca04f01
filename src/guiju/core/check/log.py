"""An event log in columns: small, quick to walk, the same from every file format."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

NO_TIME = -(2**63)
"""Stands in ``EventLog.times`` for an event without a time."""


@dataclass(frozen=True, slots=True)
class EventLog:
    """Cases in file order, and their events in file order, as parallel columns.

    Attributes:
        cases: case ids in the order in which the file first shows them.
        starts: ``len(cases) + 1`` offsets; case ``i`` owns events ``starts[i]:starts[i + 1]``.
        activities: activity names; ``codes`` are indices into it.
        codes: for each event, its activity (typecode ``I``).
        people: names of performers, index 0 is "" (not stated); empty when not read.
        performers: for each event, an index into ``people`` (``I``); empty when not read.
        times: for each event, microseconds since 1970-01-01T00:00Z (``q``) or ``NO_TIME``;
            empty when not read.
    """

    cases: Sequence[str]
    starts: array[int]
    activities: tuple[str, ...]
    codes: array[int]
    people: tuple[str, ...] = ()
    performers: array[int] = field(default_factory=lambda: array("I"))
    times: array[int] = field(default_factory=lambda: array("q"))

    def traces(self) -> Iterator[tuple[int, int]]:
        """Yield for each case the range of its events, start and end."""
        return pairwise(self.starts)

    def variants(self) -> dict[bytes, list[int]]:
        """Group case indices by their sequence of activities, most cases first.

        The key is the raw bytes of the codes; ``unpack`` turns it back.
        """
        codes = self.codes
        groups: dict[bytes, list[int]] = {}
        for case, (start, end) in enumerate(self.traces()):
            groups.setdefault(codes[start:end].tobytes(), []).append(case)
        return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def unpack(key: bytes) -> array[int]:
    """Return the activity codes of a variant's key."""
    return array("I", key)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which columns a reader should fill beside case and activity."""

    people: bool = False
    times: bool = False


ALL = Wanted(people=True, times=True)


def ordered_by_time(log: EventLog) -> EventLog:
    """Return ``log`` with each case's events in order of time; equal times keep their order.

    Raises:
        Invalid: LOG-04 when an event has no time, naming the case.
    """
    order: list[int] = []
    for case, (start, end) in enumerate(log.traces()):
        places = range(start, end)
        if any(log.times[place] == NO_TIME for place in places):
            raise Invalid(
                "LOG-04",
                zh(
                    "案件「{case}」有步骤没有写时间，不能按时间排列。"
                    "请补上时间，或去掉 --order time，按文件里的顺序核对。",
                    case=log.cases[case],
                ),
            )
        order.extend(sorted(places, key=log.times.__getitem__))
    return EventLog(
        log.cases,
        log.starts,
        log.activities,
        array("I", [log.codes[place] for place in order]),
        log.people,
        array("I", [log.performers[place] for place in order] if log.performers else ()),
        array("q", [log.times[place] for place in order]),
    )
