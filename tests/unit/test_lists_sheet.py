"""One power on a page, chains with holes, posts, documents: the lists from all sides."""

from dataclasses import replace
from datetime import date

from guiju.core.flow.model import Edge
from guiju.core.lists.bindings import Tie, bindings
from guiju.core.lists.coverage import Hole, coverage, holes_of
from guiju.core.lists.model import Edition, Power
from guiju.core.lists.powers import Duty, LegalBasis, NegativeItem
from guiju.core.lists.proof import proof_of
from guiju.core.lists.regulations import cited, regulations
from guiju.core.lists.risks import Control
from guiju.core.lists.sheet import sheet_of
from guiju.core.lists.words import (
    BasisStatus,
    ControlState,
    ItemKind,
    Layer,
    PowerState,
    RiskState,
)
from small_edition import (
    FINE,
    LICENCE,
    POSTS,
    SOUND,
    STAFF,
    TODAY,
    UNIT_FLOW,
    changed,
    control,
    held_by,
    risk,
    with_,
    with_flow,
    with_step,
    without,
)

ALL = SOUND.powers[0]
NEGATIVES = SOUND.negatives


def of(code, edition=SOUND):
    """What belongs to a power, as the store gives it."""
    own = [one for one in edition.items() if getattr(one, "power", None) == code]
    named = {one.code for one in own if one.item_kind is ItemKind.RISK}
    return [*own, *(one for one in edition.controls if one.risk in named)]


def page(code=LICENCE, edition=SOUND, main=()):
    power = next(one for one in edition.powers if one.code == code)
    return sheet_of(power, of(code, edition), main, negatives=NEGATIVES)


def holes(edition):
    return {hole: count for hole, count in holes_of(coverage(edition)).items() if count}


def test_s3_49_a_page_has_the_flow_of_the_unit_and_numbers_risks_by_grade():
    sheet = page()
    assert sheet.flow.code == "L1"
    assert [one.code for one in sheet.finer] == ["L4"]
    assert [(one.number, one.risk.code, one.risk.grade) for one in sheet.risks] == [
        (1, "R4", 1), (2, "R1", 2),
    ]  # fmt: skip
    assert [[c.code for c in one.controls] for one in sheet.risks] == [["C4"], ["C1"]]
    assert sheet.bases == SOUND.bases[:1]
    assert sheet.negatives == NEGATIVES
    assert sheet.posts == ("审批股长", "窗口", "分管副局长", "送达岗")


def test_a_risk_of_a_finer_flow_is_marked_at_the_step_that_it_refines():
    (first, second) = page().risks
    assert first.risk.flow == "L4"
    assert (first.step.number, second.step.number) == ("2", "2")
    lost = changed("flows", "L4", notes=())
    assert page(edition=lost).risks[0].step is None


def test_closed_risks_and_controls_that_were_given_up_are_not_on_the_page():
    closed = page(edition=changed("risks", "R4", state=RiskState.CLOSED))
    assert [one.risk.code for one in closed.risks] == ["R1"]
    gone = page(edition=changed("controls", "C4", state=ControlState.RETIRED))
    assert gone.risks[0].controls == ()


def test_the_grade_is_the_power_s_own_or_that_of_its_gravest_risk():
    assert page(edition=changed("powers", LICENCE, grade=3)).grade == 3
    assert page(edition=changed("powers", LICENCE, grade=None)).grade == 1
    bare = changed("powers", STAFF, grade=None, edition=without("risks", "R2"))
    assert page(STAFF, bare).grade is None


def test_a_sub_item_borrows_what_it_does_not_say_itself():
    sub = Power(code="S1", name="补办采砂许可", parent=LICENCE)
    own = LegalBasis(code="Y9", power="S1", name="县采砂办法", article="第三条")
    main = [ALL, *of(LICENCE)]
    sheet = sheet_of(sub, [own], main, negatives=())
    assert sheet.main == ALL
    assert sheet.bases == (own,)
    assert sheet.flow.code == "L1"
    assert [one.risk.code for one in sheet.risks] == ["R4", "R1"]
    assert ItemKind.FLOW in sheet.lent
    assert ItemKind.BASIS not in sheet.lent


def test_s0_27_the_number_of_people_counts_holders_deputies_and_empty_posts():
    assert proof_of(UNIT_FLOW, POSTS, TODAY).number == 4
    one = held_by("王明", POSTS["窗口"].level)
    two = {**POSTS, "审批股长": one, "送达岗": one}
    assert proof_of(UNIT_FLOW, two, TODAY).number == 2
    lent = {**POSTS, "审批股长": replace(POSTS["审批股长"], deputies=("王明",))}
    assert proof_of(UNIT_FLOW, lent, TODAY).number == 3
    unknown = {name: post for name, post in POSTS.items() if name != "送达岗"}
    found = proof_of(UNIT_FLOW, unknown, TODAY)
    assert (found.number, found.unheld) == (4, ("送达岗",))
    assert len(proof_of(UNIT_FLOW, POSTS, date(2020, 1, 1)).unheld) == 4


def test_a_flow_that_cannot_be_gone_through_is_said_to_be_so():
    broken = replace(UNIT_FLOW, edges=(*UNIT_FLOW.edges[:-1], Edge("x", "s4", "s1")))
    found = proof_of(broken, POSTS, TODAY)
    assert not found.is_sound
    assert found.number is None
    assert proof_of(UNIT_FLOW, POSTS, TODAY).is_sound


def test_s3_49_a_sound_edition_has_no_hole_and_a_row_for_each_chain():
    rows = coverage(SOUND)
    assert holes(SOUND) == {}
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert {row.control.code for row in rows if row.control} == {"C1", "C2", "C3", "C4"}
    assert sum(row.step is not None for row in rows) == 16
    named = {(row.flow.code, row.step.number) for row in rows if row.risk}
    assert named == {("L1", "2"), ("L2", "2"), ("L3", "2"), ("L4", "2")}


def test_each_hole_is_found_where_it_is_and_nowhere_else():
    cases = {
        Hole.NO_FLOW: without("flows", "L3", changed("risks", "R3", flow="", step="")),
        Hole.NO_STEPS: with_flow(None, "L3", changed("risks", "R3", flow="", step="")),
        Hole.NO_POST: with_step(2, code="L3", post=" "),
        Hole.NO_RISK: without("risks", "R3", without("controls", "C3")),
        Hole.UNPLACED: changed("risks", "R3", step="7"),
        Hole.UNGRADED: changed("risks", "R3", grade=None),
        Hole.NO_CONTROL: without("controls", "C3"),
        Hole.NO_OWNER: changed("controls", "C3", post=""),
        Hole.NO_SUPERVISOR: changed("controls", "C3", supervisor=" "),
    }
    assert set(cases) == set(Hole)
    for hole, edition in cases.items():
        found = holes(edition)
        assert found.pop(hole) == 1, hole
        assert set(found) <= {Hole.UNPLACED}, hole
        (row,) = (row for row in coverage(edition) if hole in row.holes)
        assert row.power.code == FINE


def test_what_says_nothing_or_was_given_up_controls_nothing():
    for said in ({"text": "按规定执行"}, {"state": ControlState.RETIRED}):
        assert holes(changed("controls", "C3", **said)) == {Hole.NO_CONTROL: 1}


def test_sub_items_need_no_flow_of_their_own_and_main_items_none_beside_theirs():
    sub = with_("powers", Power(code="S1", name="补办", parent=LICENCE))
    assert holes(sub) == {}
    group = with_(
        "powers", Power(code="G1", name="总项"), Power(code="G2", name="分项", parent="G1")
    )
    assert holes(group) == {Hole.NO_FLOW: 1, Hole.NO_RISK: 1}


def test_repealed_powers_and_closed_risks_have_no_chains_and_risks_without_a_power_have():
    gone = changed("powers", FINE, state=PowerState.REPEALED)
    rows = coverage(gone)
    assert FINE not in {row.power.code for row in rows if row.power}
    assert "R3" not in {row.risk.code for row in rows if row.risk}
    assert holes(changed("risks", "R3", state=RiskState.CLOSED)) == {Hole.NO_RISK: 1}
    loose = with_(
        "controls",
        control("C9", "R9", "每年谈话一次"),
        edition=with_("risks", risk("R9", "", "", "", "思想松懈", layer=Layer.PERSON)),
    )
    (row,) = (row for row in coverage(loose) if row.power is None)
    assert (row.risk.code, row.control.code, row.holes) == ("R9", "C9", ())


def test_s0_13_everything_that_names_a_post_binds_it():
    told = [(one.tie, one.item.code) for one in bindings(SOUND.items(), ["分管副局长"])]
    assert told == [
        (Tie.LEADS, LICENCE), (Tie.LEADS, STAFF), (Tie.LEADS, FINE),
        (Tie.ACTS, "L1"), (Tie.ACTS, "L2"), (Tie.ACTS, "L3"), (Tie.ACTS, "L4"),
    ]  # fmt: skip
    head = [(one.tie, one.item.code) for one in bindings(SOUND.items(), ["局长"])]
    assert head == [(Tie.BARRED, "N1"), *((Tie.WATCHES, f"C{n}") for n in range(1, 5))]
    duty = with_("duties", Duty(code="Z9", power=FINE, text="归档", owner="窗口"))
    assert (Tie.DUTY, "Z9") in {(o.tie, o.item.code) for o in bindings(duty.items(), ["窗口"])}
    assert bindings(SOUND.items(), ["没有的岗位"]) == []


def test_s4_03_a_name_that_stands_nowhere_as_a_post_is_no_post():
    named = {one.post for one in bindings(SOUND.items())}
    assert named == {"审批股长", "窗口", "分管副局长", "送达岗", "局长"}
    person = changed("powers", FINE, leader="李四光")
    assert "李四光" not in {one.post for one in bindings(person.items())}
    gone = changed("powers", FINE, state=PowerState.REPEALED, post="旧岗")
    assert "旧岗" not in {one.post for one in bindings(gone.items())}


def test_s4_03_documents_are_one_however_their_title_is_written():
    edition = with_(
        "bases",
        LegalBasis(
            code="Y8", power=FINE, name="《中华人民共和国水法》", article="第七十二条",
            doc_no="主席令第74号", status=BasisStatus.AMENDED,
        ),
        edition=changed("controls", "C1", basis_rule="见《中华人民共和国水法》和《取水办法》"),
    )  # fmt: skip
    by_title = {one.title: one for one in regulations(edition)}
    law = by_title["中华人民共和国水法"]
    assert list(law.powers) == [LICENCE, FINE]
    assert [one.code for one in law.controls] == ["C1"]
    assert law.articles == ("第三十九条", "第七十二条")
    assert (law.status, law.doc_no) == (BasisStatus.AMENDED, "主席令第74号")
    assert [one.code for one in by_title["取水办法"].controls] == ["C1"]
    assert by_title["取水办法"].status is None


def test_documents_without_anything_that_rests_on_them_are_left_out():
    gone = changed("powers", FINE, state=PowerState.REPEALED)
    assert "河道管理条例" not in {one.title for one in regulations(gone)}
    assert regulations(Edition()) == []
    assert cited("") == ()
    assert cited("局机关财务制度") == ("局机关财务制度",)
    assert cited("《甲》第一条；《乙》") == ("甲", "乙")
    assert regulations(Edition(controls=(Control(code="1", basis_rule="——"),))) == []


def test_negatives_of_other_posts_are_not_asked_for_by_the_page_itself():
    item = NegativeItem(code="N2", post="审批股长", act="不得插手")
    assert sheet_of(ALL, [], negatives=[item]).negatives == (item,)
