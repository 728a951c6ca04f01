"""Running a matter on its net: a command becomes events, or a refusal.

The state is a marking and the markings that this matter has passed. Nothing is moved
by hand: a step is done by firing its own transition, after the silent ones it needs;
going back restores a marking that the matter has reached before (engine.md, section 1).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

from guiju.core.errors import Denied
from guiju.core.flow.net import Net
from guiju.core.flow.silent import After, Silent
from guiju.core.sentence import quoted, zh


@dataclass(frozen=True, slots=True)
class Do:
    """Carry out the step ``node``."""

    node: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Open exactly the branches ``edges`` at the gateway ``node``."""

    node: str
    edges: frozenset[str]


@dataclass(frozen=True, slots=True)
class Return:
    """Go back to where ``node`` was about to be done for the last time (驳回、撤回)."""

    node: str


@dataclass(frozen=True, slots=True)
class Jump:
    """Go to ``marking``, which some run of the flow reaches though this matter has not.

    It may not lie in the midst of an inclusive choice.
    """

    marking: int


Command = Do | Choose | Return | Jump


@dataclass(frozen=True, slots=True)
class Moved:
    """The matter moved along the net: ``fired`` are transitions, ``marking`` the result."""

    command: Do | Choose
    fired: tuple[int, ...]
    marking: int


@dataclass(frozen=True, slots=True)
class Jumped:
    """The matter stands at another marking, by default one of its own history."""

    command: Return | Jump
    marking: int


Event = Moved | Jumped


@dataclass(frozen=True, slots=True)
class RunState:
    """Where a matter stands.

    Attributes:
        marking: the current marking.
        history: markings passed so far, each with the node done there ("" for a choice).
    """

    marking: int
    history: tuple[tuple[int, str], ...] = ()


class Runner:
    """Runs matters of one net; holds no state of theirs.

    ``reachable`` are the markings to which ``Jump`` may go, ``explore(net).numbers`` for all
    that the flow allows; by default there are none, and only ``Return`` goes back.
    """

    def __init__(self, net: Net, reachable: Container[int] = ()) -> None:
        self.net, self.reachable = net, reachable
        self.silent = Silent(net)
        self._after: dict[tuple[int, str], After] = {}

    @property
    def start(self) -> RunState:
        """The state of a matter that has just been opened."""
        return RunState(self.net.initial)

    def due(self, state: RunState) -> tuple[str, ...]:
        """Return ids of the steps that may be done now without a choice before."""
        return self.silent.due(state.marking)

    def is_over(self, state: RunState) -> bool:
        """Tell whether nothing visible is left to do and the end can be reached silently."""
        return not self.due(state) and self.silent.ends(state.marking)

    def step(self, state: RunState, command: Command) -> Event:
        """Return what happens when ``command`` meets ``state``.

        Raises:
            Denied: RUN-01 the step is not due, RUN-02 a choice must come first, RUN-03 there is
                nothing to go back to, RUN-04 no such choice is open, RUN-05 no such jump is safe.
        """
        match command:
            case Do(node):
                after = self._after.get((state.marking, node))
                if after is None:
                    after = self._after[state.marking, node] = self._do(state, node)
                return Moved(command, after.fired, after.marking)
            case Choose(node, edges):
                chosen = self.silent.choose(state.marking, node, edges)
                if chosen is None:
                    raise self._not_open(node)
                return Moved(command, chosen.fired, chosen.marking)
            case Return(node):
                return self._return(state, command)
            case Jump(marking):
                if marking in self.reachable and not marking & self.silent.undecided:
                    return Jumped(command, marking)
                raise Denied(
                    "RUN-05",
                    zh(
                        "流程走不到要跳去的位置，跳过去会丢步骤或办重。请改为退回到已经办过的步骤。"
                    ),
                )

    def _do(self, state: RunState, node: str) -> After:
        ways = self.silent.ways(state.marking, node)
        if len(ways) == 1:
            return ways[0]
        title = self.net.titles.get(node, node)
        if ways or self.silent.would_follow(state.marking, node):
            raise Denied(
                "RUN-02",
                zh(
                    "要办「{title}」，得先在前面的网关选定走哪几支。请先选定，再办这一步。",
                    title=title,
                ),
            )
        due = quoted(self.net.titles.get(n, n) for n in self.due(state))
        ends = self.silent.ends(state.marking)
        raise Denied(
            "RUN-01",
            zh(
                "现在还轮不到「{title}」。当前可办的步骤：{due}。",
                title=title,
                due=due or (zh("没有，事项已到结束") if ends else zh("没有，须先选定走哪几支")),
            ),
        )

    def _not_open(self, node: str) -> Denied:
        return Denied(
            "RUN-04",
            zh(
                "网关「{title}」现在没有这样的选择可做。请重新查看当前可选的分支。",
                title=self.net.titles.get(node, node),
            ),
        )

    def _return(self, state: RunState, command: Return) -> Jumped:
        for marking, done in reversed(state.history):
            if done == command.node:
                return Jumped(command, marking)
        raise Denied(
            "RUN-03",
            zh(
                "这件事还没有办过「{title}」，不能退回到那里。只能退回到已经办过的步骤。",
                title=self.net.titles.get(command.node, command.node),
            ),
        )


def evolve(state: RunState, event: Event) -> RunState:
    """Return the state after ``event``; replaying all events of a matter gives its state."""
    done = event.command.node if isinstance(event.command, Do) else ""
    passed = (*state.history, (state.marking, done))
    return replace(state, marking=event.marking, history=passed)
