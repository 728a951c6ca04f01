"""Units, posts, people and bodies by form: what is shown, asked, done and refused."""

import pytest
from django.utils import timezone

from acting import address, asked, confirmed
from guiju.base.org.models import Body, BodyMember, Interest, Person, Post, Unit, UnitVersion
from guiju.base.org.reads.people import sealed
from guiju.core.access import EVERYWHERE
from guiju.core.terms import Role
from organised import County, appoint, enter_person, found_post
from readers import make_account, reader, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def county():
    return County()


@pytest.fixture
def keeper():
    return reader(Role.ORG_KEEPER)


def today():
    return str(timezone.localdate())


def unit(**changes):
    return {"code": "J2", "name": "预算科", "kind": "office", "founded": today(), **changes}


def test_a_unit_is_founded_below_another_one(county, keeper):
    at = address("org:unit_founding", county.bureau)
    assert "隶属「单位J」" in asked(keeper, at, **unit()).content.decode()
    assert confirmed(keeper, at, **unit()).status_code == 302
    assert Unit.objects.get(code="J2").parent == county.bureau


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"code": "J1"}, "code", "ORG-02"),
        ({"credit_code": "123456789012345679"}, "credit_code", "ORG-"),
        ({"area_code": "12"}, "area_code", "ORG-"),
    ],
)
def test_what_is_wrong_with_a_unit_stands_beside_its_field(county, keeper, changes, field, code):
    at = address("org:unit_founding", county.bureau)
    answer = confirmed(keeper, at, **unit(**changes))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert code in text
    assert f'id="id_{field}_error"' in text
    assert "预算科" in text


def test_only_who_edits_everywhere_founds_at_the_top(county, keeper):
    at = address("org:unit_founding_top")
    assert reader(Role.ORG_KEEPER, unit=county.county.reference).get(at).status_code == 404
    assert confirmed(keeper, at, **unit(profile="county")).status_code == 302
    assert Unit.objects.get(code="J2").parent is None


def test_a_unit_is_renamed_and_its_old_name_is_kept(county, keeper):
    at = address("org:unit_renaming", county.bureau)
    filled = {"name": "财政局", "short_name": "", "on": today(), "document": "示〔2026〕1号"}
    assert "「单位J」改称「财政局」" in asked(keeper, at, **filled).content.decode()
    assert confirmed(keeper, at, **filled).status_code == 302
    names = UnitVersion.objects.filter(unit=county.bureau).order_by("number")
    assert [one.name for one in names] == ["单位J", "财政局"]


def test_a_unit_is_corrected_and_nothing_changed_is_said_so(county, keeper):
    at = address("org:unit_changing", county.bureau)
    same = {"code": "J", "kind": "department", "founded": "2015-01-01"}
    assert "ORG-66" in confirmed(keeper, at, **same).content.decode()
    assert confirmed(keeper, at, **same, is_key="on").status_code == 302
    assert Unit.objects.get(code="J").is_key


def test_a_unit_is_moved_and_never_below_itself(county, keeper):
    at = address("org:unit_moving", county.office)
    assert confirmed(keeper, at, parent="Z", on=today()).status_code == 302
    assert Unit.objects.get(code="J1").parent == county.town
    refused = confirmed(keeper, address("org:unit_moving", county.bureau), parent="J", on=today())
    assert refused.status_code == 400
    assert "ORG-05" in refused.content.decode()
    assert 'id="id_parent_error"' in refused.content.decode()


def test_a_keeper_cannot_move_a_unit_out_of_their_scope(county):
    here = reader(Role.ORG_KEEPER, unit=county.bureau.reference)
    answer = asked(here, address("org:unit_moving", county.office), parent="Z", on=today())
    assert answer.status_code == 400
    assert "不归您管理" in answer.content.decode()


def test_units_are_merged_into_one_that_goes_on_or_a_new_one(county, keeper):
    at = address("org:unit_merging", county.office)
    need = {"how": "old", "on": today()}
    assert 'id="id_target_error"' in asked(keeper, at, **need).content.decode()
    question = asked(keeper, at, **need, target="Z", second="").content.decode()
    assert "「单位J1」并为「单位Z」" in question
    new = {"how": "new", "code": "N", "name": "新局", "kind": "department", "on": today()}
    assert confirmed(keeper, at, **new, second="单位Z").status_code == 302
    assert Unit.objects.get(code="Z").abolished_date == timezone.localdate()
    assert Unit.objects.get(code="N").abolished_date is None


def test_a_unit_is_split_and_everybody_goes_where_chosen(county, keeper):
    one = enter_person("P9", county.office)
    filled = {"on": today(), f"share_{one.reference}": "1"}
    for number, code in ((1, "K1"), (2, "K2")):
        filled |= {f"code_{number}": code, f"name_{number}": code, f"kind_{number}": "office"}
    assert (
        confirmed(keeper, address("org:unit_splitting", county.office), **filled).status_code == 302
    )
    assert Person.objects.get(code="P9").home.code == "K2"


def test_a_unit_in_which_something_is_left_is_not_dissolved(county, keeper):
    at = address("org:unit_dissolving", county.bureau)
    assert "ORG-07" in confirmed(keeper, at, on=today()).content.decode()
    assert (
        confirmed(keeper, address("org:unit_dissolving", county.office), on=today()).status_code
        == 302
    )


def post(**changes):
    return {"code": "J-05", "name": "会计", "level": "staff", "founded": today(), **changes}


def test_a_post_is_founded_corrected_and_abolished(county, keeper):
    at = address("org:post_founding", county.bureau)
    filled = post(is_key="on", most_years="5", functions=["finance"], incompatible="J1-01、J1-02")
    question = asked(keeper, at, **filled).content.decode()
    assert "列入关键岗位" in question
    assert "满 5 年" in question
    assert confirmed(keeper, at, **filled).status_code == 302
    made = Post.objects.get(code="J-05")
    assert made.functions == ["finance"]
    shown = keeper.get(address("org:post_changing", made)).content.decode()
    assert 'value="J1-01、J1-02"' in shown
    changed = confirmed(keeper, address("org:post_changing", made), **post(name="主办会计"))
    assert changed.status_code == 302
    assert confirmed(keeper, address("org:post_abolishing", made), on=today()).status_code == 400
    later = {"on": "2027-01-01"}
    assert confirmed(keeper, address("org:post_abolishing", made), **later).status_code == 302


def test_a_post_that_somebody_holds_is_not_abolished(county, keeper):
    appoint(county.people[0], county.head)
    answer = confirmed(keeper, address("org:post_abolishing", county.head), on=today())
    assert "ORG-19" in answer.content.decode()
    assert 'id="id_on_error"' in answer.content.decode()


def test_an_unknown_incompatible_post_is_said_beside_it(county, keeper):
    at = address("org:post_founding", county.bureau)
    text = confirmed(keeper, at, **post(incompatible="没有")).content.decode()
    assert 'id="id_incompatible_error"' in text


def person(**changes):
    return {"code": "P8", "name": "周晓岚", "home": "单位J J", "id_number": ID_NUMBER, **changes}


def test_a_person_is_entered_and_what_is_sealed_is_never_shown_again(county, keeper):
    at = address("org:person_entering", county.bureau)
    assert confirmed(keeper, at, **person()).status_code == 302
    made = Person.objects.get(code="P8")
    change = address("org:person_changing", made)
    assert ID_NUMBER not in keeper.get(change).content.decode()
    assert confirmed(keeper, change, **person(name="周晓兰", id_number="")).status_code == 302
    assert sealed(made.reference, EVERYWHERE) == (ID_NUMBER, "")
    assert Person.objects.get(code="P8").name == "周晓兰"


@pytest.mark.parametrize(
    ("number", "code"), [("110105194912310021", "ORG-"), (ID_NUMBER, "ORG-10")]
)
def test_a_wrong_or_known_id_number_stands_beside_its_field(county, keeper, number, code):
    enter_person("P7", county.bureau, id_number=ID_NUMBER)
    at = address("org:person_entering", county.bureau)
    text = confirmed(keeper, at, **person(id_number=number)).content.decode()
    assert code in text
    assert 'id="id_id_number_error"' in text


def test_letting_somebody_go_names_the_posts_that_end(county, keeper):
    appoint(county.people[0], county.head)
    at = address("org:person_leaving", county.people[0])
    assert "「岗位J-01」" in asked(keeper, at, on=today()).content.decode()
    assert confirmed(keeper, at, on=today()).status_code == 302
    assert Person.objects.get(code="P1").left_date == timezone.localdate()


def body(**changes):
    return {
        "name": "联席会议",
        "kind": "joint_conference",
        "host": "J",
        "founded": today(),
        **changes,
    }


def test_a_body_is_set_up_gets_members_loses_them_and_is_dissolved(county, keeper):
    assert (
        confirmed(keeper, address("org:body_founding", county.bureau), **body()).status_code == 302
    )
    made = Body.objects.get()
    joining = {"role": "chair", "person": "P1", "start": today()}
    assert confirmed(keeper, address("org:member_adding", made), **joining).status_code == 302
    member = BodyMember.objects.get()
    listed = keeper.get(address("org:members_now", made)).content.decode()
    assert address("org:member_ending", member) in listed
    early = confirmed(keeper, address("org:member_ending", member), on=today())
    assert "ORG-04" in early.content.decode()
    assert (
        confirmed(keeper, address("org:member_ending", member), on="2027-01-01").status_code == 302
    )
    changed = confirmed(keeper, address("org:body_changing", made), **body(name="县联席会议"))
    assert changed.status_code == 302
    last = {"on": "2027-02-01"}
    assert confirmed(keeper, address("org:body_dissolving", made), **last).status_code == 302


def test_a_supervisor_without_a_channel_and_a_unit_as_chair_are_refused(county, keeper):
    at = address("org:body_founding", county.bureau)
    text = confirmed(keeper, at, **body(kind="supervisor")).content.decode()
    assert 'id="id_channel_error"' in text
    confirmed(keeper, at, **body())
    joining = {"role": "chair", "unit": "J", "start": today()}
    answer = confirmed(keeper, address("org:member_adding", Body.objects.get()), **joining)
    assert 'id="id_role_error"' in answer.content.decode()


def test_interests_are_declared_and_withdrawn_by_oneself_alone(county):
    me = sign_in(make_account(Role.STAFF, person=county.people[0].reference))
    filled = {"kind": "spouse", "who": "李某", "where": "某公司", "person": "P2"}
    assert confirmed(me, address("org:declaring"), **filled).status_code == 302
    assert "李某" in me.get(address("org:declarations")).content.decode()
    row = Interest.objects.get()
    other = sign_in(make_account(Role.STAFF, person=county.people[1].reference))
    assert "李某" not in other.get(address("org:declarations")).content.decode()
    assert other.get(address("org:withdrawing", row)).status_code == 404
    assert reader(Role.ORG_KEEPER).get(address("org:withdrawing", row)).status_code == 404
    assert confirmed(me, address("org:withdrawing", row)).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_date == timezone.localdate()


def test_relatives_may_not_be_appointed_side_by_side_once_declared(county, keeper):
    chief = found_post("J-07", "J", functions=())
    appoint(county.people[1], county.deputy)
    me = sign_in(make_account(Role.STAFF, person=county.people[0].reference))
    confirmed(me, address("org:declaring"), kind="spouse", who="李某", person="P2")
    filled = {"person": "P1", "kind": "regular", "start": today()}
    answer = confirmed(keeper, address("org:appointing", chief), **filled)
    assert "ORG-17" in answer.content.decode()
    assert 'id="id_person_error"' in answer.content.decode()


@pytest.mark.parametrize(
    "view",
    [
        *("unit_founding", "unit_changing", "unit_renaming", "unit_moving", "unit_merging"),
        *("unit_splitting", "unit_dissolving", "post_founding", "person_entering"),
        "body_founding",
    ],
)
def test_acts_on_a_unit_outside_of_the_scope_are_not_there(county, view):
    here = reader(Role.ORG_KEEPER, unit=county.town.reference)
    at = address(f"org:{view}", county.bureau)
    assert here.get(at).status_code == 404
    assert here.post(at, {"confirmed": "yes", "on": today()}).status_code == 404
    assert here.get(address(f"org:{view}", county.town)).status_code == 200
