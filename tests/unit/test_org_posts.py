"""Posts: key posts, who may not hold what together, vacancies, who answers for a unit."""

from datetime import date

import pytest

from guiju.base.org.actions import posts, units
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Post, PostConflict
from guiju.base.org.reads import posts as reads
from guiju.base.org.reads.responsibility import responsible
from guiju.base.org.reads.within import KEY
from guiju.base.ui.paging import Place, read_place
from guiju.core.access import EVERYWHERE, NOWHERE, scope_of
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.rows import PostRow, UnitRow
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import StandIn
from organised import ACT, BEGUN, TODAY, County, appoint, found_post, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(data_folder):
    return County()


def row_of(post, **changes):
    facts = {
        "code": post.code,
        "unit": post.unit.code,
        "name": post.name,
        "level": LeaderLevel.of(post.leader_level),
        "founded": post.founded_date,
    }
    return PostRow(**(facts | changes))


def test_s0_06_a_post_belongs_to_a_unit_with_its_duties(county):
    post = found_post("J1-09", "J1", duties="收款、对账", functions=(Function.FINANCE,))
    page = reads.post_page(post.reference, EVERYWHERE, on=TODAY)
    assert (page.duties, page.post.functions) == ("收款、对账", (Function.FINANCE,))
    assert (page.post.unit, page.post.unit_name) == (county.office.reference, "单位J1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "没有"}, "ORG-33"),
        ({"unit": ""}, "ORG-30"),
        ({"incompatible": ("没有",)}, "ORG-33"),
        ({"incompatible": ("N",)}, "ORG-50"),
        ({"functions": (Function.FINANCE,), "barred": (Function.FINANCE,)}, "ORG-51"),
        ({"founded": date(2014, 1, 1)}, "ORG-45"),
    ],
)
def test_a_post_that_a_table_could_not_bring_in_is_refused(county, changes, code):
    row = PostRow(**({"code": "N", "unit": "J", "name": "新", "founded": BEGUN} | changes))
    count = Post.objects.count()
    assert refusal(Invalid, posts.found_post, row=row, **ACT) == code
    assert Post.objects.count() == count


def test_a_code_is_given_to_one_post(county):
    assert refusal(Conflict, found_post, "J-01", "J") == "ORG-02"


def test_s0_07_s1_05_key_units_posts_and_people_are_listed(county, django_assert_num_queries):
    office = UnitRow(code="J1", name="单位J1", kind=UnitKind.OFFICE, founded=BEGUN)
    units.change_unit(unit=county.office.reference, row=office, is_key=True, **ACT)
    appoint(county.people[0], county.head)
    with django_assert_num_queries(3):
        listed = reads.key_list(EVERYWHERE, on=TODAY)
    assert listed.units == ((county.office.reference, "单位J1"),)
    assert [post.code for post in listed.posts] == ["J-01", "J1-01"]
    assert listed.people == ((county.people[0].reference, "人员P1"),)
    elsewhere = reads.key_list(scope_of([county.town.path]), on=TODAY)
    assert (elsewhere.units, elsewhere.posts) == ((), ())


def test_a_correction_says_what_changed_and_nothing_is_no_change(county):
    row = row_of(county.chief, name="主任", is_key=True)
    posts.change_post(post=county.chief.reference, row=row, **ACT)
    county.chief.refresh_from_db()
    assert (county.chief.name, county.chief.is_key) == ("主任", True)
    again = {"post": county.chief.reference, "row": row}
    assert refusal(Invalid, posts.change_post, **again, **ACT) == "ORG-66"


def test_what_is_incompatible_is_said_once_and_binds_both_ways(county):
    assert PostConflict.objects.get().one == county.book_keeper
    appoint(county.people[0], county.book_keeper)
    assert refusal(Denied, appoint, county.people[0], county.cashier) == "ORG-15"
    page = reads.post_page(county.cashier.reference, EVERYWHERE, on=TODAY)
    assert [one[0] for one in page.incompatible] == [county.book_keeper.reference]


def test_a_change_may_not_make_a_holder_hold_what_cannot_be_held_together(county):
    person = county.people[0]
    appoint(person, county.chief)
    appoint(person, county.cashier)
    row = row_of(county.chief, incompatible=("J1-01",))
    change = {"post": county.chief.reference, "row": row}
    assert refusal(Denied, posts.change_post, **change, **ACT) == "ORG-15"
    assert PostConflict.objects.count() == 1
    other = {"post": county.chief.reference, "row": row_of(county.chief, incompatible=("Z-01",))}
    posts.change_post(**other, **ACT)
    assert PostConflict.objects.count() == 2


def test_a_post_is_abolished_once_nobody_holds_it(county):
    appoint(county.people[0], county.chief, end=date(2020, 1, 1))
    abolish = {"post": county.chief.reference}
    early = Reform(date(2019, 12, 31))
    assert refusal(Denied, posts.abolish_post, reform=early, **abolish, **ACT) == "ORG-19"
    first = Reform(BEGUN)
    assert refusal(Invalid, posts.abolish_post, reform=first, **abolish, **ACT) == "ORG-04"
    posts.abolish_post(reform=Reform(date(2020, 1, 1)), **abolish, **ACT)
    again = Reform(date(2020, 1, 2))
    assert refusal(Denied, posts.abolish_post, reform=again, **abolish, **ACT) == "ORG-06"
    assert "J1-03" not in {one.code for one in reads.posts(EVERYWHERE, on=TODAY).rows}


def test_s0_08_vacancies_are_named_and_acting_fills_none(county, django_assert_num_queries):
    appoint(county.people[0], county.head)
    appoint(county.people[1], county.mayor, kind=AppointmentKind.ACTING)
    with django_assert_num_queries(2):
        vacant = reads.vacancies(EVERYWHERE, on=TODAY)
    assert [one.code for one in vacant.rows] == ["J-02", "J1-01", "J1-02", "J1-03", "Z-01"]
    assert [one.how for one in vacant.rows[-1].holders] == [StandIn.ACTING]
    key = reads.vacancies(EVERYWHERE, on=TODAY, key_only=True)
    assert [one.code for one in key.rows] == ["J1-01"]
    assert reads.vacancies(NOWHERE, on=TODAY).rows == ()


def test_s0_44_s1_01_head_and_deputies_answer_for_a_unit(county, django_assert_num_queries):
    appoint(county.people[0], county.head)
    appoint(county.people[1], county.deputy)
    appoint(county.people[2], county.chief)
    with django_assert_num_queries(4):
        found = responsible(county.bureau.reference, EVERYWHERE, on=TODAY)
    assert [one.code for one in found.first] == ["J-01"]
    assert [one.code for one in found.direct] == ["J-02"]
    assert found.direct[0].functions == (Function.FINANCE, Function.PROCUREMENT)
    assert not found.is_vacant


def test_s0_44_an_office_is_answered_for_by_the_head_above_it(county):
    appoint(county.people[2], county.chief)
    found = responsible(county.office.reference, EVERYWHERE, on=TODAY)
    assert (found.led_by, found.led_by_name) == (county.bureau.reference, "单位J")
    assert [one.code for one in found.posts] == ["J1-03", "J1-01", "J1-02"]
    assert found.is_vacant
    assert responsible(county.office.reference, NOWHERE, on=TODAY) is None


def test_posts_are_listed_by_name_page_by_page(county, django_assert_num_queries):
    codes, start = [], None
    for _ in range(3):
        page = reads.posts(EVERYWHERE, on=TODAY, place=start, size=3)
        codes += [one.code for one in page.rows]
        if not page.older:
            break
        start = read_place({"after": page.older}, kinds=KEY)
    assert codes == ["J-01", "J-02", "J1-01", "J1-02", "J1-03", "Z-01"]
    back = reads.posts(EVERYWHERE, on=TODAY, place=Place(("岗位J1-02", 0), is_back=True), size=2)
    assert [one.code for one in back.rows] == ["J-02", "J1-01"]
    with django_assert_num_queries(2):
        found = reads.posts(EVERYWHERE, on=TODAY, search="J1-")
    assert len(found.rows) == 3
