"""What users asked of flows (C3), each shown whole."""

from dataclasses import replace

import pytest

from drafted import drafted
from guiju.base.record import wall
from guiju.core.flow.model import Edge, Limit, Node
from guiju.core.lists.model import PowerFlow, StepNote
from guiju.core.lists.words import EditionState, Layer
from guiju.core.terms import LimitUnit, NodeKind, Role
from guiju.define.flows.reads import around
from guiju.define.lists.actions import editing
from guiju.define.lists.models import Edition
from guiju.exchange.lists.step_sheet import read_sheet, sheet_rows, sheet_text
from organised import ACT, County, found_unit
from publishing import address, published, text_of
from readers import reader
from reviewing import Chain, nothing_found
from small_edition import (
    FACTS,
    FINE,
    LICENCE,
    OPEN,
    POSTS,
    SOUND,
    STAFF,
    UNIT_FLOW,
    changed,
    found,
    posts,
    power,
    with_,
    with_flow,
    with_step,
    without,
)

FLOW = SOUND.flows[0]
WORKING = LimitUnit.WORKING_DAYS


def on_database(test):
    return pytest.mark.django_db(pytest.mark.usefixtures("data_folder")(test))


def at(edition, code="", *more):
    return "/".join(["/flows", edition.reference.partition(":")[2], code, *more]) + "/"


def text(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status, where
    return response.content.decode()


def in_force(edition):
    """Let an edition hold, without the way there."""
    for state in (EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.EFFECTIVE):
        with wall.opened():
            Edition.objects.filter(number=edition.number).update(state=state.value, digest="9" * 64)
    return Edition.objects.select_related("unit").get(number=edition.number)


def told(edition, code, facts=FACTS):
    return [one for one in found(edition, facts).findings if one.code == code]


def side_by_side(limits=(3, 5), **leads):
    """受理, then 审查 and 决定 side by side with a limit each, then 送达."""
    first, review, decide, last = (one for one in UNIT_FLOW.nodes if one.kind is NodeKind.TASK)
    review, decide = (
        replace(one, limit=Limit(most, WORKING) if most else None)
        for one, most in zip((review, decide), limits, strict=True)
    )
    split, join = Node("split", NodeKind.PARALLEL), Node("join", NodeKind.PARALLEL)
    nodes = (UNIT_FLOW.nodes[0], first, split, review, decide, join, last, UNIT_FLOW.nodes[-1])
    ways = (
        ("start", "s1"), ("s1", "split"), ("split", "s2"), ("split", "s3"),
        ("s2", "join"), ("s3", "join"), ("join", "s4"), ("s4", "end"),
    )  # fmt: skip
    edges = tuple(Edge(f"e{number}", *way) for number, way in enumerate(ways))
    notes = tuple(StepNote(step=key.removeprefix("at"), **said) for key, said in leads.items())
    return with_flow(replace(UNIT_FLOW, nodes=nodes, edges=edges), notes=notes)


@on_database
def test_s0_10_each_edition_keeps_its_own_drawing_of_a_flow():
    county = County()
    first = in_force(drafted(county.bureau, title="水利局清单"))
    later = with_step(2, name="现场核查")
    second = drafted(county.bureau, later, title="水利局清单", based_on=first.reference)
    client = reader(Role.STAFF)
    for edition, shown in ((first, "审查"), (second, "现场核查")):
        picture = text(client, at(edition, "L1")).partition("<svg")[2].partition("</svg>")[0]
        assert f"受理 → {shown} → 决定 → 送达" in picture
    one = {"edition": first.reference, "item": later.flows[0], "revision": None}
    with pytest.raises(Exception, match="EDITION-02"):
        editing.put_item(**one, **ACT)


def test_s0_12_a_flow_has_start_and_end_no_dead_end_two_posts_and_a_limit_at_each_step():
    cut = replace(UNIT_FLOW, edges=tuple(e for e in UNIT_FLOW.edges if e.source != "s2"))
    no_end = replace(UNIT_FLOW, nodes=UNIT_FLOW.nodes[:-1], edges=UNIT_FLOW.edges[:-1])
    no_start = replace(UNIT_FLOW, nodes=UNIT_FLOW.nodes[1:], edges=UNIT_FLOW.edges[1:])
    for graph in (cut, no_end, no_start):
        assert told(with_flow(graph), "GJ202")
    (limit,) = told(with_step(2, limit=None), "GJ204")
    assert (limit.item, limit.step) == ("L1", "2")
    alone = posts(**dict.fromkeys(POSTS, POSTS["窗口"]))
    assert {one.item for one in told(SOUND, "GJ301", alone)} == {"L1", "L2", "L3", "L4"}
    assert found().findings == ()


def test_s1_38_branches_that_run_together_have_a_lead_and_each_its_own_limit():
    led = {"at2": {"lead_unit": "水利局", "joint_units": ("住建局", "林业局")}}
    assert told(side_by_side(**led), "GJ207") == []
    (nobody,) = told(side_by_side(), "GJ207")
    assert "没有牵头单位" in str(nobody.sentence)
    (joint,) = told(side_by_side(at2={"joint_units": ("住建局",)}, at3=led["at2"]), "GJ207")
    assert joint.step == "2"
    (late,) = told(side_by_side((3, None), **led), "GJ204")
    assert late.step == "3"  # a branch without a limit of its own
    assert told(side_by_side((9, 13), **led), "GJ204") == []
    (slow,) = told(side_by_side((9, 15), **led), "GJ204")  # 3 + 15 + 3: the slower branch counts
    assert "超过法定时限" in str(slow.sentence)


@on_database
def test_s1_38_lead_joint_units_and_limits_are_typed_and_shown():
    edition = drafted(County().bureau)
    flow = around(edition, "L1").flow
    row = {"牵头单位": "水利局", "配合单位": "住建局\n林业局", "时限": "5个工作日"}
    rows = [one | row if one["序号"] == "2" else one for one in sheet_rows(flow)]
    made = read_sheet(sheet_text(rows), flow).flow
    (note,) = made.notes
    assert (note.lead_unit, note.joint_units) == ("水利局", ("住建局", "林业局"))
    editing.put_item(edition=edition.reference, item=made, revision=None, **ACT)
    page = text(reader(Role.STAFF), at(edition, "L1"))
    for said in ("牵头单位", "配合单位", "住建局<br>林业局", "5个工作日"):
        assert said in page


@on_database
def test_s1_39_a_flow_is_measured_and_its_picture_and_limits_are_public(monkeypatch):
    nothing_found(monkeypatch)
    keyed = changed(
        "flows", "L1", with_step(3, limit=None), notes=(StepNote(step="2", is_key=True),)
    )
    issue, _ = published(Chain(), keyed)
    page = text(reader(Role.SUPERVISOR), at(issue.edition, "L1"))
    assert "4 步，4 个岗位，1 个关键环节；3 步写明了时限" in page
    assert "步骤「3 决定」没有时限" in page
    assert "各步时限按最长的一路加起来约 9 工作日" in page
    shown = text_of(address(issue, "powers", LICENCE, ""))
    picture = shown.partition("<svg")[2].partition("</svg>")[0]
    assert "受理 → 审查 → 决定 → 送达" in picture
    assert "3 工作日" in shown


class Samples:
    """A bureau whose lists are in force, and a township that drafts its own."""

    def __init__(self):
        self.county = County()
        self.kept = in_force(drafted(self.county.bureau, title="水利局清单"))
        own = replace(SOUND, powers=(power("Z1", "占道许可"), power("Z2", "评先", kind="reward")))
        self.draft = drafted(self.county.town, replace(own, flows=()), title="镇清单")
        self.keeper = reader(Role.LIST_KEEPER)

    def form(self, of="Z1"):
        where = at(self.draft).removesuffix("/")
        return text(self.keeper, f"{where}?power={of}")

    def post(self, **said):
        sent = {"code": "Z1-F1", "name": "占道许可流程", "power": "Z1", "layer": "unit"} | said
        return self.keeper.post(at(self.draft).removesuffix("/"), sent | {"confirmed": "yes"})

    def numbers(self, of="Z1"):
        page = self.form(of)
        choices = page.partition('name="sample"')[2].partition("</select>")[0].split("<option ")[1:]
        return {
            choice.partition(">")[2].partition("<")[0]: choice.partition('value="')[2].partition(
                '"'
            )[0]
            for choice in choices
        }


@on_database
def test_s3_07_a_flow_begins_with_one_in_force_of_its_class_and_that_one_stays():
    office = Samples()
    offered = office.numbers()
    assert [name for name in offered if "（" in name] == [
        "采砂许可（单位J）", "采砂许可（审批股）（单位J）",
    ]  # fmt: skip
    assert office.numbers("Z2") == {}  # no flow of rewards is in force
    number = offered["采砂许可（审批股）（单位J）"]
    both = office.post(sample=number, quick="受理→决定")
    assert (both.status_code, "步骤已经写在上面了" in both.content.decode()) == (400, True)
    assert office.post(sample="0").status_code == 400  # was not offered
    assert around(office.draft, "Z1-F1") is None
    assert office.post(sample=number).status_code == 302
    made, sample = around(office.draft, "Z1-F1").flow, around(office.kept, "L4").flow
    assert [(one.name, one.post, one.limit) for one in made.steps] == [
        (one.name, one.post, one.limit) for one in sample.steps
    ]
    assert (made.power, made.name, made.parent, made.layer) == (
        "Z1",
        "占道许可流程",
        "",
        Layer.UNIT,
    )
    assert not any(note.refines for note in made.notes)
    changing = {
        "edition": office.kept.reference,
        "item": replace(sample, name="改了"),
        "revision": None,
    }
    with pytest.raises(Exception, match="EDITION-02"):
        editing.put_item(**changing, **ACT)


@on_database
def test_s3_07_only_flows_in_force_that_the_keeper_may_see_are_samples():
    office = Samples()
    other = drafted(found_unit("K", "X"), title="科技局清单")
    assert len(office.numbers()) == 3  # with 不照着别的流程
    in_force(other)
    assert len(office.numbers()) == 5
    own = reader(Role.LIST_KEEPER, unit=office.county.town.reference)
    office.keeper = own
    assert office.numbers() == {}


def refined(third="L4", edition=SOUND, **said):
    """A flow of the office below that of the leader, which is below that of the unit."""
    middle = changed("flows", "L4", edition, layer=Layer.LEADER, name="采砂许可（分管领导）")
    notes = tuple(StepNote(step=str(n), refines=str(n)) for n in range(1, 5))
    office = {
        "code": "L5", "power": LICENCE, "name": "采砂许可（窗口）", "layer": Layer.POST,
        "parent": third, "graph": UNIT_FLOW, "notes": notes, "publication": OPEN,
    }  # fmt: skip
    return with_("flows", PowerFlow(**(office | said)), edition=middle)


def test_s3_08_s3_09_leaders_refine_the_unit_and_offices_refine_their_leader():
    assert told(refined(), "GJ206") == []
    leads = changed("flows", "L4", refined(), notes=(), graph=None)
    missing = told(leads, "GJ206")
    assert {one.item for one in missing} == {"L4"}  # the unit's steps that the leader leaves out
    short = replace(UNIT_FLOW, nodes=(*UNIT_FLOW.nodes[:3], *UNIT_FLOW.nodes[4:]))
    (office,) = told(refined(graph=short, notes=()), "GJ206")
    assert (office.item, "决定" in str(office.sentence)) == ("L5", True)
    (lost,) = told(refined("没有"), "GJ206")
    assert (lost.item, lost.field) == ("L5", "parent")


def test_s3_25_a_power_has_one_flow_in_use_and_any_number_that_are_not():
    second = PowerFlow(code="L9", power=LICENCE, name="另一套", graph=UNIT_FLOW, publication=OPEN)
    (two,) = told(with_("flows", second), "GJ201")
    assert (two.item, "2 套" in str(two.sentence)) == (LICENCE, True)
    assert told(with_("flows", replace(second, is_active=False)), "GJ201") == []
    for code, of in (("L2", STAFF), ("L3", FINE)):
        (none,) = told(without("flows", code), "GJ201")
        assert none.item == of
