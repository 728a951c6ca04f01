"""Steps, subprocesses and calls: their repetition, and the timers on their border."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from guiju.core.errors import Invalid
from guiju.core.flow.draft import Draft
from guiju.core.flow.model import Node
from guiju.core.flow.passage import Passage
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Activity:
    """A node with the places around it.

    Attributes:
        node: the step, subprocess or call.
        begin: the place before it.
        put: the places after it.
        boundaries: each boundary event, the places it marks, and the mark that it takes
            besides (its aside is idle).
    """

    node: Node
    begin: int
    put: int
    boundaries: tuple[tuple[Node, int, int], ...] = ()


class Body(Protocol):
    """What runs inside an activity."""

    def build(self, passage: Passage) -> None:
        """Add the moves that lead through ``passage``."""


@dataclass(frozen=True, slots=True)
class Step:
    """The body of a plain step: one visible move."""

    draft: Draft
    node: Node

    def build(self, passage: Passage) -> None:
        """Add the step's own move."""
        _move_of(self.draft, self.node)(
            self.node.id,
            passage.begin | passage.take,
            passage.put,
            clear=passage.clear,
            label=self.node.activity,
        )


def _move_of(draft: Draft, node: Node) -> Callable[..., None]:
    """Return what adds the step's own move: without an event it still needs somebody."""
    return draft.move if node.activity else draft.wait


def add_activity(draft: Draft, activity: Activity, scope: Body | None) -> None:
    """Add ``activity`` whose body is ``scope``, or the single step when that is None.

    While a step with boundary events runs, a *running* place is marked; its last move and
    each interruption take that mark, so only one of them happens. A timer that does not
    interrupt is *armed* once for each run.

    Raises:
        Invalid: FLOW-07 for a subprocess repeated in parallel.
    """
    node = activity.node
    body = scope or Step(draft, node)
    passage = Passage(activity.begin, activity.put)
    if not activity.boundaries or _is_one_move(activity, scope):
        _add_repeated(draft, node, body, passage, single=scope is None)
        for event, put, _ in activity.boundaries:
            draft.wait(event.id, activity.begin, put, label=event.activity)
        return
    running = draft.place(f"{node.title}（办理中）")
    armed = {
        e.id: draft.place(f"{e.title}（已计时）")
        for e, _, _ in activity.boundaries
        if not e.interrupting
    }
    clear = 0
    for mask in armed.values():
        clear |= mask
    first = len(draft.places)
    begin = draft.place(f"{node.title}（已到达）")
    draft.move(node.id, activity.begin, begin | running | clear)
    passage = Passage(begin, activity.put, take=running, clear=clear)
    _add_repeated(draft, node, body, passage, single=scope is None)
    inner = draft.since(first)
    for event, put, idle in activity.boundaries:
        if event.interrupting:
            draft.wait(event.id, running, put, clear=inner | clear, label=event.activity)
        else:
            take = armed[event.id] | running | idle
            draft.wait(event.id, take, put | running, label=event.activity)


def _is_one_move(activity: Activity, scope: Body | None) -> bool:
    """Tell whether a step and the timers that interrupt it merely compete for one token."""
    repeat = activity.node.repeat
    once = scope is None and (repeat is None or repeat.times == 1)
    return once and all(event.interrupting for event, _, _ in activity.boundaries)


def _add_repeated(draft: Draft, node: Node, body: Body, passage: Passage, *, single: bool) -> None:
    """Add ``body`` once, or as often as the node's multi-instance marker says."""
    repeat = node.repeat
    if repeat is None or repeat.times == 1:
        body.build(passage)
        return
    if not single and not repeat.sequential:
        raise Invalid(
            "FLOW-07",
            zh(
                "子流程「{title}」（{id}）要并行办理多份，还不能运行。请改为依次办理，或只让其中的单个步骤并行多份。",
                title=node.title,
                id=node.id,
            ),
        )
    if repeat.times is None:
        _add_open_repetition(draft, node, body, passage)
    else:
        _add_counted_repetition(draft, node, None if single else body, passage, repeat.times)


def _add_open_repetition(draft: Draft, node: Node, body: Body, passage: Passage) -> None:
    """Once or more: after each round a silent move either starts another or leaves."""
    done = draft.place(f"{node.title}（一份办完）")
    body.build(Passage(passage.begin, done))
    draft.move(node.id, done, passage.begin)
    draft.move(node.id, done | passage.take, passage.put, clear=passage.clear)


def _add_counted_repetition(
    draft: Draft, node: Node, scope: Body | None, passage: Passage, times: int
) -> None:
    """Exactly ``times``: a binary counter that leaves when it overflows.

    Counted, not unrolled: b = ⌈log2 times⌉ pairs of places hold the number, started at
    2^b - times, so that the round number ``times`` carries out of the highest pair. A single
    step counts in its own move, so that no timer can strike after the last round.
    """
    width = (times - 1).bit_length()
    zero = [draft.place(f"{node.title}（计数 {bit}=0）") for bit in range(width)]
    one = [draft.place(f"{node.title}（计数 {bit}=1）") for bit in range(width)]
    ready = done = draft.place(f"{node.title}（待办一份）")
    if scope:
        done = draft.place(f"{node.title}（办完一份）")
        scope.build(Passage(ready, done))
    label = "" if scope else node.activity
    move = draft.move if scope else _move_of(draft, node)
    start = (1 << width) - times
    counter = ready
    for bit in range(width):
        counter |= one[bit] if start >> bit & 1 else zero[bit]
    draft.move(node.id, passage.begin, counter)
    carried, cleared = done, 0
    for bit in range(width):
        move(node.id, carried | zero[bit], ready | cleared | one[bit], label=label)
        carried |= one[bit]
        cleared |= zero[bit]
    move(node.id, carried | passage.take, passage.put, clear=passage.clear, label=label)
