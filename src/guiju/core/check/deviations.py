"""From moves to what people say: skipped, repeated, too early, too late, unknown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.core.check.moves import Move
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import DeviationKind, MoveKind


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way in which a trace left its flow.

    Attributes:
        kind: in what way.
        activity: the step concerned.
        after: the last step before it that agreed with the flow; "" at the start.
        event: index of the event, None where a step is missing.
    """

    kind: DeviationKind
    activity: str
    after: str
    event: int | None

    def sentence(self) -> Sentence:
        """Say it in plain words."""
        template = _WORDS[self.kind, bool(self.after)]
        return zh(template, activity=self.activity, after=self.after)


_WORDS = {
    (DeviationKind.SKIPPED, True): zh("「{after}」之后跳过了「{activity}」").template,
    (DeviationKind.SKIPPED, False): zh("一开始就跳过了「{activity}」").template,
    (DeviationKind.EXTRA, True): zh("「{after}」之后不该办「{activity}」").template,
    (DeviationKind.EXTRA, False): zh("一开始不该办「{activity}」").template,
    (DeviationKind.REPEATED, True): zh("「{after}」之后又重复办了「{activity}」").template,
    (DeviationKind.REPEATED, False): zh("一开始就重复办了「{activity}」").template,
    (DeviationKind.UNKNOWN, True): zh("「{after}」之后出现了流程里没有的「{activity}」").template,
    (DeviationKind.UNKNOWN, False): zh("一开始就出现了流程里没有的「{activity}」").template,
    (DeviationKind.EARLY, True): zh("「{activity}」提前到「{after}」之后就办了").template,
    (DeviationKind.EARLY, False): zh("「{activity}」提前到一开始就办了").template,
    (DeviationKind.LATE, True): zh("「{activity}」推后到「{after}」之后才办").template,
    (DeviationKind.LATE, False): zh("「{activity}」没有按次序办，推后了").template,
}


def name_deviations(moves: Sequence[Move], known: Iterable[str]) -> tuple[Deviation, ...]:
    """Return the deviations of one trace, in order.

    A step that is too many in one place and missing in another was done too early or too
    late: one deviation, told where it was done. ``known`` are the flow's activities.
    """
    moved = _moved(moves)
    agreed = {move.activity for move in moves if move.kind is MoveKind.SYNC}
    names = frozenset(known)
    found = []
    after = ""
    for place, move in enumerate(moves):
        if move.kind is MoveKind.SYNC:
            after = move.activity
            continue
        if move.kind is MoveKind.SKIPPED:
            if place in moved:
                continue
            kind = DeviationKind.SKIPPED
        else:
            kind = moved.get(place) or _kind_of_extra(move.activity, names, agreed)
        found.append(Deviation(kind, move.activity, after, move.event))
    return tuple(found)


def _kind_of_extra(activity: str, known: frozenset[str], agreed: set[str]) -> DeviationKind:
    if activity not in known:
        return DeviationKind.UNKNOWN
    return DeviationKind.REPEATED if activity in agreed else DeviationKind.EXTRA


def _moved(moves: Sequence[Move]) -> dict[int, DeviationKind]:
    """Pair each extra move with a skipped one of the same activity; keys are both places."""
    extra: dict[str, list[int]] = defaultdict(list)
    skipped: dict[str, list[int]] = defaultdict(list)
    for place, move in enumerate(moves):
        if move.kind is MoveKind.EXTRA:
            extra[move.activity].append(place)
        elif move.kind is MoveKind.SKIPPED:
            skipped[move.activity].append(place)
    moved = {}
    for activity, done in extra.items():
        for here, there in zip(done, skipped[activity], strict=False):
            moved[here] = DeviationKind.EARLY if here < there else DeviationKind.LATE
            moved[there] = moved[here]
    return moved


def most_frequent(
    deviations: Iterable[tuple[Deviation, int]],
) -> list[tuple[Deviation, int]]:
    """Add up ``(deviation, cases)`` pairs whatever their events; most cases first."""
    counts: Counter[tuple[DeviationKind, str, str]] = Counter()
    for deviation, cases in deviations:
        counts[deviation.kind, deviation.activity, deviation.after] += cases
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        (Deviation(kind, activity, after, None), cases)
        for (kind, activity, after), cases in ordered
    ]
