"""What the organisation allows: pure, from facts alone.

Each ``may_…`` returns the refusal, or None when it may. Sources: S0-08 (责任人), S2-60 and
S3-20 (不直接管), 公务员法 (2018) articles 74 and 75 (任职回避).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from guiju.base.org.periods import Period, covers
from guiju.core.errors import Denied
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel, Shell, UnitKind
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import listing, zh

LEADERS = frozenset({LeaderLevel.HEAD, LeaderLevel.DEPUTY})
STANDING_IN = frozenset({AppointmentKind.ACTING, AppointmentKind.PRESIDING})
"""Kinds of appointments by which somebody acts in a post that is not theirs."""

_RANKS = {
    LeaderLevel.HEAD: 0,
    LeaderLevel.DEPUTY: 1,
    LeaderLevel.MIDDLE: 2,
    LeaderLevel.STAFF: 3,
    None: 3,
}
_KEEPERS = frozenset({Function.PERSONNEL, Function.FINANCE})
"""What nobody may be in charge of where a close relative leads (公务员法第74条)."""

Conflicts = Mapping[frozenset[str], str]
"""Pairs of posts, by reference, that nobody may hold together, and why."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A post as the policies see it; ``unit`` is the path of its unit, ``life`` when it exists."""

    reference: str
    name: str
    unit: str
    level: LeaderLevel | None = None
    functions: frozenset[Function] = frozenset()
    barred: frozenset[Function] = frozenset()
    life: Period = field(default_factory=Period)


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody, by reference, in a post; ``kind`` is None for a delegate."""

    person: str
    seat: Seat
    kind: AppointmentKind | None
    period: Period


@dataclass(frozen=True, slots=True)
class Wish:
    """A delegation that somebody wants to make.

    Attributes:
        seat: the post.
        principal: who delegates.
        delegate: to whom.
        period: for which days.
        functions: which of the post's functions; none is all of the post.
    """

    seat: Seat
    principal: str
    delegate: str
    period: Period
    functions: frozenset[Function] = frozenset()


def counts_as(kind: AppointmentKind | None) -> StandIn:
    """Say as what somebody counts who is appointed in a way; None is by delegation."""
    if kind is None:
        return StandIn.DELEGATE
    return StandIn.ACTING if kind in STANDING_IN else StandIn.HOLDER


def may_hold_together(one: Seat, other: Seat, conflicts: Conflicts) -> Denied | None:
    """Say why nobody may hold both posts at once: ORG-15 incompatible, ORG-16 barred functions.

    What a post is barred from holds along one line of units: a head who must not manage money
    may not be the finance officer of an office of his either.
    """
    pair = frozenset({one.reference, other.reference})
    if pair in conflicts:
        return Denied(
            "ORG-15",
            zh(
                "「{one}」和「{other}」不相容，不能由同一人担任或代办{why}。请改由他人，或先免去其一。",
                one=one.name,
                other=other.name,
                why=zh("（{reason}）", reason=conflicts[pair]) if conflicts[pair] else "",
            ),
        )
    clash = (one.barred & other.functions) | (other.barred & one.functions)
    if clash and (one.unit.startswith(other.unit) or other.unit.startswith(one.unit)):
        return Denied(
            "ORG-16",
            zh(
                "「{one}」和「{other}」不能由同一人担任或代办：其中之一不得直接分管{functions}。"
                "请改由他人。",
                one=one.name,
                other=other.name,
                functions=listing(function.label for function in sorted(clash)),
            ),
        )
    return None


def may_appoint(
    wish: Holding,
    *,
    own: Iterable[Holding],
    beside: Iterable[Holding],
    conflicts: Conflicts,
    relatives: Iterable[Holding] = (),
) -> Denied | None:
    """Say why an appointment is not in order.

    A post has one holder and beside them at most one who stands in, on any day; the heads'
    posts of one unit have one holder together.

    Args:
        wish: the appointment.
        own: what else the person holds or is delegated to do.
        beside: who holds this post, and the heads' posts of its unit, at whatever time.
        conflicts: posts that nobody may hold together.
        relatives: what posts the person's declared relatives hold, where they may be told.

    Returns:
        ORG-12 outside of the post's life, ORG-13 post held already, ORG-14 two heads, ORG-15
        and ORG-16 as ``may_hold_together``, ORG-17 relatives.
    """
    if not wish.seat.life.contains(wish.period):
        return _outside_life(wish.seat)
    same_time = [one for one in own if one.period.overlaps(wish.period)]
    around = [one for one in beside if one.period.overlaps(wish.period)]
    return (
        _may_take(wish, around)
        or _may_head(wish, around)
        or _first(
            may_hold_together(wish.seat, one.seat, conflicts)
            for one in same_time
            if one.seat.reference != wish.seat.reference
        )
        or _first(may_serve_beside(wish, one) for one in relatives)
    )


def _outside_life(seat: Seat) -> Denied:
    return Denied(
        "ORG-12",
        zh(
            "任职时间超出了岗位「{post}」的存续时间（{start}至{end}）。请改任职日期，或先核对岗位的"
            "设立、撤销日期。",
            post=seat.name,
            start=str(seat.life.start or "—"),
            end=str(seat.life.end or "—"),
        ),
    )


def _may_take(wish: Holding, around: Iterable[Holding]) -> Denied | None:
    stands_in = wish.kind in STANDING_IN
    for one in around:
        if one.seat.reference == wish.seat.reference and (one.kind in STANDING_IN) == stands_in:
            return Denied(
                "ORG-13",
                zh(
                    "这段时间里「{post}」已有人{how}。请先结束原来的任职，或改日期、改任职方式。",
                    post=wish.seat.name,
                    how=zh("代理或主持") if stands_in else zh("任职"),
                ),
            )
    return None


def _may_head(wish: Holding, around: Iterable[Holding]) -> Denied | None:
    if not _heads(wish):
        return None
    for one in around:
        if _heads(one) and one.person != wish.person and one.seat.unit == wish.seat.unit:
            return Denied(
                "ORG-14",
                zh(
                    "这段时间里该单位已有正职（「{post}」）。请先免去前任，"
                    "或把任职方式改为代理、主持。",
                    post=one.seat.name,
                ),
            )
    return None


def _heads(holding: Holding) -> bool:
    return (
        holding.seat.level is LeaderLevel.HEAD
        and holding.kind is not None
        and holding.kind not in STANDING_IN
    )


def may_serve_beside(wish: Holding, relative: Holding) -> Denied | None:
    """Say why a person may not hold a post beside a relative (公务员法第74条): ORG-17.

    In one unit one of them must not lead while the other is led, or keeps people or money.
    """
    if relative.seat.unit != wish.seat.unit or not relative.period.overlaps(wish.period):
        return None
    pair = (wish.seat, relative.seat)
    leads = any(seat.level in LEADERS for seat in pair)
    keeps = any(seat.functions & _KEEPERS for seat in pair)
    ranks = {_RANKS[seat.level] for seat in pair}
    if not leads or (len(ranks) == 1 and not keeps):
        return None
    return Denied(
        "ORG-17",
        zh(
            "应当任职回避：其申报的近亲属在同一单位任「{post}」。请改任其他岗位，或先调整其近亲属。",
            post=relative.seat.name,
        ),
    )


def may_delegate(
    wish: Wish,
    *,
    terms: Iterable[Holding],
    taken: Iterable[Holding],
    conflicts: Conflicts,
) -> Denied | None:
    """Say why a delegation may not be made.

    Args:
        wish: the delegation.
        terms: what the principal holds or is delegated to do.
        taken: what the delegate holds or is delegated to do.
        conflicts: posts that nobody may hold together.

    Returns:
        ORG-60 to oneself, ORG-61 beyond the own term, ORG-62 below eligibility, ORG-63 a
        function that is not the post's, ORG-64 delegated further; ORG-15 and ORG-16 as
        ``may_hold_together``.
    """
    if wish.principal == wish.delegate:
        return Denied("ORG-60", zh("不能委托给自己。请另选受托人。"))
    strange = wish.functions - wish.seat.functions
    if strange:
        return Denied(
            "ORG-63",
            zh(
                "「{post}」不分管{functions}，不能委托出去。请只选该岗位的分工，或委托整个岗位。",
                post=wish.seat.name,
                functions=listing(function.label for function in sorted(strange)),
            ),
        )
    taken = list(taken)
    return (
        _may_give(wish, list(terms))
        or _may_receive(wish, taken)
        or _first(
            may_hold_together(_given(wish), one.seat, conflicts)
            for one in taken
            if one.period.overlaps(wish.period)
        )
    )


def _given(wish: Wish) -> Seat:
    return replace(wish.seat, functions=wish.functions) if wish.functions else wish.seat


def _may_give(wish: Wish, terms: list[Holding]) -> Denied | None:
    here = [one for one in terms if one.seat.reference == wish.seat.reference]
    if covers((one.period for one in here if one.kind is not None), wish.period):
        return None
    if covers((one.period for one in here), wish.period):
        return Denied(
            "ORG-64",
            zh("受托代办的岗位不能再委托给别人。请由岗位的任职人重新委托。"),
        )
    return Denied(
        "ORG-61",
        zh(
            "委托期限超出了委托人在「{post}」的任期。请缩短期限，或由届时任职的人委托。",
            post=wish.seat.name,
        ),
    )


def _may_receive(wish: Wish, taken: list[Holding]) -> Denied | None:
    """A delegate serves all the time in a post at most one level below, and not yet in this one."""
    posts = [one for one in taken if one.kind is not None]
    able = [one.period for one in posts if is_eligible(one.seat, wish.seat)]
    if any(
        one.seat.reference == wish.seat.reference and one.period.overlaps(wish.period)
        for one in posts
    ):
        return Denied(
            "ORG-65",
            zh("受托人这段时间里自己就任「{post}」，无须委托。请另选受托人。", post=wish.seat.name),
        )
    if covers(able, wish.period):
        return None
    return Denied(
        "ORG-62",
        zh(
            "受托人在整个委托期限内须任有职务，且层级至多比「{post}」低一级。请另选受托人，"
            "或缩短期限。",
            post=wish.seat.name,
        ),
    )


def is_eligible(own: Seat, delegated: Seat) -> bool:
    """Tell whether who holds ``own`` may be given ``delegated``: at most one level below it."""
    return _RANKS[own.level] <= _RANKS[delegated.level] + 1


def _first(refusals: Iterable[Denied | None]) -> Denied | None:
    return next((one for one in refusals if one is not None), None)


def shell_of(line: Iterable[tuple[str, str]]) -> Shell:
    """Return with which shell the people of a unit begin (S3-02).

    The unit's own choice counts first. A village that chose nothing begins with the plain one,
    any other unit as the nearest unit above that chose.

    Args:
        line: the unit and those above it, the lowest first, each as its kind and its choice.
    """
    for place, (kind, chosen) in enumerate(line):
        if chosen:
            return Shell.of(chosen)
        if not place and kind == UnitKind.VILLAGE.value:
            return Shell.SIMPLE
    return Shell.FULL
