"""Ten years of moves: who held which post from when until when, turn by turn.

Three times a year the county moves people: some retire or leave, who has been in a post
long enough changes places, and every post that falls vacant is filled from below, down to a
newcomer. The dice always fall the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from guiju.core.organisation.words import AppointmentKind, LeaderLevel
from guiju.demo.county.seats import Field, Seat, Unit
from guiju.demo.county.turns import FIRST, RETIREMENT, Turn, years

_BELOW = {
    LeaderLevel.HEAD: LeaderLevel.DEPUTY,
    LeaderLevel.DEPUTY: LeaderLevel.MIDDLE,
    LeaderLevel.MIDDLE: LeaderLevel.STAFF,
}
_AGES = {
    LeaderLevel.HEAD: (43, 53),
    LeaderLevel.DEPUTY: (38, 53),
    LeaderLevel.MIDDLE: (33, 53),
    LeaderLevel.STAFF: (24, 46),
}
_STAYS = {
    LeaderLevel.HEAD: (4.0, 6.5),
    LeaderLevel.DEPUTY: (4.0, 6.5),
    LeaderLevel.MIDDLE: (3.2, 4.9),
    LeaderLevel.STAFF: (3.2, 4.9),
}
_PRESIDED = 0.3
"""How often a head's post is left to a deputy until the next turn."""

_PROMOTED_BEFORE = 52
_RIPE = 2.5
"""Years in a post after which somebody may be called to another."""


@dataclass(frozen=True, slots=True)
class Post:
    """A seat of a unit under its number."""

    code: str
    unit: Unit
    seat: Seat

    @property
    def founded(self) -> date | None:
        """From when it exists; None for ever since."""
        return self.seat.founded or self.unit.founded

    @property
    def group(self) -> tuple[Field, LeaderLevel]:
        """Among whom its holder changes places."""
        return self.unit.field, self.seat.level


@dataclass(slots=True, eq=False)
class Worker:
    """Somebody who serves; names come later."""

    born: date

    def age(self, day: date) -> float:
        return years(self.born, day)


@dataclass(slots=True)
class Spell:
    """That a worker holds a post, until ``end``."""

    worker: Worker
    post: Post
    start: date
    kind: AppointmentKind = AppointmentKind.REGULAR
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """What does not fall by dice, so that the example shows what the product finds.

    Attributes:
        kept: posts whose holder since that day is never moved.
        left: posts that fall vacant on that day and stay so.
        presided: of these, the ones where another presides, with that other's post.
    """

    kept: dict[str, date]
    left: dict[str, date]
    presided: dict[str, str]


@dataclass(slots=True)
class Careers:
    """The moves as they are made; ``spells`` is the outcome."""

    posts: dict[str, Post]
    script: Script
    dice: Random
    spells: list[Spell] = field(default_factory=list)
    held: dict[str, Spell] = field(default_factory=dict)
    leave: dict[str, date] = field(default_factory=dict)
    presiding: dict[str, Spell] = field(default_factory=dict)

    def run(self, turns: Iterable[Turn]) -> list[Spell]:
        """Fill all posts, let the turns pass, and return every spell."""
        for post in self._own():
            if post.founded is None:
                self._begin(self._newcomer(post, FIRST[0]), post, self._pick(FIRST))
        for turn in turns:
            self._turn(turn)
        return [*self.spells, *self._beside()]

    def _own(self) -> Iterator[Post]:
        return (post for post in self.posts.values() if not post.seat.beside)

    def _turn(self, turn: Turn) -> None:
        day = turn.day
        vacant = self._end_presiding(day)
        presided = {post.code for post in vacant}
        vacant += self._reorganise(day)
        if not turn.is_small:
            vacant += self._part(turn)
        due = [post for post in self._due(turn) if post.code in self.held]
        vacant += self._change_places(due, day)
        for level in LeaderLevel:
            for post in [post for post in vacant if post.seat.level is level]:
                if post.code in presided or not self._is_left_open(post, day):
                    vacant += self._fill(post, day)

    def _end_presiding(self, day: date) -> list[Post]:
        """Return the posts over which somebody presided long enough, to be filled."""
        ended = [code for code, spell in self.presiding.items() if not self._stays_open(code, day)]
        for code in ended:
            self.presiding.pop(code).end = day
        return [self.posts[code] for code in ended]

    def _reorganise(self, day: date) -> list[Post]:
        """Carry people over into the posts founded today; return those that nobody continues."""
        new = []
        for post in self._own():
            if post.founded != day:
                continue
            before = self.held.get(post.seat.after)
            if before:
                self._move(before.worker, post, day)
            else:
                new.append(post)
        return new

    def _part(self, turn: Turn) -> list[Post]:
        """Let people retire or leave; return their posts."""
        parted = []
        for code, spell in list(self.held.items()):
            worker, post = spell.worker, spell.post
            retires = worker.age(turn.next) >= RETIREMENT
            leaves = self.script.left.get(code) == turn.day
            moves_away = (
                post.unit.field is Field.TOP
                and post.seat.level is not LeaderLevel.MIDDLE
                and self._is_due(spell, turn)
            )
            rarely = self.dice.random() < 0.008
            if not self._is_kept(code, turn.day) and (retires or leaves or moves_away or rarely):
                self._end(spell, turn.day)
                parted.append(post)
        return parted

    def _due(self, turn: Turn) -> list[Post]:
        return [
            spell.post
            for code, spell in self.held.items()
            if self._is_due(spell, turn) and not self._is_kept(code, turn.day)
        ]

    def _is_due(self, spell: Spell, turn: Turn) -> bool:
        if turn.is_small:
            return spell.post.code in turn.posts
        if spell.post.unit.field is Field.VILLAGES:
            return False
        most = spell.post.seat.most_years
        too_long = most is not None and years(spell.start, turn.next) >= most
        return too_long or turn.day >= self.leave[spell.post.code]

    def _is_kept(self, code: str, day: date) -> bool:
        since = self.script.kept.get(code)
        return since is not None and day > since

    def _stays_open(self, code: str, day: date) -> bool:
        since = self.script.left.get(code)
        return since is not None and day >= since

    def _change_places(self, due: Sequence[Post], day: date) -> list[Post]:
        """Let holders of one group change places in a ring; a single one changes with another.

        Whoever has nobody to change with goes; their posts are returned.
        """
        groups: dict[tuple[Field, LeaderLevel], list[Post]] = {}
        for post in due:
            groups.setdefault(post.group, []).append(post)
        alone = []
        for group, posts in groups.items():
            ring = list(posts)
            if len(ring) == 1:
                ring += self._partners(group, posts, day)
            workers = [self.held[post.code].worker for post in ring]
            for post in ring:
                self._end(self.held[post.code], day)
            if len(ring) == 1 or group[0] is Field.VILLAGES:
                alone += ring
                continue
            for worker, post in zip([*workers[1:], workers[0]], ring, strict=True):
                self._begin(worker, post, day)
        return alone

    def _partners(
        self, group: tuple[Field, LeaderLevel], taken: Sequence[Post], day: date
    ) -> list[Post]:
        found = [
            spell.post
            for code, spell in self.held.items()
            if spell.post.group == group
            and group[0] is not Field.VILLAGES
            and spell.post not in taken
            and not self._is_kept(code, day)
            and years(spell.start, day) > 1
        ]
        found.sort(key=lambda post: (self.held[post.code].start, post.code))
        return found[:1]

    def _is_left_open(self, post: Post, day: date) -> bool:
        """Leave a post open for good or until the next turn, if need be with a stand-in."""
        if self._stays_open(post.code, day):
            other = self.script.presided.get(post.code, "")
        elif post.seat.level is LeaderLevel.HEAD and self.dice.random() < _PRESIDED:
            other = self._unburdened_deputy(post)
        else:
            return False
        if other:
            spell = Spell(self.held[other].worker, post, day, AppointmentKind.PRESIDING)
            self.presiding[post.code] = spell
            self.spells.append(spell)
        return bool(other) or self._stays_open(post.code, day)

    def _fill(self, post: Post, day: date) -> list[Post]:
        """Give a post to somebody; return the post that this leaves vacant, if any."""
        chosen = self._from_below(post, day)
        if chosen is None:
            self._begin(self._newcomer(post, day), post, day)
            return []
        self._move(chosen.worker, post, day)
        return [chosen.post]

    def _unburdened_deputy(self, post: Post) -> str:
        """Return a deputy who may stand in: one that manages nothing the head must keep out of."""
        for code in self.held:
            other = self.posts[code]
            is_deputy = other.unit is post.unit and other.seat.level is LeaderLevel.DEPUTY
            if is_deputy and not other.seat.functions:
                return code
        return ""

    def _from_below(self, post: Post, day: date) -> Spell | None:
        """Return whom to promote: from the same unit before others, the longest-serving first."""
        below = _BELOW.get(post.seat.level)
        outside = 0.4 if post.unit.field is Field.TOP else 0.12
        if below is None or self.dice.random() < outside:
            return None
        ripe = [
            spell
            for code, spell in self.held.items()
            if spell.post.group == (post.unit.field, below)
            and not self._is_kept(code, day)
            and all(p.worker is not spell.worker for p in self.presiding.values())
            and years(spell.start, day) >= _RIPE
            and spell.worker.age(day) < _PROMOTED_BEFORE
        ]
        near = [spell for spell in ripe if spell.post.code.startswith(post.unit.code)]
        found = sorted(near or ripe, key=lambda spell: (spell.start, spell.post.code))
        return found[0] if found else None

    def _newcomer(self, post: Post, day: date) -> Worker:
        low, high = _AGES[post.seat.level]
        age = low + (high - low) * self.dice.random()
        if post.code in self.script.kept:
            age = min(age, 44)
        return Worker(day - timedelta(days=int(age * 365.25)))

    def _move(self, worker: Worker, post: Post, day: date) -> None:
        for spell in list(self.held.values()):
            if spell.worker is worker:
                self._end(spell, day)
        self._begin(worker, post, day)

    def _end(self, spell: Spell, day: date) -> None:
        spell.end = day
        del self.held[spell.post.code]
        for code, presided in list(self.presiding.items()):
            if presided.worker is spell.worker:
                presided.end = day
                del self.presiding[code]

    def _begin(self, worker: Worker, post: Post, day: date) -> None:
        if post.seat.is_elected and day > FIRST[-1]:
            elected = day + timedelta(days=63)
            acting = Spell(worker, post, day, AppointmentKind.ACTING, elected)
            self.spells.append(acting)
            spell = Spell(worker, post, elected)
        else:
            spell = Spell(worker, post, day)
        self.spells.append(spell)
        self.held[post.code] = spell
        low, high = _STAYS[post.seat.level]
        stay = low + (high - low) * self.dice.random()
        self.leave[post.code] = day + timedelta(days=int(stay * 365.25))

    def _pick(self, days: Sequence[date]) -> date:
        return days[int(self.dice.random() * len(days))]

    def _beside(self) -> Iterator[Spell]:
        """Yield the posts that are held beside others, for as long as both exist."""
        for post in self.posts.values():
            for spell in self.spells:
                if spell.post.code != post.seat.beside or spell.kind is not AppointmentKind.REGULAR:
                    continue
                last = post.unit.abolished
                if last is None or spell.start < last:
                    ends = [end for end in (spell.end, last) if end]
                    end = min(ends) if ends else None
                    yield Spell(spell.worker, post, spell.start, AppointmentKind.CONCURRENT, end)
