"""The lists as people look at them: powers, posts, maps, documents; within the reader's scope."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from api_story import is_problem, program
from drafted import drafted
from guiju.base.org.actions import delegations
from guiju.base.org.actions.delegations import Mandate
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.lists.coverage import Hole, coverage, holes_of
from guiju.core.lists.model import Power
from guiju.core.lists.powers import Duty
from guiju.core.lists.words import EditionState, RiskState
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import Permission, Role
from guiju.define.lists.actions import importing
from guiju.define.lists.models import Edition
from guiju.define.views.pages import catalogue
from organised import ACT, County, appoint, enter_person, found_post, found_unit
from readers import make_account, reader, sign_in
from small_edition import FINE, LICENCE, SOUND, STAFF, changed, with_, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LIST, DETAIL = 12, 14
"""Queries that a list and one thing may cost a reader whose role is bound to a unit; that an
edition may be opened by whoever signs it costs two of them."""


def begun(unit, told=SOUND, title="水利局清单", based_on="", state=None):
    """Return an edition of a unit; of a state that comes after a draft where one is given."""
    made = drafted(unit, told, title=title, based_on=based_on)
    way = (EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.EFFECTIVE)
    for step in way[: way.index(state) + 1] if state else ():
        with wall.opened():
            Edition.objects.filter(number=made.number).update(state=step.value, digest="9" * 64)
    return Edition.objects.select_related("unit").get(number=made.number)


class House:
    """A bureau with the posts that the small edition names, and its lists in force."""

    def __init__(self):
        self.county = County()
        self.posts = {
            name: found_post(f"S-{place}", unit, name=name, level=level)
            for place, (name, unit, level) in enumerate(
                [
                    ("局长", "J", LeaderLevel.HEAD),
                    ("分管副局长", "J", LeaderLevel.DEPUTY),
                    ("审批股长", "J1", LeaderLevel.MIDDLE),
                    ("窗口", "J1", LeaderLevel.STAFF),
                    ("送达岗", "J1", LeaderLevel.STAFF),
                ]
            )
        }
        self.people = {}
        for name in ("分管副局长", "审批股长", "窗口"):
            person = enter_person(f"H{len(self.people)}", self.county.bureau, name=f"人在{name}")
            appoint(person, self.posts[name])
            self.people[name] = person
        self.edition = begun(self.county.bureau, state=EditionState.EFFECTIVE)
        self.id = self.edition.reference.partition(":")[2]

    def at(self, page="", edition=None):
        return f"/views/{(edition or self.edition).reference.partition(':')[2]}/{page}"

    def sheet(self, code=LICENCE, edition=None):
        return self.at(f"power/{code}/", edition)

    def client(self, role=Role.STAFF, person=""):
        person = self.people[person].reference if person else ""
        return sign_in(make_account(role, unit=self.county.bureau.reference, person=person))


@pytest.fixture
def house():
    return House()


def opened(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def costs(client, address, most, check):
    """Open a page twice: the first time the session notes that it is used."""
    opened(client, address)
    with check(most):
        return opened(client, address)


def paper(response):
    assert response.status_code == 200
    return docx.Document(io.BytesIO(response.content))


def exported(response):
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def test_s3_49_a_power_is_shown_on_one_page_with_who_holds_its_post_today(
    house, django_assert_max_num_queries
):
    page = costs(house.client(), house.sheet(), DETAIL, django_assert_max_num_queries)
    for told in (
        "河道采砂许可", f"编码 {LICENCE}", "行政许可", "一级风险", "流程已证明可走通",
        "《中华人民共和国水法》第三十九条", "人在审批股长", "限于本县河道之内", "法定 20 个工作日",
        "分步 3 + 3 + 3 + 3 = 12 个工作日", "审批股内部串通出具意见", "股内审查与复核分设两人",
        "按时许可并说明理由", "违规许可的", "对社会公开", "9" * 64, "至少 4 人合谋",
    ):  # fmt: skip
        assert told in page, told
    assert page.index("审批股内部串通出具意见") < page.index("审查时放过不合条件的采砂人")
    assert 'class="risk grade-1">1<' in page
    assert "1 个岗位今天没有人任职" in page
    assert "不是现行清单" not in page


def test_s0_08_a_post_that_nobody_holds_is_said_to_be_vacant(house):
    edition = begun(
        found_unit("K", "X"), changed("powers", LICENCE, post="局长"), state=None, title="空岗"
    )
    found_post("K-01", "K", name="局长")
    client = reader(Role.SUPERVISOR)
    page = opened(client, house.sheet(edition=edition))
    assert "空缺" in page
    assert "这一版的状态是「起草」，不是现行清单" in page


def test_people_are_not_named_to_whom_may_not_know_them(house):
    one = program(
        Role.STAFF, unit=house.county.bureau.reference, permissions={Permission.LISTS_READ}
    )
    told = one.get(f"/views/{house.id}/powers/{LICENCE}")
    assert told["posts"][0] | {"reference": ""} == {
        "name": "审批股长", "reference": "", "count": 1, "is_vacant": False, "names": [],
    }  # fmt: skip
    both = program(Role.STAFF, unit=house.county.bureau.reference)
    assert both.get(f"/views/{house.id}/powers/{LICENCE}")["posts"][0]["names"] == ["人在审批股长"]


def test_a_power_that_there_is_not_is_missing_and_so_is_one_of_another_unit(house):
    opened(house.client(), house.sheet("没有的"), 404)
    town = begun(house.county.town, title="镇清单")
    client = house.client()
    pages = ("", "coverage/", "risks/", "risks/document/", "posts/", "flows/", "regulations/")
    for page in (*pages, f"power/{LICENCE}/", "posts/窗口/", "regulations/局党组议事规则/"):
        assert client.get(house.at(page)).status_code == 200, page
        assert client.get(house.at(page, town)).status_code == 404, page
    assert client.get(house.at("posts/没有/")).status_code == 404
    assert client.get(house.at("regulations/没有/")).status_code == 404


def test_s3_49_the_page_is_taken_away_in_the_layout_of_official_documents(house):
    before = Event.objects.count()
    response = house.client().get(house.sheet() + "?format=docx")
    document = paper(response)
    text = "\n".join(one.text for one in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "河道采砂许可权力标签" in text
    assert "行使岗位：审批股长" in text
    assert "股内审查与复核分设两人" in cells
    assert not [name for name in ("人在审批股长", "人在窗口") if name in text + "".join(cells)]
    event = Event.objects.latest("id")
    assert Event.objects.count() == before + 1
    assert b"docx" in bytes(event.entry)
    assert "filename*=" in response["Content-Disposition"]


def test_s1_19_the_catalogue_lists_risks_by_grade_with_controls(
    house, django_assert_max_num_queries
):
    client = house.client()
    page = costs(client, house.at("risks/"), LIST, django_assert_max_num_queries)
    order = [page.index(one.text) for one in sorted(SOUND.risks, key=lambda r: (r.grade, r.code))]
    assert order == sorted(order)
    assert "两人同到现场核查并签字" in page
    only = opened(client, house.at("risks/?grade=1"))
    assert "审批股内部串通出具意见" in only
    assert "任免时任人唯亲" not in only
    document = paper(client.get(house.at("risks/document/?grade=2")))
    told = "".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    assert "任免时任人唯亲" in told
    assert "审批股内部串通" not in told
    heads = [one.text for one in document.paragraphs if one.text.startswith("一、")]
    assert heads == ["一、二级风险（3 个）"]


def test_a_catalogue_that_fits_no_document_is_refused(house, monkeypatch):
    monkeypatch.setattr(catalogue, "MOST_IN_PAPER", 3)
    client = house.client()
    response = client.get(house.at("risks/document/"))
    assert response.status_code == 400
    assert "一份公文装不下" in response.content.decode()
    assert client.get(house.at("risks/document/?grade=2")).status_code == 200


def test_closed_risks_are_in_no_catalogue_and_ungraded_ones_are_found(house):
    told = changed(
        "risks", "R1", grade=None, edition=changed("risks", "R2", state=RiskState.CLOSED)
    )
    edition = begun(found_unit("K", "X"), told)
    client = reader(Role.SUPERVISOR)
    page = opened(client, house.at("risks/", edition))
    assert "任免时任人唯亲" not in page
    none = opened(client, house.at("risks/?grade=none", edition))
    assert "审查时放过不合条件的采砂人" in none
    assert "共 1 行" in none


def test_s3_49_the_matrix_shows_holes_and_the_numbers_are_those_of_the_lists_behind_them(
    house, django_assert_max_num_queries
):
    told = without("controls", "C3", changed("controls", "C1", post="", supervisor=""))
    told = with_("powers", Power(code="新-1", name="没有流程的权力"), edition=told)
    edition = begun(found_unit("K", "X"), told)
    client = reader(Role.SUPERVISOR)
    page = costs(client, house.at("coverage/", edition), LIST, django_assert_max_num_queries)
    counted = holes_of(coverage(told))
    assert {one for one, n in counted.items() if n} == {
        Hole.NO_FLOW, Hole.NO_RISK, Hole.NO_CONTROL, Hole.NO_OWNER, Hole.NO_SUPERVISOR,
    }  # fmt: skip
    for hole, count in counted.items():
        link = house.at(f"coverage/?hole={hole.value}", edition)
        assert (f'href="{link}"' in page) is bool(count)
        if count:
            assert f"共 {count} 行" in opened(client, link)
    some = opened(client, house.at("coverage/?hole=any", edition))
    assert "没有流程的权力" in some
    assert "股长任免" not in some
    assert "股长任免" in opened(client, house.at("coverage/?search=股长", edition))


def test_the_matrix_is_exported_as_it_is_shown(house):
    client = house.client()
    rows = exported(client.get(house.at("coverage/?format=xlsx")))
    assert rows[0][:3] == ["序", "权力", "步骤"]
    assert len(rows) == 1 + len(coverage(SOUND))
    assert "河道采砂许可" in {row[1] for row in rows}


def test_every_unit_is_in_the_overview_of_holes_and_counts_are_not_kept_too_long(
    house, django_assert_max_num_queries
):
    told = with_("powers", Power(code="新-1", name="没有流程的权力"))
    edition = begun(found_unit("K", "X"), told, title="科技局清单")
    client = reader(Role.SUPERVISOR)
    page = opened(client, "/views/coverage/")
    link = re.escape(house.at("coverage/?hole=no_flow", edition))
    assert re.search(rf'<a href="{link}">1<', page)
    assert "单位J" in page
    with django_assert_max_num_queries(LIST):
        opened(client, "/views/coverage/")
    importing.import_lists(edition=edition.reference, told=SOUND, file="1" * 64, revision=1, **ACT)
    assert re.search(rf'<a href="{link}">0<', opened(client, "/views/coverage/"))


def test_the_risk_map_counts_units_by_grade_within_the_scope(house, django_assert_max_num_queries):
    begun(house.county.town, changed("risks", "R4", grade=None), title="镇清单")
    page = costs(reader(Role.SUPERVISOR), "/views/risk-map/", LIST, django_assert_max_num_queries)
    for unit, query, count in (("Z", "grade=none", 1), ("Z", "grade=1", 0), ("J", "grade=2", 3)):
        wanted = Edition.objects.get(unit__code=unit)
        link = re.escape(house.at(f"risks/?{query}", wanted))
        assert re.search(rf'<a href="{link}">.*?</span> {count}</span>', page), (unit, query)
    totals = re.findall(r"<b>([\d,]+)</b> <span>个</span>", page)
    assert totals == ["1", "6", "0", "1"]
    own = opened(house.client(), "/views/risk-map/")
    assert "单位Z" not in own
    assert re.findall(r"<b>([\d,]+)</b> <span>个</span>", own) == ["1", "3", "0", "0"]


def test_the_risk_map_of_one_layer_leads_to_the_risks_of_that_layer(house):
    told = changed("risks", "R2", layer=next(iter(type(SOUND.risks[0].layer))))
    edition = begun(found_unit("K", "X"), told)
    client = reader(Role.SUPERVISOR)
    page = opened(client, "/views/risk-map/?layer=unit")
    link = house.at("risks/?grade=2&amp;layer=unit", edition)
    assert f'href="{link}"' in page
    assert "任免时任人唯亲" in opened(client, link.replace("&amp;", "&"))
    assert "共 1 行" in opened(client, link.replace("&amp;", "&"))


def test_the_edition_in_use_counts_and_where_there_is_none_the_draft(house):
    draft = begun(house.county.bureau, changed("powers", LICENCE, name="改了名的许可"), "新一版")
    client = house.client()
    page = opened(client, "/views/risks/")
    assert house.sheet() in page
    assert house.sheet(edition=draft) not in page
    assert "不是现行清单" in opened(client, house.sheet(edition=draft))
    town = begun(house.county.town, title="镇清单")
    assert house.sheet(edition=town) in opened(reader(Role.SUPERVISOR), "/views/risks/")


def test_s0_13_my_powers_are_those_of_my_posts_today(house, django_assert_max_num_queries):
    page = costs(
        house.client(person="审批股长"), "/views/mine/", DETAIL, django_assert_max_num_queries
    )
    assert "审批股长" in page
    for told in ("行使权力", "办理步骤", "落实措施", "两人同到现场核查并签字", house.sheet(FINE)):
        assert told in page, told
    assert "监督措施" not in page
    other = opened(house.client(person="窗口"), "/views/mine/")
    assert "办理步骤" in other
    assert "行使权力" not in other
    assert "您今天没有岗位" in opened(reader(Role.STAFF), "/views/mine/")


def test_s0_13_who_stands_in_sees_the_powers_of_the_post(house):
    day = timezone.localdate()
    mandate = Mandate(
        house.posts["审批股长"].reference,
        house.people["审批股长"].reference,
        house.people["窗口"].reference,
        day,
        day + timedelta(days=3),
        "出差",
    )
    delegations.delegate(mandate=mandate, **ACT)
    page = opened(house.client(person="窗口"), "/views/mine/")
    assert "受托代办" in page
    assert "行使权力" in page
    assert "河道采砂许可" in page


def test_my_powers_of_a_post_that_lists_do_not_name_say_so(house):
    person = enter_person("Q1", house.county.bureau)
    appoint(person, house.county.cashier)
    client = sign_in(
        make_account(Role.STAFF, unit=house.county.bureau.reference, person=person.reference)
    )
    assert "清单里没有写到这个岗位" in opened(client, "/views/mine/")
    Z = enter_person("Q2", house.county.town)  # noqa: N806 - a person of the town
    appoint(Z, house.county.mayor)
    client = sign_in(make_account(Role.STAFF, unit=house.county.town.reference, person=Z.reference))
    assert "还没有您可以看的清单" in opened(client, "/views/mine/")


def test_s4_03_posts_flows_and_regulations_each_have_their_list(
    house, django_assert_max_num_queries
):
    client = house.client()
    posts = costs(client, house.at("posts/"), LIST, django_assert_max_num_queries)
    assert "送达岗" in posts
    assert "人在" not in posts
    one = costs(client, house.at("posts/审批股长/"), DETAIL, django_assert_max_num_queries)
    assert "现任：" in one
    assert "人在审批股长" in one
    flows = costs(client, house.at("flows/"), LIST, django_assert_max_num_queries)
    assert "采砂许可（审批股）" in flows
    assert "共 16 行" in flows
    assert "共 4 行" in opened(client, house.at("flows/?post=窗口"))
    assert "共 4 行" in opened(client, house.at("flows/?phase=decision"))
    rules = costs(client, house.at("regulations/"), LIST, django_assert_max_num_queries)
    assert "局党组议事规则" in rules
    rule = costs(
        client, house.at("regulations/局党组议事规则/"), DETAIL, django_assert_max_num_queries
    )
    assert house.sheet(STAFF) in rule


def test_s4_04_key_steps_can_be_looked_for(house):
    flow = SOUND.flows[3]
    notes = tuple(replace(one, is_key=one.step == "2") for one in flow.notes)
    edition = begun(found_unit("K", "X"), changed("flows", "L4", notes=notes))
    client = reader(Role.SUPERVISOR)
    assert "共 1 行" in opened(client, house.at("flows/?key=yes", edition))
    assert "共 15 行" in opened(client, house.at("flows/?key=no", edition))


def test_items_of_the_lists_lead_to_the_page_of_their_power(house):
    client = house.client()
    link = f'href="{house.sheet()}"'
    root = f"/lists/{house.id}/items"
    assert link in opened(client, f"{root}/power/")
    for kind, code in (("power", LICENCE), ("risk", "R1"), ("flow", "L1"), ("basis", "Y1")):
        assert link in opened(client, f"{root}/{kind}/{code}/"), kind
    assert "权力标签</a>" not in opened(client, f"{root}/negative/N1/")
    assert house.at() in opened(client, f"/lists/{house.id}/")


def test_the_powers_of_an_edition_are_listed_with_how_much_belongs_to_them(
    house, django_assert_max_num_queries
):
    client = house.client()
    page = costs(client, house.at(), LIST, django_assert_max_num_queries)
    assert house.sheet(FINE) in page
    rows = exported(client.get(house.at("?format=xlsx&search=采砂许可")))
    assert rows[1][:2] == ["河道采砂许可", LICENCE]
    assert rows[1][-4:] == [1, 2, 2, 2]
    assert len(rows) == 2


def test_the_search_finds_powers_of_the_scope_by_name_and_code(house):
    town = begun(house.county.town, title="镇清单")
    client = house.client()
    found = opened(client, "/search/?q=采砂许可")
    assert house.sheet() in found
    assert house.sheet(edition=town) not in found
    assert house.sheet(STAFF) in opened(client, f"/search/?q={STAFF}")
    assert "/views/" not in opened(reader(Role.SECURITY_ADMIN), "/search/?q=采砂许可")


def test_programs_read_the_same_rows_and_the_page(house, django_assert_max_num_queries):
    one = program(Role.STAFF, unit=house.county.bureau.reference)
    one.get("/access/me")
    root = f"/views/{house.id}"
    with django_assert_max_num_queries(LIST):
        rows = one.get(f"{root}/powers?search=采砂许可")["rows"]
    assert [row["code"] for row in rows] == [LICENCE]
    assert rows[0]["item"]["boundary"].startswith("河道采砂许可限于")
    assert [row["code"] for row in one.get(f"{root}/risks?grade=1")["rows"]] == ["R4"]
    assert {row["code"] for row in one.get(f"{root}/controls?post=审批")["rows"]} == {
        "C1", "C2", "C3", "C4",
    }  # fmt: skip
    with django_assert_max_num_queries(DETAIL):
        sheet = one.get(f"{root}/powers/{LICENCE}")
    assert sheet["proof"] == {
        "is_sound": True, "faults": [], "least_people": 4, "wanted_people": 3,
    }  # fmt: skip
    assert [(risk["number"], risk["step"]) for risk in sheet["risks"]] == [(1, "审查"), (2, "审查")]
    assert [one["code"] for one in sheet["bases"]] == ["Y1"]
    is_problem(one.ask("GET", f"{root}/powers/没有"), 404, "API-01")
    is_problem(one.ask("GET", f"{root}/powers?grade=7"), 400, "PAGE-08")
    town = begun(house.county.town, title="镇清单").reference.partition(":")[2]
    for page in ("powers", "risks", "controls", f"powers/{LICENCE}"):
        is_problem(one.ask("GET", f"/views/{town}/{page}"), 404, "API-01")


def test_queries_stay_the_same_however_much_belongs_to_a_power(house, django_assert_num_queries):
    more = [replace(SOUND.risks[0], code=f"M{n}", text=f"风险之{n}") for n in range(120)]
    told = with_("risks", *more, edition=with_(
        "duties", *(Duty(code=f"D{n}", power=LICENCE, text=f"责任之{n}") for n in range(120))
    ))  # fmt: skip
    large = begun(found_unit("K", "X"), told)
    client = reader(Role.SUPERVISOR)
    for edition in (None, large):  # the sub-items are read once for each revision
        opened(client, house.sheet(edition=edition))
    with CaptureQueriesContext(connection) as few:
        opened(client, house.sheet())
    with django_assert_num_queries(len(few)):
        page = opened(client, house.sheet(edition=large))
    assert "风险之119" in page
    taken = client.get(house.sheet(edition=large) + "?format=docx").content
    assert zipfile.is_zipfile(io.BytesIO(taken))
