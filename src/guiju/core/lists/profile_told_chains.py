"""Chains of approval in plain words: for what a chain is, and who signs in which order (K4)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.lists.chains import ApprovalChain, ChainStep, stages
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_told_line import Line, Text, all_of, line, nth, row
from guiju.core.lists.words_chains import SignerRole
from guiju.core.sentence import Sentence, listing, zh


def chain_lines(profile: Profile) -> Iterator[Line]:
    """Return for each chain a line that says for what it is, and one for each of its steps."""
    for at, chain in enumerate(profile.chains):
        yield line(chain.code, nth(at), _heading(chain, profile), at)
        for stage, together in enumerate(stages(chain.steps), 1):
            for place in together:
                step = chain.steps[place]
                key = f"{chain.code}/{place + 1}"
                label = zh("{name} · 第 {stage} 步", name=chain.name, stage=stage)
                yield line(key, label, step_text(step, is_parallel=len(together) > 1), at, place)


def _heading(chain: ApprovalChain, profile: Profile) -> Text:
    texts = (
        zh("「{name}」{what}", name=chain.name, what=chain_for_what(chain, profile)),
        zh("同一人只能签一步") if chain.is_separated else "",
        zh("出处：{source}", source=chain.source) if chain.source else "",
    )
    return row(texts, zh("；"))


def chain_for_what(chain: ApprovalChain, profile: Profile) -> Sentence:
    """Return for what, whose, at which layer and of which rank a chain is."""
    parts = (
        all_of(one.label for one in chain.objects),
        all_of(one.label for one in chain.owners),
        all_of(profile.layers.get(one) or one.label for one in chain.layers),
        all_of(one.label for one in chain.ranks),
    )
    found = [one for one in parts if one]
    if not found:
        return zh("用于前面各条没有管到的一切")
    return zh("用于：{what}", what=row(found, zh(" · ")))


def step_text(step: ChainStep, *, is_parallel: bool = False) -> Text:
    """Return a step in words: what it is called, who signs, in which time."""
    who = _who(step)
    texts = (
        zh("「{name}」：{who}{action}", name=step.name, who=who, action=step.action.label),
        zh("与同一步的其他审签同时进行") if is_parallel else "",
        zh("被请的人都要签") if step.needs_all else "",
        zh("限 {days} 个工作日", days=step.limit),
    )
    return row(texts, zh("，"))


def _who(step: ChainStep) -> Text:
    if step.role is SignerRole.DUTY and step.duty is not None:
        return zh("承担「{duty}」的单位", duty=step.duty.label)
    if step.role in (SignerRole.BODY, SignerRole.BODY_OFFICE):
        kinds = listing(one.label for one in step.bodies)
        name = zh("{kinds}", kinds=kinds) if kinds else step.role.label
        whose = zh("上级的{name}", name=name) if step.is_above else name
        is_office = step.role is SignerRole.BODY_OFFICE
        return zh("{body}的办公室", body=whose) if is_office else whose
    return step.role.label
