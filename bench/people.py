"""CPU time of "how few people?" on generated flows of 40 steps, 300 people and 60 rules.

Run: ``python bench/people.py [--seeds N]``. Each family draws its own mix of choices
and parallel branches and its own way of staffing posts; the seed fixes everything.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition
from guiju.core.flow.people import (
    Duty,
    PeopleResult,
    Separation,
    Staffing,
    least_people,
    which_rule_matters,
)

STEPS, PEOPLE, RULES = 40, 300, 60


@dataclass(frozen=True, slots=True)
class Family:
    """How instances are drawn: shares of choices and parallel blocks, posts and their holders."""

    name: str
    choice: float
    parallel: float
    staff: Callable[[random.Random, list[str]], dict[str, Duty]]


class Weaver:
    """Builds a sound net of ``STEPS`` steps by splitting blocks at random."""

    def __init__(self, rng: random.Random, family: Family) -> None:
        self.rng, self.family = rng, family
        self.places, self.moves, self.names = 2, list[Transition](), list[str]()

    def place(self) -> int:
        self.places += 1
        return 1 << (self.places - 1)

    def weave(self, size: int, begin: int, end: int) -> None:
        if size == 1:
            name = f"步骤{len(self.names) + 1:02d}"
            self.names.append(name)
            self.moves.append(Transition(begin, end, label=name))
            return
        cut = self.rng.randint(1, size - 1)
        draw = self.rng.random()
        if draw < self.family.choice:
            self.weave(cut, begin, end)
            self.weave(size - cut, begin, end)
        elif draw < self.family.choice + self.family.parallel:
            ends = [(self.place(), self.place()) for _ in range(2)]
            self.moves.append(Transition(begin, ends[0][0] | ends[1][0]))
            self.moves.append(Transition(ends[0][1] | ends[1][1], end))
            for part, (first, last) in zip((cut, size - cut), ends, strict=True):
                self.weave(part, first, last)
        else:
            middle = self.place()
            self.weave(cut, begin, middle)
            self.weave(size - cut, middle, end)


def people_of(rng: random.Random, count: int) -> frozenset[str]:
    """Draw ``count`` people."""
    return frozenset(f"人{n:03d}" for n in rng.sample(range(PEOPLE), count))


def by_share(low: float, high: float) -> Callable[[random.Random, list[str]], dict[str, Duty]]:
    """Each step may be done by a share of all people, drawn between ``low`` and ``high``."""

    def staff(rng: random.Random, names: list[str]) -> dict[str, Duty]:
        return {
            name: Duty(
                people_of(rng, round(PEOPLE * rng.uniform(low, high))), rng.choice((1,) * 9 + (2,))
            )
            for name in names
        }

    return staff


def by_post(posts: int) -> Callable[[random.Random, list[str]], dict[str, Duty]]:
    """Steps belong to posts, each person holds one or two, ten leaders may stand in for six."""

    def staff(rng: random.Random, names: list[str]) -> dict[str, Duty]:
        held: dict[int, set[str]] = {post: set() for post in range(posts)}
        for number in range(PEOPLE):
            count = 6 if number < 10 else rng.choice((1, 1, 1, 2))
            for post in rng.sample(range(posts), min(posts, count)):
                held[post].add(f"人{number:03d}")
        post_of = {name: rng.randrange(posts) for name in names}
        return {name: Duty(frozenset(held[post])) for name, post in post_of.items()}

    return staff


FAMILIES = (
    Family("posts, sequence", 0.05, 0.05, by_post(12)),
    Family("posts, choices", 0.35, 0.10, by_post(12)),
    Family("posts, parallel", 0.15, 0.40, by_post(20)),
    Family("few per step", 0.20, 0.20, by_share(0.01, 0.05)),
    Family("5-20 % per step", 0.20, 0.20, by_share(0.05, 0.20)),
    Family("10-30 % per step", 0.10, 0.20, by_share(0.10, 0.30)),
    Family("half per step", 0.05, 0.20, by_share(0.30, 0.70)),
)


def instance(family: Family, seed: int) -> tuple[Net, Staffing, tuple[Separation, ...]]:
    """Return the net, staffing and rules that ``seed`` stands for."""
    rng = random.Random(f"{family.name}/{seed}")
    weaver = Weaver(rng, family)
    weaver.weave(STEPS, 1, 2)
    places = tuple(f"p{n}" for n in range(weaver.places))
    net = Net(places, tuple(weaver.moves), initial=1, final=2, titles={})
    rules = tuple(Separation(f"R{n}", frozenset(rng.sample(weaver.names, 2))) for n in range(RULES))
    return net, Staffing(family.staff(rng, weaver.names)), rules


def answer_of(result: PeopleResult) -> str:
    """Return the number as the table shows it."""
    return f">={result.limit + 1}" if result.capped else f"{result.number}"


def measured(work: Callable[[], object]) -> tuple[float, object]:
    """Return CPU milliseconds and what came out, which may be a refusal."""
    begin = time.process_time()
    try:
        found = work()
    except Invalid as refusal:
        found = refusal
    return 1000 * (time.process_time() - begin), found


def line(name: str, times: list[float], answers: Counter[str]) -> str:
    """Return a line of the table."""
    told = ", ".join(f"{answer}: {count}" for answer, count in sorted(answers.items()))
    low, middle, high = min(times), statistics.median(times), max(times)
    return f"{name:32} {low:9.1f} {middle:9.1f} {high:9.1f}   {told}"


def main() -> None:
    """Print a line for each family."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    seeds = parser.parse_args().seeds
    print(f"{STEPS} steps, {PEOPLE} people, {RULES} rules, {seeds} seeds each; CPU ms")
    print(f"{'':32} {'min':>9} {'median':>9} {'max':>9}   answers")
    for family in FAMILIES:
        least, rules = list[float](), list[float]()
        answers, effects = Counter[str](), Counter[str]()
        for seed in range(seeds):
            case = instance(family, seed)
            spent, result = measured(lambda case=case: least_people(*case))
            least.append(spent)
            answers[answer_of(result) if isinstance(result, PeopleResult) else "refused"] += 1
            spent, found = measured(lambda case=case: which_rule_matters(*case))
            rules.append(spent)
            effects[f"{len(found)} rules" if isinstance(found, tuple) else "refused"] += 1
        print(line(family.name, least, answers))
        print(line("  which rule matters", rules, effects))


if __name__ == "__main__":
    main()
