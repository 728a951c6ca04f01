"""Why no set of people at all can complete a flow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.core.flow.net import bits
from guiju.core.flow.people.problem import Problem
from guiju.core.flow.people.routes import Blocked
from guiju.core.sentence import Sentence, zh


def listed(items: Sequence[str | Sentence]) -> str | Sentence:
    """Join ``items`` with the mark that stands between things in a list."""
    if len(items) == 1:
        return items[0]
    half = len(items) // 2
    return zh("{first}、{rest}", first=listed(items[:half]), rest=listed(items[half:]))


def why_impossible(problem: Problem, cores: Iterable[int]) -> Sentence:
    """Name the steps without enough holders, or the rules that leave no way to share out."""
    routes = problem.routes
    everyone = (1 << len(problem.people)) - 1
    staffed = problem.staffed(everyone)
    run = routes.run(staffed)
    if not isinstance(run, Blocked):
        return _rules_in_the_way(problem, min(cores, key=int.bit_count))
    always = (routes.needed(-1) or 0) & ~staffed
    if always:
        return _short(problem, next(bits(always)))
    steps = [problem.steps[step] for step in bits(run.cut)]
    return zh(
        "每条路径都要经过「{steps}」中的步骤，而这些步骤都配不齐人员。请至少为其中一步配足人员。",
        steps=listed(steps),
    )


def _short(problem: Problem, step: int) -> Sentence:
    name, required = problem.steps[step], problem.required[step]
    have = problem.holders[step].bit_count()
    if not have:
        return zh("「{step}」是必经步骤，却没有人可办。请为它的岗位配备人员。", step=name)
    return zh(
        "「{step}」是必经步骤，须 {required} 人签署，只有 {have} 人可办。请为它的岗位增配人员。",
        step=name,
        required=required,
        have=have,
    )


def _rules_in_the_way(problem: Problem, core: int) -> Sentence:
    return zh(
        "按规则 {codes}，「{steps}」不能由同一人办理，现有人员分不开。请为这些步骤增配人员。",
        codes=listed([problem.rules[rule][0] for rule in problem.rules_within(core)]),
        steps=listed([problem.steps[step] for step in bits(core)]),
    )
