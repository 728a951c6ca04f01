"""C1 through the product's own pages: what each requirement asks, the whole of its sentence."""

import re
from datetime import date

import pytest
from django.utils import timezone

from acting import address, confirmed
from guiju.base.org.models import Body, Post, Unit
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.terms import Role
from organised import County, appoint, found_post, found_unit
from readers import make_account, reader, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county():
    return County()


@pytest.fixture
def keeper():
    return reader(Role.ORG_KEEPER)


def today():
    return str(timezone.localdate())


def text(browser, at, **query):
    answer = browser.get(at, query)
    assert answer.status_code == 200, at
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_s0_06_from_unit_to_post_to_duty_and_power_to_posts_by_grade(county, keeper):
    post = {"level": "deputy", "founded": today(), "functions": ["finance", "procurement"]}
    at = address("org:post_founding", county.bureau)
    filled = {"code": "J-05", "name": "总会计师", "duties": "审核支付、管理合同", **post}
    assert confirmed(keeper, at, **filled).status_code == 302
    made = Post.objects.get(code="J-05")
    assert "单位J" in text(keeper, "/org/")
    unit = text(keeper, address("org:unit", county.bureau))
    assert unit.index("岗位J-01") < unit.index("总会计师")  # the head first, then the deputies
    page = text(keeper, address("org:post", made))
    for word in ("审核支付、管理合同", "财务", "副职"):
        assert word in page
    barred = {**filled, "code": "J-06", "name": "会计", "barred": ["finance"]}
    refused = confirmed(keeper, at, **barred)
    assert refused.status_code == 400
    assert "ORG-51" in refused.content.decode()


def test_s0_07_a_key_post_must_have_a_longest_tenure_and_others_need_none(county, keeper):
    page = text(keeper, "/org/keys/")
    assert "没有定最长任期" not in page
    found_post("J1-08", "J1", is_key=True)
    found_post("J1-09", "J1")
    page = text(keeper, "/org/keys/")
    assert "1 个关键岗位没有定最长任期" in page
    assert "单位J1 · 岗位J1-08" in page
    assert "岗位J1-09" not in page
    row = Post.objects.get(code="J1-08")
    filled = {"code": "J1-08", "name": "岗位J1-08", "level": "staff", "founded": "2015-01-01"}
    limited = {**filled, "is_key": "on", "most_years": "3"}
    assert confirmed(keeper, address("org:post_changing", row), **limited).status_code == 302
    assert "没有定最长任期" not in text(keeper, "/org/keys/")


KINDS = (
    UnitKind.TOWNSHIP,
    UnitKind.DEPARTMENT,
    UnitKind.PEOPLES_ORGANISATION,
    UnitKind.INSTITUTION,
)


def test_s2_01_all_who_are_supervised_are_registered_with_their_leading_bodies(county, keeper):
    for number, kind in enumerate(KINDS):
        found_unit(f"K{number}", "X", kind=kind)
        listed = text(keeper, "/org/units/", kind=kind.value)
        assert f"单位K{number}" in listed
        assert f"单位K{number - 1}" not in listed
    body = {"name": "城关镇领导班子", "kind": "leadership", "host": "K0", "founded": today()}
    at = address("org:body_founding", Unit.objects.get(code="K0"))
    assert confirmed(keeper, at, **body).status_code == 302
    made = Body.objects.get()
    for code, role in (("P1", "chair"), ("P2", "member")):
        joining = {"role": role, "person": code, "start": today()}
        assert confirmed(keeper, address("org:member_adding", made), **joining).status_code == 302
    assert "城关镇领导班子" in text(keeper, "/org/bodies/", kind="leadership")
    page = text(keeper, address("org:body", made))
    for word in ("人员P1", "人员P2", "组长"):
        assert word in page
    assert "城关镇领导班子" in text(keeper, address("org:person", county.people[1]))


def test_s3_02_down_to_the_village_whose_keeper_sees_and_does_only_what_is_its_own(county):
    office = found_unit("Z1", "Z", kind=UnitKind.OFFICE)
    village = found_unit("Z1V", "Z1", kind=UnitKind.VILLAGE)
    assert village.path.count("/") == 4
    here = reader(Role.ORG_KEEPER, unit=village.reference)
    tree = text(here, "/org/")
    assert "单位Z1V" in tree
    assert "单位J" not in tree
    filled = {"code": "V-01", "name": "村主任", "level": "head", "founded": today()}
    assert confirmed(here, address("org:post_founding", village), **filled).status_code == 302
    assert here.get(address("org:post_founding", office)).status_code == 404


def test_s3_50_each_level_does_its_own_and_sees_the_others_as_its_role_lets_it(county):
    above, below = (
        reader(Role.ORG_KEEPER, unit=one.reference) for one in (county.bureau, county.office)
    )
    staff = reader(Role.STAFF, unit=county.bureau.reference)
    for browser, unit, status in (
        (above, county.bureau, 200),
        (above, county.office, 200),
        (below, county.office, 200),
        (below, county.bureau, 404),
        (above, county.county, 404),
        (staff, county.bureau, 404),
    ):
        assert browser.get(address("org:unit_renaming", unit)).status_code == status
    assert staff.get(address("org:unit", county.bureau)).status_code == 200
    matrix = text(reader(Role.SECURITY_ADMIN), "/access/matrix/")
    for role in Role:
        assert str(role.label) in matrix


def test_s0_08_s0_44_s1_01_the_map_of_who_answers_follows_each_appointment(county, keeper):
    page = text(keeper, address("org:unit", county.bureau))
    assert "空缺" in page
    filled = {"person": "P1", "kind": "regular", "start": "2026-01-01"}
    assert confirmed(keeper, address("org:appointing", county.head), **filled).status_code == 302
    page = text(keeper, address("org:unit", county.bureau))
    assert re.search("第一责任人.*人员P1", page)
    then = text(keeper, address("org:unit", county.bureau), on="2025-12-31")
    assert "人员P1" not in then
    assert "领导责任" in text(keeper, address("org:person", county.people[0]))
    below = text(keeper, address("org:unit", county.office))
    assert "人员P1" in below  # an office without a head is answered for from above


def test_s2_75_s2_78_the_office_at_the_discipline_office_and_a_liaison_of_each_member(
    county, keeper
):
    office = found_unit("JW", "X", kind=UnitKind.SUPERVISOR)
    body = {"name": "联席会议", "kind": "joint_conference", "host": "X", "office": "JW",
            "founded": today()}  # fmt: skip
    at = address("org:body_founding", county.county)
    assert confirmed(keeper, at, **body).status_code == 302
    made = Body.objects.get()
    joining = {"role": "member_unit", "unit": "J", "start": today()}
    assert confirmed(keeper, address("org:member_adding", made), **joining).status_code == 302
    assert "单位J还没有确定联络员" in text(keeper, "/org/bodies/")
    named = {"role": "liaison", "person": "P1", "unit": "J", "start": today()}
    assert confirmed(keeper, address("org:member_adding", made), **named).status_code == 302
    assert "还没有确定联络员" not in text(keeper, "/org/bodies/")
    assert "办公室在本单位" in text(keeper, address("org:unit_bodies", office))


def test_s4_12_form_1_names_body_role_person_post_and_term(county, keeper):
    appoint(county.people[0], county.head)
    body = {"name": "防控领导小组", "kind": "leading_group", "host": "J", "office": "J1",
            "founded": today()}  # fmt: skip
    assert confirmed(keeper, address("org:body_founding", county.bureau), **body).status_code == 302
    made = Body.objects.get()
    ends = date(timezone.localdate().year + 3, 1, 1)
    chair = {"role": "chair", "person": "P1", "post": "J-01", "start": today(), "end": str(ends)}
    assert confirmed(keeper, address("org:member_adding", made), **chair).status_code == 302
    page = text(keeper, address("org:body", made))
    for word in ("防控领导小组", "组长", "人员P1", "岗位J-01", "单位J1", str(ends.year)):
        assert word in page
    other = sign_in(make_account(Role.STAFF, unit=county.town.reference))
    assert other.get(address("org:body", made)).status_code == 404
    assert LeaderLevel.HEAD.value == county.head.leader_level
