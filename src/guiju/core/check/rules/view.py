"""A log laid open for rules."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.core.calendar import WorkingCalendar, shown
from guiju.core.check.log import NO_TIME, EventLog, unpack
from guiju.core.sentence import Sentence, zh

NOBODY = 0
"""Index in ``EventLog.people`` of a performer who is not stated."""

Place = tuple[int, int]
"""Where a step stands in a trace, and its activity code."""


@dataclass(frozen=True, slots=True)
class View:
    """A log laid open for rules: grouped by variant, with a column for every question.

    Attributes:
        variants: activity codes of each variant, and the indices of its matters.
        performers: as in the log, but ``NOBODY`` for names that stand for no person, and all
            ``NOBODY`` where the log holds none.
        times: as in the log, all ``NO_TIME`` where the log holds none.
        end: the latest time in the log, ``NO_TIME`` without any.
        offset: minutes by which local time is ahead of UTC.
    """

    log: EventLog
    code_of: dict[str, int]
    variants: tuple[tuple[array[int], list[int]], ...]
    performers: array[int]
    times: array[int]
    end: int
    calendar: WorkingCalendar
    offset: int

    @classmethod
    def of(
        cls,
        log: EventLog,
        *,
        calendar: WorkingCalendar,
        offset: int,
        not_people: frozenset[str] = frozenset(),
    ) -> View:
        """Lay ``log`` open; ``not_people`` are names that stand for no person in particular."""
        count = len(log.codes)
        return cls(
            log=log,
            code_of={name: code for code, name in enumerate(log.activities)},
            variants=tuple((unpack(key), cases) for key, cases in log.variants().items()),
            performers=_persons(log, not_people) or array("I", [NOBODY]) * count,
            times=log.times or array("q", [NO_TIME]) * count,
            end=max(log.times, default=NO_TIME),
            calendar=calendar,
            offset=offset,
        )

    def codes(self, steps: Iterable[str]) -> frozenset[int]:
        """Return the codes of those ``steps`` that the log knows."""
        return frozenset(self.code_of[step] for step in steps if step in self.code_of)

    def places(self, steps: Iterable[str]) -> Iterator[tuple[list[Place], list[int]]]:
        """Yield for each variant that holds one of ``steps`` where they stand, and its matters."""
        wanted = self.codes(steps)
        for codes, cases in self.variants:
            if not wanted.isdisjoint(codes):
                yield [(at, code) for at, code in enumerate(codes) if code in wanted], cases

    def trace(self, case: int) -> list[str]:
        """Return the activities of the matter at index ``case``."""
        log = self.log
        codes = log.codes[log.starts[case] : log.starts[case + 1]]
        return [log.activities[code] for code in codes]

    def deed(self, case: int, at: int) -> Sentence:
        """Say who did what when, as far as the log tells; ``at`` counts from 0."""
        event = self.log.starts[case] + at
        step, n = self.log.activities[self.log.codes[event]], at + 1
        time, who = self.times[event], self.performers[event]
        when = "" if time == NO_TIME else shown(time, self.offset)
        if who == NOBODY:
            if not when:
                return zh("「{step}」（第 {n} 条记录）", step=step, n=n)
            return zh("「{step}」（第 {n} 条记录，{when}）", step=step, n=n, when=when)
        name = self.log.people[who]
        if not when:
            return zh("{name}办「{step}」（第 {n} 条记录）", name=name, step=step, n=n)
        return zh(
            "{name}办「{step}」（第 {n} 条记录，{when}）", name=name, step=step, n=n, when=when
        )


def _persons(log: EventLog, not_people: frozenset[str]) -> array[int]:
    if not_people.isdisjoint(log.people):
        return log.performers
    person = [NOBODY if name in not_people else who for who, name in enumerate(log.people)]
    return array("I", map(person.__getitem__, log.performers))
