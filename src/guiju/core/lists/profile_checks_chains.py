"""Chains of approval: each ends in an approval, and nothing is left without one (K4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from guiju.core.lists.chains import ApprovalChain, ChainStep, Subject, chain_for, stages
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_fault import Fault, twice
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import Layer
from guiju.core.lists.words_chains import ChainObject, SignAction, SignerRole
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.sentence import quoted, zh

_PART = ProfilePart.CHAINS
_APPROVING = (SignAction.DECIDE, SignAction.APPROVE)
_BODIES = (SignerRole.BODY, SignerRole.BODY_OFFICE)
_MOST_DAYS = 250


def chain_faults(profile: Profile) -> Iterator[Fault]:
    """Give what is wrong with the chains."""
    if again := twice(one.code for one in profile.chains):
        yield Fault("PF201", _PART, zh("代号{codes}重复。请改成不同的。", codes=quoted(again)))
    for at, chain in enumerate(profile.chains):
        if not chain.name.strip():
            yield Fault("PF202", _PART, zh("这条审批链没有名称。请填写。"), (at,))
        yield from _order(chain, at)
        for place, step in enumerate(chain.steps):
            yield from _step(chain, step, (at, place))
    yield from _reach(profile.chains)


def _order(chain: ApprovalChain, at: int) -> Iterator[Fault]:
    """A chain approves, files only afterwards, and does not part what is open together."""
    actions = [one.action for one in chain.steps]
    signing = [one for one in actions if one is not SignAction.FILE]
    if not any(one in _APPROVING for one in signing):
        yield Fault(
            "PF203",
            _PART,
            zh(
                "「{name}」没有审定或批准的一步，办完也没有人作主。"
                "请把最后一个审签步骤改为审定或批准，备案放在它之后。",
                name=chain.name,
            ),
            (at,),
        )
    elif signing[-1] not in _APPROVING:
        yield Fault(
            "PF213",
            _PART,
            zh("「{name}」审定之后又有审核，作主的不是最后一步。请核对先后。", name=chain.name),
            (at,),
            is_doubt=True,
        )
    filed = [place for place, one in enumerate(actions) if one is SignAction.FILE]
    if filed and filed != list(range(len(actions) - len(filed), len(actions))):
        yield Fault(
            "PF204",
            _PART,
            zh("「{name}」备案之后还有审签。请把备案放到最后。", name=chain.name),
            (at,),
        )
    for group in dict.fromkeys(one.group for one in chain.steps if one.group):
        places = [place for place, one in enumerate(chain.steps) if one.group == group]
        if places != list(range(places[0], places[-1] + 1)):
            yield Fault(
                "PF205",
                _PART,
                zh("「{name}」里同时进行的几步没有排在一起。请排到一处。", name=chain.name),
                (at,),
            )
    for together in stages(chain.steps):
        kinds = {chain.steps[place].action is SignAction.FILE for place in together}
        if len(kinds) > 1:
            yield Fault(
                "PF206",
                _PART,
                zh("「{name}」里备案与审签同时进行。请把备案放到后面。", name=chain.name),
                (at,),
            )


def _step(chain: ApprovalChain, step: ChainStep, place: tuple[int, int]) -> Iterator[Fault]:
    told = {"name": chain.name, "step": step.name}
    if not step.name.strip():
        yield Fault("PF207", _PART, zh("「{name}」有一步没有名称。请填写。", **told), place)
    if step.role in _BODIES and not step.bodies:
        yield Fault(
            "PF208",
            _PART,
            zh("「{name}」的「{step}」由集体机构办，却没有选哪类机构。请选上。", **told),
            place,
        )
    if step.role is SignerRole.DUTY and step.duty is None:
        yield Fault(
            "PF209",
            _PART,
            zh("「{name}」的「{step}」由法定职责的承担单位办，却没有选哪项职责。请选上。", **told),
            place,
        )
    if not 1 <= step.limit <= _MOST_DAYS:
        yield Fault(
            "PF210",
            _PART,
            zh(
                "「{name}」的「{step}」时限要在 1 到 {most} 个工作日之间。请改正。",
                most=_MOST_DAYS,
                **told,
            ),
            place,
        )


def _reach(chains: Sequence[ApprovalChain]) -> Iterator[Fault]:
    """Go through everything that can be put before somebody (a few thousand cases)."""
    used: set[str] = set()
    bare: dict[ChainObject, bool] = {}
    for subject in subjects():
        found = chain_for(chains, subject)
        if found is None:
            bare[subject.object] = True
        else:
            used.add(found.code)
    for what in bare:
        yield Fault(
            "PF211",
            _PART,
            zh(
                "有的单位、层级或人员的「{what}」没有审批链可走。"
                "请在最后加一条不写条件的，把前面没有管到的都管上。",
                what=what.label,
            ),
        )
    for at, chain in enumerate(chains):
        if chain.code not in used and chain.code not in {one.code for one in chains[:at]}:
            yield Fault(
                "PF212",
                _PART,
                zh(
                    "「{name}」永远用不到：前面的链已管到它的全部情形。请上移或删去。",
                    name=chain.name,
                ),
                (at,),
                is_doubt=True,
            )


def subjects() -> Iterator[Subject]:
    """Give everything for which a chain can be chosen."""
    for what, owner, layer, rank in product(
        ChainObject, (None, *UnitKind), (None, *Layer), (None, *LeaderLevel)
    ):
        if what is not ChainObject.LISTS or (layer is None and rank is None):
            yield Subject(object=what, owner=owner, layer=layer, rank=rank)
