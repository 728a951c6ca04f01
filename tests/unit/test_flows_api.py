"""One flow for programs: read, tried, put, taken as a file."""

import pytest

from api_story import QUERIES_OF_DETAIL, is_problem, program
from drafted import drafted
from guiju.core.terms import Role
from organised import County
from small_edition import SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

ENDLESS = "序号\t步骤\t下一步\n1\t受理\t2\n2\t审核\t1\n"


@pytest.fixture
def county():
    return County()


@pytest.fixture
def where(county):
    found = drafted(county.bureau, title="水利局清单")
    return f"/flows/{found.reference.partition(':')[2]}/{SOUND.flows[0].code}"


@pytest.fixture
def keeper(county):
    return program(Role.LIST_KEEPER, unit=county.bureau.reference)


def put(one, where, body):
    return one.ask("PUT", f"{where}/table", body)


def test_a_flow_with_what_is_known_of_it(where, keeper, django_assert_max_num_queries):
    keeper.get(where)
    with django_assert_max_num_queries(QUERIES_OF_DETAIL):
        found = keeper.get(where)
    assert (found["code"], found["verdict"]["is_sound"]) == (SOUND.flows[0].code, True)
    assert found["verdict"]["fewest"] == "最少 4 人能办完（要求 3 人）。"
    assert [step["步骤"] for step in found["steps"]][:2] == ["受理", "审查"]
    for form, begins in (("bpmn", b"<?xml"), ("svg", b"<svg ")):
        answer = keeper.ask("GET", f"{where}/{form}")
        assert (answer.status_code, answer.content[:5]) == (200, begins)
    is_problem(keeper.ask("GET", where + "9"), 404, "API-01")


def test_s0_12_a_table_is_tried_without_being_saved(where, keeper):
    before = keeper.get(where)
    tried = keeper.post(f"{where}/check", {"table": ENDLESS})
    assert tried["is_sound"] is False
    assert [(one["row"], one["column"], one["code"]) for one in tried["wrong"]] == [
        (2, "下一步", "STEP-14"), (3, "下一步", "STEP-14"),
    ]  # fmt: skip
    assert keeper.post(f"{where}/check", {"table": before["table"]})["is_sound"] is True
    assert keeper.get(where) == before


def test_a_table_is_put_by_whoever_saw_the_flow(where, keeper):
    before = keeper.get(where)
    text = before["table"].replace("审查", "初审", 1)
    is_problem(put(keeper, where, {"table": ENDLESS, "seen": before["seen"]}), 400, "STEP-14")
    is_problem(put(keeper, where, {"table": text, "seen": "0" * 64}), 409, "FLOWS-01")
    answer = put(keeper, where, {"table": text, "seen": before["seen"]})
    assert answer.status_code == 200, answer.content.decode()
    after = keeper.get(where)
    assert answer.json() == after
    assert after["steps"][1]["步骤"] == "初审"
    is_problem(put(keeper, where, {"table": text, "seen": before["seen"]}), 409, "FLOWS-01")


def test_who_does_not_keep_the_lists_reads_alone(where, county):
    one = program(Role.STAFF)
    seen = one.get(where)["seen"]
    is_problem(one.ask("POST", f"{where}/check", {"table": ENDLESS}), 404, "API-01")
    is_problem(put(one, where, {"table": ENDLESS, "seen": seen}), 404, "API-01")
    other = program(Role.LIST_KEEPER, unit=county.town.reference)
    is_problem(other.ask("GET", where), 404, "API-01")
