"""Pages about one flow: who opens them, what they say while it is written, what is saved."""

import zlib
from base64 import b64encode
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from drafted import drafted
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.lists.words import ItemKind
from guiju.core.terms import Role
from guiju.define.flows.reads import around
from guiju.define.lists.actions import editing
from guiju.define.lists.models import Edition, Item
from guiju.exchange.bpmn import read_bpmn
from guiju.exchange.lists.step_sheet import sheet_rows, sheet_text
from organised import ACT, County
from readers import QUERIES, reader
from small_edition import SOUND

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[1] / "data"
FLOW = SOUND.flows[0]
ENDLESS = "序号\t步骤\t下一步\n1\t受理\t2\n2\t审核\t1\n"


@pytest.fixture
def county():
    return County()


@pytest.fixture
def edition(county):
    return drafted(county.bureau, title="水利局清单")


@pytest.fixture
def keeper(county):
    return reader(Role.LIST_KEEPER, unit=county.bureau.reference)


def at(edition, *more, code=FLOW.code):
    return "/flows/" + "/".join([edition.reference.partition(":")[2], code, *more]) + "/"


def saved(edition, code=FLOW.code):
    return around(edition, code)


def table(edition):
    return sheet_text(sheet_rows(saved(edition).flow))


def sent(edition, text, **more):
    return {"table": text, "seen": saved(edition).seen, "save": "yes"} | more


def page(response):
    return response.content.decode()


def test_s0_12_a_reader_sees_picture_proof_people_and_steps(edition, django_assert_max_num_queries):
    client = reader(Role.STAFF)
    client.get(at(edition))
    with django_assert_max_num_queries(QUERIES + 8):
        shown = page(client.get(at(edition)))
    for said in ("走得通", "<svg", "最少 4 人能办完（要求 3 人）", "12 工作日", "送达岗：送达"):
        assert said in shown, said
    assert "保存步骤表" not in shown
    assert page(client.get(f"/lists/{at(edition).split('/')[2]}/items/flow/{FLOW.code}/")).count(
        at(edition)
    )


def test_a_flow_is_opened_by_whom_the_lists_are_opened_and_changed_by_their_keeper(county, edition):
    assert reader(Role.STAFF, unit=county.town.reference).get(at(edition)).status_code == 404
    assert reader(Role.STAFF).get(at(edition, code="nothing")).status_code == 404
    other = reader(Role.LIST_KEEPER, unit=county.town.reference)
    for what in ("edit", "upload", "design"):
        assert reader(Role.STAFF).get(at(edition, what)).status_code == 404
        assert other.get(at(edition, what)).status_code == 404
    before = table(edition)
    for client in (reader(Role.STAFF), other):
        assert client.post(at(edition, "edit"), sent(edition, before)).status_code == 404
        assert client.post(at(edition, "check"), {"table": before}).status_code == 404


def test_s0_12_a_table_without_an_end_is_told_while_it_is_typed_and_saves_nothing(edition, keeper):
    before, events = table(edition), Event.objects.count()
    answer = keeper.post(at(edition, "check"), {"table": ENDLESS})
    shown = page(answer)
    assert answer.status_code == 200
    assert "怎样都走不到结束" in shown
    assert 'data-line="3" data-column="下一步"' in shown
    assert shown.count('class="line lit"') == 3
    assert (table(edition), Event.objects.count()) == (before, events)
    assert "走得通" in page(keeper.post(at(edition, "check"), {"table": before}))


def test_fifty_steps_are_judged_at_the_same_number_of_queries(
    edition, keeper, django_assert_max_num_queries
):
    rows = [{"序号": str(n), "步骤": f"步骤{n}", "岗位": f"岗{n % 7}"} for n in range(1, 51)]
    for text in (sheet_text(rows), sheet_text(rows[:2])):
        keeper.post(at(edition, "check"), {"table": text})
        with django_assert_max_num_queries(QUERIES + 7):
            assert "走得通" in page(keeper.post(at(edition, "check"), {"table": text}))


def test_what_is_typed_is_saved_with_an_event_and_once(edition, keeper):
    text = table(edition).replace("审查", "实地审查", 1)
    answer = keeper.post(at(edition, "edit"), sent(edition, text))
    assert (answer.status_code, answer["Location"]) == (302, at(edition))
    assert saved(edition).flow.steps[1].name == "实地审查"
    assert Event.objects.filter(kind="lists.item.changed").count() == 1
    assert "实地审查" in page(keeper.get(at(edition)))
    assert "实地审查" in page(keeper.get(at(edition, "edit")))


def test_a_table_that_is_no_flow_is_not_saved_and_not_lost(edition, keeper):
    before = table(edition)
    answer = keeper.post(at(edition, "edit"), sent(edition, ENDLESS))
    shown = page(answer)
    assert answer.status_code == 400
    assert "还没有保存" in shown
    assert "2\t审核\t1" in shown
    assert table(edition) == before


def test_who_changed_the_flow_meanwhile_is_heard_and_other_items_do_not_matter(edition, keeper):
    first = sent(edition, table(edition).replace("审查", "初审", 1))
    editing.put_item(edition=edition.reference, item=SOUND.powers[0], revision=None, **ACT)
    second = sent(edition, table(edition).replace("审查", "复审", 1))
    assert keeper.post(at(edition, "edit"), first).status_code == 302
    answer = keeper.post(at(edition, "edit"), second)
    assert (answer.status_code, "FLOWS-01" in page(answer)) == (409, True)
    assert "复审" in page(answer)
    assert saved(edition).flow.steps[1].name == "初审"
    assert (
        keeper.post(at(edition, "edit"), second | {"seen": saved(edition).seen}).status_code == 302
    )
    assert saved(edition).flow.steps[1].name == "复审"


def test_an_edition_that_is_no_draft_is_only_read(edition, keeper):
    text = sent(edition, table(edition))
    with wall.opened():
        Edition.objects.update(state="in_review")
    assert keeper.get(at(edition)).status_code == 200
    for answer in (
        keeper.get(at(edition, "edit")),
        keeper.post(at(edition, "edit"), text),
        keeper.post(at(edition, "upload"), {"xml": "<x/>"}),
    ):
        assert (answer.status_code, "EDITION-02" in page(answer)) == (403, True)


def test_a_step_that_goes_is_missed_by_the_risks_that_name_it(edition, keeper):
    gone = "\n".join(line for line in table(edition).splitlines() if not line.startswith("2\t"))
    shown = page(keeper.post(at(edition, "check"), {"table": gone.replace("\t2\t", "\t3\t", 1)}))
    bound = [one for one in saved(edition).bound if one.step == "2"]
    assert bound
    for one in bound:
        assert f"「{one.title}」写着第 2 步" in shown


def test_one_line_makes_a_first_table_and_a_flow_begins_with_it(edition, keeper):
    where = f"/flows/{edition.reference.partition(':')[2]}/"
    wanted = {"code": "NEW/1", "name": "新流程", "layer": "unit", "quick": "受理"}
    assert "请至少写两步" in page(keeper.post(where, wanted | {"confirmed": "yes"}))
    wanted["quick"] = ""
    assert keeper.post(where, wanted).status_code == 200
    assert saved(edition, "NEW/1") is None
    assert keeper.post(where, wanted | {"confirmed": "yes"})["Location"] == at(
        edition, "edit", code="NEW/1"
    )
    again = keeper.post(where, wanted | {"confirmed": "yes"})
    assert (again.status_code, "FLOWS-06" in page(again)) == (400, True)
    lost = keeper.post(where, wanted | {"code": "N2", "power": "none", "confirmed": "yes"})
    assert "FLOWS-07" in page(lost)
    address = at(edition, "edit", code="NEW/1")
    assert "生成步骤表" in page(keeper.get(address))
    assert "请至少写两步" in page(keeper.post(address, {"quick": "受理", "make": "yes"}))
    made = page(keeper.post(address, {"quick": "受理→审核→决定", "make": "yes"}))
    assert "3\t决定" in made
    assert "走得通" in made
    assert saved(edition, "NEW/1").flow.graph is None
    assert "还没有步骤" in page(keeper.get(at(edition, code="NEW/1")))


def test_s0_10_a_drawn_flow_is_looked_at_before_it_is_saved(edition, keeper):
    content = (DATA / "all_elements.bpmn").read_bytes()
    before = table(edition)
    sent_file = {"file": SimpleUploadedFile("流程.bpmn", content)}
    answer = keeper.post(at(edition, "upload"), sent_file)
    shown = page(answer)
    assert answer.status_code == 200
    assert "认出来的" in shown
    assert table(edition) == before
    (packed,) = (part.split('"')[0] for part in shown.split('name="content" value="')[1:])
    again = {"content": packed, "seen": saved(edition).seen, "save": "yes"}
    assert keeper.post(at(edition, "upload"), again | {"seen": "x"}).status_code == 409
    assert keeper.post(at(edition, "upload"), again).status_code == 302
    flow = saved(edition).flow
    read = read_bpmn(content).flow
    assert [node.id for node in flow.graph.nodes] == [node.id for node in read.nodes]
    assert all(node.number for node in flow.steps)


def test_s0_10_a_flow_comes_back_from_its_own_file_with_numbers_and_notes(edition, keeper):
    before = saved(edition).flow
    files = {form: keeper.get(at(edition, "as", form)) for form in ("bpmn", "xlsx", "svg")}
    assert all(one.status_code == 200 for one in files.values())
    assert all("attachment" in one["Content-Disposition"] for one in files.values())
    assert files["xlsx"].content[:2] == b"PK"
    assert b"<svg" in files["svg"].content
    xml = files["bpmn"].content.decode()
    answer = keeper.post(
        at(edition, "upload"), {"xml": xml, "seen": saved(edition).seen, "save": "yes"}
    )
    assert answer.status_code == 302
    after = saved(edition).flow
    assert [(node.number, node.name, node.post, node.limit) for node in after.steps] == [
        (node.number, node.name, node.post, node.limit) for node in before.steps
    ]
    assert after.notes == before.notes
    assert keeper.get(at(edition, "as", "exe")).status_code == 404


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"


@pytest.mark.parametrize(
    ("sent_", "code"),
    [
        ({}, "FLOWS-04"),
        ({"xml": BOMB}, "XML-0"),
        ({"xml": "<html/>"}, "BPMN-01"),
        ({"xml": "x" * (513 * 1024)}, "FLOWS-04"),
        ({"xml": "\x00"}, "XML-0"),
        ({"content": b64encode(zlib.compress(b"<" * 10**8)).decode()}, "FLOWS-04"),
        ({"content": "no"}, "FLOWS-04"),
    ],
    ids=["nothing", "entities", "other", "large", "control", "packed_bomb", "not_packed"],
)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_written(edition, keeper, sent_, code):
    before, events = table(edition), Event.objects.count()
    for more in ({}, {"save": "yes", "seen": saved(edition).seen}):
        answer = keeper.post(at(edition, "upload"), sent_ | more)
        assert (answer.status_code, code in page(answer)) == (400, True)
    assert (table(edition), Event.objects.count()) == (before, events)


def test_a_file_with_several_flows_asks_which_one(edition, keeper):
    two = "".join(
        f'<process id="{name}"><startEvent id="{name}s"/><task id="{name}t" name="办"/>'
        f'<endEvent id="{name}e"/><sequenceFlow id="{name}1" sourceRef="{name}s" targetRef='
        f'"{name}t"/><sequenceFlow id="{name}2" sourceRef="{name}t" targetRef="{name}e"/></process>'
        for name in ("one", "two")
    )
    xml = f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">{two}</definitions>'
    asked = keeper.post(at(edition, "upload"), {"xml": xml})
    assert (asked.status_code, 'name="process"' in page(asked)) == (400, True)
    assert keeper.post(at(edition, "upload"), {"xml": xml, "process": "two"}).status_code == 200


def test_forms_need_their_token_and_a_session(edition):
    bare = Client(enforce_csrf_checks=True)
    assert bare.post(at(edition, "edit"), {"table": ENDLESS}).status_code in (302, 403, 404)
    assert Item.objects.filter(kind=ItemKind.FLOW.value).count() == len(SOUND.flows)


def test_s0_10_where_elements_were_drawn_comes_back_until_the_flow_leads_elsewhere(edition, keeper):
    xml = keeper.get(at(edition, "as", "bpmn")).content.decode()
    moved = xml.replace('x="84"', 'x="97"', 1)
    assert moved != xml
    wanted = {"xml": moved, "seen": saved(edition).seen, "save": "yes"}
    assert keeper.post(at(edition, "upload"), wanted).status_code == 302
    assert 'x="97"' in keeper.get(at(edition, "as", "bpmn")).content.decode()
    words = table(edition).replace("审查", "初审", 1)
    keeper.post(at(edition, "edit"), sent(edition, words))
    assert 'x="97"' in keeper.get(at(edition, "as", "bpmn")).content.decode()
    other = table(edition).replace("\t2\t", "\t2、结束\t", 1)
    assert keeper.post(at(edition, "edit"), sent(edition, other)).status_code == 302
    assert saved(edition).flow.graph.layout == ()


def test_a_flow_of_many_steps_is_saved_and_changed_whole(edition, keeper):
    rows = [
        {"序号": str(n), "步骤": f"第{n}步：审查材料是否齐全", "岗位": f"行政审批岗{n % 9}"}
        for n in range(1, 121)
    ]
    for text in (sheet_text(rows), sheet_text([*rows, {"序号": "121", "步骤": "归档"}])):
        assert keeper.post(at(edition, "edit"), sent(edition, text)).status_code == 302
    assert len(saved(edition).flow.steps) == 121
