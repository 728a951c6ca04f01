"""Finding risks together: asking, proposing, consolidating, the gate, grading."""

from dataclasses import replace

import pytest

from finding import BARE, House, answered, found, proposed, taken
from guiju.base.inbox.actions import complete_task, reassign_task, withdraw_task
from guiju.base.inbox.asked import Holder
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.states import TaskState
from guiju.base.record.actor import Actor
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.lint.gate import RISKY
from guiju.core.lists.model import ItemKind, step_key
from guiju.core.lists.words import Channel, Dimension, GradeMethod, Layer, RiskState
from guiju.core.lists.words_campaigns import CampaignState, Gate, ProposalState
from guiju.core.organisation.words import LeaderLevel
from guiju.define.campaigns.actions import gating
from guiju.define.campaigns.actions.beginning import close_campaign
from guiju.define.campaigns.actions.consolidating import reject
from guiju.define.campaigns.actions.contributing import propose
from guiju.define.campaigns.actions.grading import Given, grade_risk
from guiju.define.campaigns.models import Ask, Campaign, Proposal
from guiju.define.campaigns.reads.campaigns import progress_of
from guiju.define.campaigns.reads.gates import gates_of
from guiju.define.lists.actions.drafting import discard_draft
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.items import item_with
from guiju.exchange.profile_files import built_in
from organised import KEEPER, refusal
from recorded import NOON
from small_edition import FINE, LICENCE, STAFF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
SAID = {"by": KEEPER, "at": NOON}


@pytest.fixture
def house():
    return House()


@pytest.fixture
def campaign(house):
    return house.begin()


def person(house, post="审批股长"):
    return next(who.reference for who, held in house.leaders.values() if held.name == post)


def actor(house, post="审批股长"):
    who, held = next((who, held) for who, held in house.leaders.values() if held.name == post)
    return Actor(who.reference, post=held.reference)


def risk(campaign, code="FX-001"):
    return item_with(campaign.edition, ItemKind.RISK, code)


def test_s0_14_every_asked_holder_gets_a_task_with_a_limit_in_working_days(house, campaign):
    tasks = Task.objects.filter(kind="campaigns.find")
    assert tasks.count() == Ask.objects.filter(campaign=campaign).count() == 5
    task = tasks.get(person=person(house))
    assert (task.view, task.limit_amount) == ("campaigns:answer", 10)
    assert task.due_at == campaign.due_at
    assert len(progress_of(campaign).waiting) == 5


def test_a_campaign_asks_only_the_chosen_posts(house):
    post = house.leaders["O-01"][1]
    campaign = house.begin(posts=[post.reference])
    assert [one.post for one in Ask.objects.filter(campaign=campaign)] == [post.reference]


def test_what_no_campaign_can_be_is_refused(house):
    for words, code in (
        ({"channels": ()}, "CAMPAIGN-06"),
        ({"channels": (Channel.PUBLIC,)}, "CAMPAIGN-06"),
        ({"limit": 0}, "CAMPAIGN-07"),
        ({"posts": ["post:none"]}, "CAMPAIGN-08"),
        ({"name": " "}, "CAMPAIGN-01"),
    ):
        assert refusal(Invalid, house.begin, **words) == code
    house.begin()
    assert refusal(Conflict, house.begin) == "CAMPAIGN-09"
    assert Campaign.objects.count() == 1


def test_s0_15_a_proposal_keeps_its_channel_and_its_words_stay_sealed(house, campaign):
    made = proposed(campaign, actor(house))
    assert (made.channel, made.role, made.step) == ("self", "审批股长", "2")
    assert "放宽" not in str(made.content)
    assert "放宽".encode() not in bytes(made.text)
    entry = bytes(Event.objects.get(kind="campaigns.risk.proposed").entry).decode()
    assert "放宽" not in entry


def test_s0_16_s4_22_what_a_proposal_may_not_be_is_refused(house, campaign):
    by = actor(house)
    for said, code in (
        ({"text": " "}, "CAMPAIGN-01"),
        ({"power": "none"}, "CAMPAIGN-11"),
        ({"step": "99"}, "CAMPAIGN-11"),
        ({"power": "", "step": "", "flow": "", "post": ""}, "CAMPAIGN-11"),
        ({"dimensions": ()}, "CAMPAIGN-12"),
        ({"dimensions": (Dimension.PROCESS,)}, "CAMPAIGN-12"),
        ({"layer": None}, "CAMPAIGN-12"),
        ({"harm": 4}, "CAMPAIGN-13"),
        ({"channel": Channel.LEADER}, "CAMPAIGN-14"),
    ):
        assert refusal(Invalid, proposed, campaign, by, **said) == code
    assert Proposal.objects.count() == 0
    unit = {"layer": Layer.UNIT, "dimensions": (Dimension.PROCESS,)}
    proposed(campaign, by, **unit)  # S4-26: a unit's risks have other dimensions
    proposed(campaign, by, power="", flow="", step="")


def test_no_risk_found_is_an_answer_that_needs_a_reason(house, campaign):
    who = person(house)
    for reason in ("", "无", "同上"):
        assert refusal(Invalid, answered, campaign, who, reason) == "CAMPAIGN-16"
    assert answered(campaign, who, "逐步核对过受理和审查，两人签字，没有发现") == 0
    task = Task.objects.get(person=who, kind="campaigns.find")
    assert task.state == TaskState.DONE.value
    assert who not in [one.person for one in progress_of(campaign).waiting]
    assert refusal(Conflict, answered, campaign, who, "又查了一遍") == "CAMPAIGN-17"


def test_whoever_proposed_answers_without_a_reason_and_may_add_more(house, campaign):
    proposed(campaign, actor(house))
    assert answered(campaign, person(house)) == 1
    proposed(campaign, actor(house), text="延期审查，借机索要好处")


def test_s1_07_powers_that_were_looked_at_are_facts_for_the_checks(house, campaign):
    on = NOON.date()
    assert facts_for(campaign.edition, on).reviews == {}
    answered(campaign, person(house), "逐项核对过，没有发现")
    reviewed = facts_for(campaign.edition, on).reviews
    assert reviewed == dict.fromkeys((LICENCE, STAFF, FINE), on)
    assert facts_for(campaign.edition, NOON.date().replace(year=2020)).reviews == {}


def test_the_task_ends_by_answering_alone(house, campaign):
    task = Task.objects.get(person=person(house), kind="campaigns.find")
    by = {"by": actor(house), "at": NOON}
    to = Holder(person(house, "局长"))
    for call, words in (
        (complete_task, {}),
        (withdraw_task, {"note": "不用了"}),
        (reassign_task, {"note": "请代办", "to": to, "seen": 1}),
    ):
        assert refusal(Denied, call, task.reference, **words, **by) == "CAMPAIGN-04"


def test_a_draft_is_not_given_up_while_people_look(house, campaign):
    words = {"edition": campaign.edition.reference, "reason": "重做", **SAID}
    assert refusal(Denied, discard_draft, **words) == "CAMPAIGN-05"
    assert Campaign.objects.count() == 1
    close_campaign(campaign=campaign.reference, **SAID)
    discard_draft(**words)


def test_s4_21_several_make_one_risk_with_all_their_channels(house, campaign):
    one = proposed(campaign, actor(house))
    other = proposed(
        campaign, actor(house, "局长"), channel=Channel.MUTUAL, role="局长",
        text="放宽审查条件", dimensions=(Dimension.MORALS,), harm=3, grade=1,
    )  # fmt: skip
    made = taken(campaign, one, other, text="审查时放宽条件")
    assert made == risk(campaign, made.code)
    assert (made.text, made.step, made.state) == ("审查时放宽条件", "2", RiskState.CONSOLIDATED)
    assert made.channels == (Channel.SELF, Channel.MUTUAL)
    assert made.dimensions == (Dimension.MORALS, Dimension.DUTIES)
    assert made.found_by == "审批股长、局长"
    assert (made.grade, made.harm, made.probability) == (None, 3, 2)
    assert set(Proposal.objects.values_list("state", "risk")) == {("merged", made.code)}
    assert refusal(Conflict, taken, campaign, one) == "CAMPAIGN-21"


def test_a_proposal_goes_into_a_risk_that_the_draft_has(house, campaign):
    first = taken(campaign, proposed(campaign, actor(house)))
    late = proposed(campaign, actor(house, "局长"), channel=Channel.MUTUAL, role="局长")
    second = taken(campaign, late, onto=first.code)
    assert (second.code, second.channels) == (first.code, (Channel.SELF, Channel.MUTUAL))
    new = proposed(campaign, actor(house), text="另一个具体风险")
    assert refusal(Invalid, taken, campaign, new, onto="none") == "CAMPAIGN-20"


def test_what_cannot_be_merged_is_refused(house, campaign):
    one = proposed(campaign, actor(house))
    other = proposed(campaign, actor(house), power=FINE, flow="L3", step="2")
    assert refusal(Invalid, taken, campaign, one, other) == "CAMPAIGN-19"
    assert refusal(Invalid, taken, campaign) == "CAMPAIGN-18"
    assert risk(campaign) is None


def test_a_rejection_is_told_to_the_proposer_with_its_reason(house, campaign):
    made = proposed(campaign, actor(house))
    words = {"proposal": made.reference, **SAID}
    assert refusal(Invalid, reject, reason=" ", **words) == "CAMPAIGN-01"
    reject(reason="与采砂无关", **words)
    assert Notice.objects.filter(person=person(house), key=f"rejected:{made.reference}").exists()
    assert Proposal.objects.get().state == ProposalState.REJECTED.value
    assert refusal(Conflict, reject, reason="再说一次", **words) == "CAMPAIGN-21"
    entry = bytes(Event.objects.get(kind="campaigns.proposal.rejected").entry).decode()
    assert "采砂" not in entry


def through_the_gate(house, campaign, dimension=Dimension.DUTIES, layer=Layer.POST):
    """Look for risks everywhere, merge them and confirm all four."""
    for flow in BARE.flows:
        for node in (one for one in flow.steps if one.step in RISKY):
            text = f"{flow.name}{node.name}时放宽第{step_key(node)}步条件"
            where = {
                "power": flow.power,
                "flow": flow.code,
                "step": step_key(node),
                "dimensions": (dimension,),
                "layer": layer,
            }
            taken(campaign, proposed(campaign, actor(house), text=text, **where))
    answered(campaign, person(house))
    for gate in Gate:
        confirmed(campaign, gate)


def confirmed(campaign, gate, *, is_passed=True, reason="逐项看过清单和流程"):
    words = {"gate": gate, "is_passed": is_passed, "reason": reason}
    gating.judge(campaign=campaign.reference, **words, **SAID)


def test_s3_16_an_unfit_gate_is_not_confirmed_and_stops_the_grading(house, campaign):
    made = taken(campaign, proposed(campaign, actor(house)))
    stand = gates_of(campaign, NOON.date())
    assert {one for one, told in stand.items() if told.found} == {Gate.COMPLETE, Gate.THOROUGH}
    assert refusal(Denied, confirmed, campaign, Gate.THOROUGH) == "CAMPAIGN-23"
    assert refusal(Invalid, confirmed, campaign, Gate.EXACT, reason="无") == "CAMPAIGN-22"
    given = {"campaign": campaign.reference, "code": made.code, "given": Given(grade=2, reason="x")}
    assert refusal(Denied, grade_risk, **given, **SAID) == "CAMPAIGN-24"
    assert risk(campaign, made.code).state is RiskState.CONSOLIDATED


def test_s3_16_what_was_found_wanting_is_a_fact_for_the_checks(house, campaign):
    confirmed(campaign, Gate.EXACT, is_passed=False, reason="好几条写得太笼统")
    campaign.refresh_from_db()
    told = facts_for(campaign.edition, NOON.date()).failed_gates
    assert told == {"exact": "好几条写得太笼统"}
    confirmed(campaign, Gate.EXACT)
    assert facts_for(campaign.edition, NOON.date()).failed_gates == {}


def test_what_still_waits_to_be_merged_stops_the_grading(house, campaign):
    through_the_gate(house, campaign)
    proposed(campaign, actor(house), text="又想到一条：拖着不办")
    given = {
        "campaign": campaign.reference,
        "code": "FX-001",
        "given": Given(probability=1, harm=1),
    }
    assert refusal(Denied, grade_risk, **given, **SAID) == "CAMPAIGN-25"


def test_s4_16_s4_18_two_methods_run_and_the_stricter_counts(house, campaign):
    through_the_gate(house, campaign)

    def graded(**said):
        given = Given(**said)
        return grade_risk(campaign=campaign.reference, code="FX-001", given=given, **SAID)

    made = graded(answers=["1-scope"], probability=1, harm=1)
    assert (made.grade, made.grade_method) == (1, GradeMethod.CHECKLIST)
    assert (made.state, made.answers) == (RiskState.GRADED, ("1-scope",))
    assert graded(probability=3, harm=3).grade_method is GradeMethod.MATRIX
    assert refusal(Invalid, graded) == "CAMPAIGN-26"
    assert refusal(Invalid, graded, probability=4, harm=1) == "CAMPAIGN-13"
    assert refusal(Invalid, graded, probability=3, harm=3, grade=2) == "CAMPAIGN-27"
    made = graded(probability=3, harm=3, grade=2, reason="近三年没有发生过")
    assert (made.grade, made.grade_reason) == (2, "近三年没有发生过")
    assert risk(campaign).grade == 2


def test_s1_08_a_bureau_finds_in_its_four_ways_and_grades_nothing_before_the_review():
    ways = tuple(built_in("bureau").channels)
    house = House(profile="bureau")
    assert refusal(Invalid, house.begin, (*ways, Channel.MUTUAL)) == "CAMPAIGN-06"
    campaign = house.begin(ways)
    unit = {"layer": Layer.UNIT, "dimensions": (Dimension.PROCESS,)}
    made = taken(campaign, *(proposed(campaign, actor(house), channel=way, **unit) for way in ways))
    assert made.channels == ways == (Channel.SELF, Channel.PUBLIC, Channel.LEADER, Channel.REVIEW)
    given = Given(grade=2, reason="领导小组逐条议过")
    words = {"campaign": campaign.reference, "code": made.code, "given": given}
    assert refusal(Denied, grade_risk, **words, **SAID) == "CAMPAIGN-24"
    through_the_gate(house, campaign, Dimension.PROCESS, Layer.UNIT)
    assert grade_risk(**words, **SAID).grade == 2


def test_s1_13_s1_14_a_bureaus_risks_are_graded_by_who_runs_the_power():
    run_by_head = replace(BARE.powers[0], manager=LeaderLevel.HEAD)
    house = House(profile="bureau", told=replace(BARE, powers=(run_by_head, *BARE.powers[1:])))
    campaign = house.begin((Channel.SELF,))
    through_the_gate(house, campaign, Dimension.PROCESS, Layer.UNIT)
    one = grade_risk(campaign=campaign.reference, code="FX-001", given=Given(), **SAID)
    assert (one.power, one.grade, one.grade_method) == (LICENCE, 1, GradeMethod.RULES)


def test_a_campaign_ends_when_all_is_worked_on_and_takes_back_what_it_asked(house, campaign):
    made = proposed(campaign, actor(house))
    words = {"campaign": campaign.reference, **SAID}
    assert refusal(Invalid, close_campaign, **words) == "CAMPAIGN-10"
    taken(campaign, made)
    close_campaign(**words)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CLOSED.value
    assert not Task.objects.filter(kind="campaigns.find", state=TaskState.OPEN.value).exists()
    assert len(progress_of(campaign).waiting) == 5
    assert refusal(Denied, close_campaign, **words) == "CAMPAIGN-03"
    late = {"campaign": campaign.reference, "found": found(), "by": actor(house), "at": NOON}
    assert refusal(Denied, propose, **late) == "CAMPAIGN-03"
    house.begin(name="第二次排查")
