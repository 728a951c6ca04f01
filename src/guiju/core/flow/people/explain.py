"""The answer in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.flow.people.model import PeopleResult, RuleEffect
from guiju.core.flow.people.reason import listed
from guiju.core.sentence import Sentence, zh


def explain(result: PeopleResult, effects: Sequence[RuleEffect] = ()) -> tuple[Sentence, ...]:
    """Say how few people it takes, who and on which path, and which rules matter.

    Warns when one person suffices: S0-27 demands two posts and two persons.
    """
    return (*_answer(result), *(_effect(effect) for effect in effects))


def _answer(result: PeopleResult) -> tuple[Sentence, ...]:
    if result.reason is not None:
        return (zh("现有人员无论怎样组合都走不完流程：{reason}", reason=result.reason),)
    if result.capped:
        return (zh("至少需要 {count} 人才能走完全程。", count=result.limit + 1),)
    if not result.number:
        return (zh("有一条路径不需要任何人办理就能走完全程。"), _S0_27)
    told = [_least(result), zh("所走路径：{path}。", path=" → ".join(result.path))]
    if result.captured:
        told.append(
            zh("其中「{steps}」除他们之外无人可办。", steps=listed(result.captured)),
        )
    if result.number == 1:
        told.append(_S0_27)
    return tuple(told)


_S0_27 = zh(
    "事项办结前至少要有两个岗位、两个人同意（S0-27），本流程没有做到。"
    "请增加另一岗位的审核步骤，或规定哪些步骤不得由同一人办理。"
)


def _least(result: PeopleResult) -> Sentence:
    return zh(
        "最少 {count} 人即可走完全程：{shares}。",
        count=len(result.people),
        shares=listed([_share(result, person) for person in result.people]),
    )


def _share(result: PeopleResult, person: str) -> Sentence:
    steps = [step for step, signers in result.assignment.items() if person in signers]
    return zh("{person}（{steps}）", person=person, steps=listed(steps))


def _effect(effect: RuleEffect) -> Sentence:
    without = effect.without
    if without.number is None:
        return zh("若取消规则 {code}，则有足够的人可以走完全程。", code=effect.code)
    return zh(
        "若取消规则 {code}，则 {count} 人即可走完全程。", code=effect.code, count=without.number
    )
