"""Simulated matters: run on the real net, then spoilt here and there as offices do."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from guiju.core.check.log import EventLog
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.run import Do, Runner, RunState, evolve
from guiju.demo.sample.office import STAFF, office_flow

_OPENED = datetime(2025, 1, 2, 1, 0, tzinfo=UTC)
_ROUNDS = 3
_CHASE = "电话催办"


def simulate(
    cases: int, *, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> EventLog:
    """Return a log of ``cases`` matters; the same arguments give the same log.

    About three quarters follow the flow; the rest skip, repeat, swap or add a step, and in a
    few one person does what two should.
    """
    maker = _Maker(Random(seed))  # noqa: S311 - an example, not a secret
    for number in range(cases):
        maker.add_case(number)
        if progress and not number % 1000:
            progress(number, cases)
    return maker.log()


class _Maker:
    """Builds the columns of the log case by case."""

    def __init__(self, random: Random) -> None:
        self.random = random
        flow = office_flow()
        self.runner = Runner(compile_flow(flow))
        self.steps = {n.id: n for n in flow.nodes if n.activity}
        self.activities = (*(n.activity for n in self.steps.values()), _CHASE)
        self.code = {name: code for code, name in enumerate(self.activities)}
        self.people = ("", *dict.fromkeys(person for post in STAFF.values() for person in post))
        number = {person: index for index, person in enumerate(self.people)}
        self.holders = {n.activity: [number[p] for p in STAFF[n.post]] for n in self.steps.values()}
        self.cases: list[str] = []
        self.starts, self.codes = array("Q", [0]), array("I")
        self.performers, self.times = array("I"), array("q")
        self.known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add_case(self, number: int) -> None:
        trace = self._spoil(self._follow())
        now = _OPENED + timedelta(minutes=7 * number)
        people = {}
        careless = self.random.random() < 0.02
        for activity in trace:
            now += timedelta(hours=self.random.expovariate(1 / 20), minutes=1)
            if activity not in people:
                people[activity] = self.random.choice(self.holders.get(activity, [1]))
            if careless and activity == "科室复核":
                people[activity] = people.get("材料审核", people[activity])
            self.codes.append(self.code[activity])
            self.performers.append(people[activity])
            self.times.append(int(now.timestamp()) * 1_000_000)
        self.starts.append(len(self.codes))
        self.cases.append(f"XK{2025 + number // 60000}-{number % 60000 + 1:05d}")

    def log(self) -> EventLog:
        return EventLog(
            self.cases,
            self.starts,
            self.activities,
            self.codes,
            self.people,
            self.performers,
            self.times,
        )

    def _follow(self) -> list[str]:
        """Return a trace that the flow allows."""
        state, trace = self.runner.start, list[str]()
        while due := self.runner.due(state):
            if self.runner.is_over(state):
                break
            node = self._pick(due, trace)
            event = self.runner.step(state, Do(node))
            state = RunState(evolve(state, event).marking)
            trace.append(self.steps[node].activity)
        return trace

    def _pick(self, due: tuple[str, ...], trace: list[str]) -> str:
        """Choose the next step: mostly onward, sometimes a correction or a return."""
        rare = {"s3": 0.18, "s7": 0.15}
        onward = [node for node in due if node not in rare]
        if "s6" in onward and "s9" in onward:
            tired = trace.count("科室复核") > _ROUNDS
            onward = ["s9" if tired or self.random.random() > 0.08 else "s6"]
        for node in due:
            if node in rare and trace.count("通知补正") < _ROUNDS:
                return node if self.random.random() < rare[node] else self.random.choice(onward)
        return self.random.choice(onward)

    def _spoil(self, trace: list[str]) -> list[str]:
        chance = self.random.random()
        place = self.random.randrange(1, len(trace) - 1)
        if chance < 0.09:
            del trace[place]
        elif chance < 0.15:
            trace[place], trace[place + 1] = trace[place + 1], trace[place]
        elif chance < 0.19:
            trace.insert(place, trace[place])
        elif chance < 0.24:
            trace.insert(place, _CHASE)
        return trace
