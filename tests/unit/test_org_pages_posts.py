"""Posts, who holds them, rotation, vacancies and the key list, as pages."""

from datetime import date

import pytest

from guiju.base.org.actions import delegations, posts
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.pages.post import tenures
from guiju.base.org.reads.posts import post_page
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.words import AppointmentKind, Function
from guiju.core.terms import Role
from organised import ACT, BEGUN, TODAY, County, appoint, enter_person, found_post
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LIST, DETAIL = 12, 15
"""Queries that a list and a page of one thing may cost, signing in included."""


@pytest.fixture
def county(data_folder):
    return County()


def page(client, address="", status=200):
    response = client.get(f"/org/{address}")
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def of(post, more=""):
    return f"posts/{post.reference.partition(':')[2]}/{more}"


def lend(county, to, *functions):
    mandate = Mandate(
        county.deputy.reference, county.people[1].reference, to.reference,
        TODAY, date(2099, 1, 1), "外出学习", functions,
    )  # fmt: skip
    return delegations.delegate(mandate=mandate, **ACT)


def test_s0_07_key_posts_are_filtered_and_have_their_own_list(county):
    client = reader(Role.STAFF)
    html = page(client, "posts/?key=yes")
    assert "共 2 行" in html
    assert ("岗位J-01" in html, "岗位J-02" in html) == (True, False)
    html = page(client, "keys/")
    assert "共 2 行" in html
    assert "关键岗位另有 2 个空缺" in html


def test_s1_05_the_key_list_names_key_units_posts_and_people(county):
    from guiju.base.org.actions import units  # noqa: PLC0415 - beside its use
    from guiju.core.organisation.rows import UnitRow  # noqa: PLC0415 - as above
    from guiju.core.organisation.words import UnitKind  # noqa: PLC0415 - as above

    row = UnitRow(code="J1", name="单位J1", kind=UnitKind.OFFICE, founded=BEGUN)
    units.change_unit(unit=county.office.reference, row=row, is_key=True, **ACT)
    appoint(county.people[3], county.cashier)
    html = page(reader(Role.STAFF), "keys/")
    assert "重点单位（1 个）" in html
    assert "人员P4" in html
    assert "关键岗位另有 1 个空缺" in html


def test_posts_are_listed_with_holders_of_any_day_within_the_scope(county):
    appoint(county.people[0], county.head, end=date(2020, 1, 1))
    appoint(county.people[1], county.head, start=date(2020, 1, 1))
    client = reader(Role.LEADER, unit=county.bureau.reference)
    then, now = page(client, "posts/?on=2019-05-01"), page(client, "posts/")
    assert ("人员P1" in then, "人员P2" in then) == (True, False)
    assert ("人员P1" in now, "人员P2" in now) == (False, True)
    assert "共 5 行" in now
    assert "共 3 行" in page(client, "posts/?unit=J1")
    assert "共 5 行" in page(client, "posts/?unit=J")
    assert "共 1 行" in page(client, "posts/?state=held")
    assert "没有符合条件的行" in page(client, "posts/?unit=Z")
    response = client.get("/org/posts/?format=csv&state=held")
    text = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert text[1].startswith("岗位J-01,单位J,正职,人员P2")
    assert len(text) == 2


def test_a_posts_page_shows_holder_stand_in_and_everybody_before(county):
    holder, deputy = county.people[0], county.people[1]
    appoint(holder, county.deputy, end=date(2018, 1, 1), document="任〔2015〕1号")
    appoint(deputy, county.deputy, start=date(2018, 1, 1))
    appoint(county.people[2], county.chief)
    lend(county, county.people[2], Function.PROCUREMENT)
    html = page(reader(Role.STAFF), of(county.deputy, "?on=2026-11-25"))
    today, past = html.split("历任", 1)
    assert today.index("人员P2") < today.index("人员P3")
    assert "限采购" in today
    assert "任〔2015〕1号" in past
    assert past.index("人员P2") < past.index("人员P1")
    then = page(reader(Role.STAFF), of(county.deputy, "?on=2016-05-01")).split("历任", 1)[0]
    assert ("人员P1" in then, "人员P2" in then) == (True, False)


def test_s0_08_a_vacant_post_is_warned_of(county):
    html = page(reader(Role.STAFF), of(county.cashier))
    assert "没有岗位责任人，请尽快任命。" in html
    assert "没有人代理、主持或受托代办" in html


def test_incompatible_posts_and_the_record_stand_on_a_posts_page(county):
    html = page(reader(Role.STAFF), of(county.cashier))
    assert "下列岗位不能与它由同一人担任或代办。" in html
    assert of(county.book_keeper) in html
    assert "设立岗位「岗位J1-01」" in page(reader(Role.STAFF), of(county.cashier, "history/"))


@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [(date(2016, 1, 1), "距最长任期还有 731 天", "calm"),
     (date(2017, 12, 1), "距最长任期还有 31 天", "near"),
     (date(2018, 1, 1), "距最长任期还有 0 天", "near"),
     (date(2018, 1, 11), "最长任期已过 10 天", "over")],
)  # fmt: skip
def test_s0_09_the_clock_of_a_tenure_runs_over_renewals(county, on, words, tone):
    appoint(county.people[0], county.cashier, end=date(2016, 7, 1))
    appoint(county.people[0], county.cashier, start=date(2016, 7, 1))
    ((name, clock),) = tenures(post_page(county.cashier.reference, EVERYWHERE, on=on), on)
    assert name == "人员P1"
    assert str(clock.words) == words
    assert clock.tone == tone
    assert words in page(reader(Role.STAFF), of(county.cashier, f"?on={on}"))


def test_s0_09_who_should_rotate_is_listed_for_those_who_may_see_it(county):
    appoint(county.people[0], county.cashier)
    appoint(county.people[1], county.mayor)
    client = reader(Role.LEADER, unit=county.bureau.reference)
    html = page(client, "rotation/")
    assert "1 人已超过岗位的最长任期，0 人半年内到期" in html
    assert "人员P1" in html
    assert "2018年1月1日" in html
    assert "没有符合条件的行" in page(client, "rotation/?state=soon")
    page(reader(Role.STAFF), "rotation/", status=404)
    assert "轮岗和空缺" not in page(reader(Role.STAFF), "posts/")


def test_s0_08_vacancies_are_listed_though_somebody_is_acting(county):
    appoint(county.people[0], county.head, kind=AppointmentKind.ACTING)
    appoint(county.people[1], county.deputy)
    client = reader(Role.LEADER, unit=county.bureau.reference)
    html = page(client, "vacancies/")
    assert "共 4 行" in html
    assert "人员P1（代理）" in html
    assert "共 2 行" in page(client, "vacancies/?key=yes")
    page(reader(Role.STAFF), "vacancies/", status=404)


def test_who_holds_much_is_listed(county):
    appoint(county.people[0], county.chief)
    appoint(county.people[0], county.mayor, kind=AppointmentKind.CONCURRENT)
    appoint(county.people[1], county.deputy)
    html = page(reader(Role.LEADER), "concentration/")
    assert "共 1 行" in html
    assert "人员P1" in html


def test_a_post_out_of_scope_is_not_found_and_its_holder_has_no_link(county):
    elsewhere = enter_person("Q1", county.town)
    appoint(elsewhere, county.head)
    client = reader(Role.LEADER, unit=county.bureau.reference)
    for more in ("", "history/"):
        page(client, of(county.mayor, more), status=404)
    link = f"people/{elsewhere.reference.partition(':')[2]}/"
    for address in ("posts/", of(county.head), f"units/{county.bureau.reference[5:]}/"):
        html = page(client, address)
        assert "人员Q1" in html
        assert link not in html
    assert link in page(reader(Role.STAFF), of(county.head))


def test_a_post_that_is_no_more_says_so(county):
    post = found_post("J-09", "J")
    from guiju.base.org.actions.tree import Reform  # noqa: PLC0415 - beside its use

    reform = Reform(date(2021, 1, 1), "编〔2021〕3号")
    posts.abolish_post(post=post.reference, reform=reform, **ACT)
    assert "它已经撤销，撤销日期是 2021年1月1日。" in page(reader(Role.STAFF), of(post))
    assert "岗位J-09" not in page(reader(Role.STAFF), "posts/")
    assert "岗位J-09" in page(reader(Role.STAFF), "posts/?on=2020-12-31")


def test_only_who_may_appoint_is_offered_it(county):
    keeper = reader(Role.ORG_KEEPER, unit=county.office.reference)
    assert f'href="/org/{of(county.cashier, "appoint/")}"' in page(keeper, of(county.cashier))
    assert "办理任职" not in page(reader(Role.STAFF), of(county.cashier))


def test_lists_of_posts_and_a_post_cost_few_queries(county, django_assert_max_num_queries):
    appoint(county.people[1], county.deputy)
    appoint(county.people[2], county.chief)
    appoint(county.people[0], county.cashier)
    lend(county, county.people[2])
    client = reader(Role.LEADER, Role.ORG_KEEPER, unit=county.county.reference)
    for address in ("posts/?unit=J&key=", "keys/", "rotation/", "vacancies/", "concentration/"):
        page(client, address)
        with django_assert_max_num_queries(LIST):
            page(client, address)
    for post in (county.deputy, county.cashier):
        for more in ("", "history/", "?on=2019-05-01"):
            with django_assert_max_num_queries(DETAIL):
                page(client, of(post, more))
