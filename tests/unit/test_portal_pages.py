"""The portal's pages: what is shown, from where, how long, and how often the database is asked."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guiju.base.record.models import Event
from guiju.core.errors import Denied
from guiju.core.lists.canonical import digest
from guiju.core.lists.words import EditionState
from guiju.core.terms import Role
from guiju.define.approval.actions import effect
from guiju.define.lists.actions import drafting
from guiju.exchange.lists.plain import edition_of
from guiju.publish.portal.actions.publishing import publish, publish_due
from guiju.publish.portal.models import Gram, Issue
from organised import KEEPER, refusal
from publishing import address, noticed, published, text_of
from readers import reader
from recorded import NOON
from reviewing import Chain, draft_of, effective, nothing_found
from small_edition import FINE, LICENCE, SOUND, changed, power

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
LATER = NOON + timedelta(days=400)


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def issue(county):
    return published(county)[0]


def all_addresses(issue):
    return [
        "/open/",
        "/open/search/?q=采砂",
        "/open/verify/",
        "/open/data/",
        "/open/data/catalogue.json",
        "/open/data/lists.csv",
        "/open/data/lists.json",
        "/open/data/lists.xlsx",
        "/open/feed.atom",
        *(
            address(issue, *path)
            for path in (
                ("",), ("powers", LICENCE, ""), ("proof", ""), ("withheld.json",),
                ("lists.json",), ("lists.csv",), ("lists.xlsx",),
            )
        ),
    ]  # fmt: skip


def test_s3_36_two_boards_and_the_units_stand_on_the_first_page(issue):
    text = text_of("/open/")
    assert "权力运行：最近生效" in text
    assert "监督运行：正在公示" in text
    assert "某县水利局" in text
    assert 'href="/account/sign-in/"' in text
    assert "某县水利局" in text_of("/open/data/")


def test_nothing_is_published_before_it_is_in_notice_or_in_effect(county):
    edition = draft_of(county.owner)
    assert publish_due(at=NOON) == 0
    assert refusal(Denied, publish, edition=edition.reference, by=KEEPER, at=NOON) == "PORTAL-01"
    assert "某县水利局" not in text_of("/open/")
    identity = edition.reference.partition(":")[2]
    assert "这里没有公开的内容" in text_of(f"/open/editions/{identity}/", 404)


def test_publishing_is_an_event_and_twice_publishes_once(issue):
    event = Event.objects.get(kind="portal.edition.published", key=issue.event)
    said = json.loads(bytes(event.entry))["data"]
    assert said["digest"] == issue.digest
    assert said["source"] == issue.edition.digest
    assert said["state"] == "effective"
    assert publish_due(at=LATER) == 0


def test_s3_06_an_edition_shows_its_powers_by_kind(issue):
    text = text_of(address(issue, ""))
    for word in ("河道采砂许可", "违法采砂处罚", "股长任免", "行政许可 1", "第 1 版", issue.digest):
        assert word in text
    only = text_of(address(issue, "") + "?kind=penalty")
    assert "违法采砂处罚" in only
    assert "河道采砂许可" not in only


def test_a_power_says_who_on_what_ground_how_long_and_where_to_complain(issue):
    text = text_of(address(issue, "powers", LICENCE, ""))
    for word in ("河道采砂许可", "中华人民共和国水法", "20 个工作日", "不收费", "审批股长", "<svg"):
        assert word in text
    assert "怎么投诉" in text
    assert "这里没有公开的内容" in text_of(address(issue, "powers", "none", ""), 404)


def test_every_page_is_the_same_for_everybody_and_may_be_kept(issue):
    member = reader(Role.SUPERVISOR)
    for path in all_addresses(issue):
        answers = [Client().get(path), member.get(path)]
        for response in answers:
            assert response.status_code == 200, path
            assert response["Cache-Control"].startswith("public, max-age="), path
            assert not response.cookies, path
            assert "Vary" not in response.headers, path
            assert response["ETag"], path
        bodies = [
            b"".join(one.streaming_content) if one.streaming else one.content for one in answers
        ]
        assert bodies[0] == bodies[1], path


def test_what_has_not_changed_is_not_sent_again(issue):
    for path in all_addresses(issue):
        first = Client().get(path)
        again = Client().get(path, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304, path
        assert not again.content
    json_file = Client().get(address(issue, "lists.json"))
    since = Client().get(
        address(issue, "lists.json"), headers={"If-Modified-Since": json_file["Last-Modified"]}
    )
    assert since.status_code == 304


def test_pages_speak_english_by_their_address(issue):
    page = Client().get("/open/?lang=en")
    assert page["Content-Language"] == "en"
    text = page.content.decode()
    assert "for everyone to see" in text
    assert f'href="{address(issue, "")}?lang=en"' in text
    assert 'href="/open/" lang="zh-Hans"' in text
    for path in (address(issue, ""), address(issue, "powers", LICENCE, ""), "/open/verify/"):
        assert 'lang="en"' in text_of(path + "?lang=en")
    kept = text_of("/open/search/?q=%E9%87%87%E7%A0%82")
    assert "/open/search/?q=%E9%87%87%E7%A0%82&amp;lang=en" in kept


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (("open", ""), 1),
        (("open", "search", "?q=采砂许可"), 3),
        (("",), 4),
        (("powers", LICENCE, ""), 3),
        (("proof", ""), 3),
        (("lists.json",), 1),
        (("lists.csv",), 2),
    ],
)  # fmt: skip
def test_pages_ask_the_database_a_constant_number_of_times(
    county, django_assert_num_queries, path, most
):
    more = tuple(power(f"51160201300{n:03}00", f"取水许可第{n}类") for n in range(150))
    issue, _ = published(county, replace(SOUND, powers=(*SOUND.powers, *more)))
    where = "/" + "/".join(path) if path[0] == "open" else address(issue, *path)
    Client().get(where)
    with django_assert_num_queries(most):
        assert Client().get(where).status_code == 200


def test_a_long_list_is_paged_to_its_end(county):
    more = tuple(power(f"511602013{n:07}", f"取水许可第{n}类") for n in range(250))
    issue, _ = published(county, replace(SOUND, powers=(*SOUND.powers, *more)))
    seen, path = [], address(issue, "")
    while path:
        text = text_of(path)
        seen += text.split('<ul class="rows">')[1].split("</ul>")[0].count("<li>") * [1]
        found = text.partition('rel="next" href="')[2].partition('"')[0]
        path = found.replace("&amp;", "&")
    assert len(seen) == 253
    for hostile in ("-5", "9" * 40, "x", "٣"):
        assert text_of(address(issue, "") + f"?after={hostile}")


def test_plain_words_find_powers_and_the_best_stand_first(county):
    told = changed("powers", FINE, conditions="开办餐饮服务须食品经营许可")
    issue, _ = published(county, told)
    text = text_of("/open/search/?q=开餐馆要什么手续")
    assert "违法采砂处罚" in text
    found = text_of("/open/search/?q=河道采砂许可怎么办")
    assert found.index("河道采砂许可</a>") < found.index("违法采砂处罚</a>")
    assert LICENCE in text_of(f"/open/search/?q={LICENCE}")
    assert "没有找到" in text_of("/open/search/?q=量子")
    assert Issue.objects.get() == issue


@pytest.mark.parametrize(
    "question",
    ["'", '"><script>alert(1)</script>', "%", "_", "\\", "a" * 5000, "\x00", "1' OR '1'='1",
     "河" * 5000, "🀄", "؀", "()*&^", "{{ 7*7 }}", "{% load x %}",
     "\ud800".encode("utf-8", "surrogatepass")],
)  # fmt: skip
def test_hostile_questions_find_nothing_and_break_nothing(issue, question):
    response = Client().get("/open/search/", {"q": question})
    assert response.status_code == 200
    text = response.content.decode()
    assert "<script" not in text
    assert "49" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_new_edition_takes_the_place_of_the_old_one_and_says_what_changed(county, issue):
    told = changed("powers", LICENCE, boundary="只限洪水期以外")
    second = drafted_again(county, issue.edition, told)
    effective(county, second, LATER)
    assert publish_due(at=LATER) == 1
    new = Issue.objects.get(edition=second)
    old_page, new_page = text_of(address(issue, "")), text_of(address(new, ""))
    assert "这一版已被新版替代" in old_page
    assert address(issue, "") in new_page
    changes = text_of(address(new, "changes", ""))
    for word in ("河道采砂许可", "行使边界", "只限洪水期以外", "限于本县河道之内"):
        assert word in changes
    assert "这里没有公开的内容" in text_of(address(issue, "changes", ""), 404)
    unit = issue.head["unit"].partition(":")[2]
    where = Client().get(f"/open/units/{unit}/")
    assert (where.status_code, where["Location"]) == (302, address(new, ""))
    found = text_of("/open/search/?q=河道采砂许可")
    assert found.count("河道采砂许可</a>") == 1
    assert Gram.objects.exclude(item__issue=new).count() == 0
    assert text_of("/open/").count("某县水利局</a>") == 1


def drafted_again(county, before, told):
    """The next edition, begun as a copy of the one before."""
    from guiju.define.lists.actions import importing  # noqa: PLC0415 - beside its use

    made = drafting.begin_edition(
        unit=county.owner.reference, title="水利局清单", profile="county",
        based_on=before.reference, by=KEEPER, at=LATER,
    )  # fmt: skip
    importing.import_lists(
        edition=made.reference, told=told, file="1" * 64, revision=None, by=KEEPER, at=LATER
    )
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("act", [effect.suspend, effect.repeal])
def test_what_is_withdrawn_is_gone_at_once_with_a_plain_sentence(issue, act):
    paths = [path for path in all_addresses(issue) if "/editions/" in path]
    act(edition=issue.edition.reference, reason="上级要求", by=KEEPER, at=LATER)
    for path in paths:
        assert "这一版已撤下" in text_of(path, 410)
    for path in ("/open/", "/open/search/?q=采砂", "/open/data/", "/open/data/catalogue.json"):
        assert "河道采砂许可" not in text_of(path)
        assert issue.digest not in text_of(path)
    everything = Client().get("/open/data/lists.csv")
    assert "采砂".encode() not in b"".join(everything.streaming_content)
    assert Client().get("/open/data/lists.xlsx").status_code == 503
    assert publish_due(at=LATER) == 0
    assert Client().get("/open/data/lists.xlsx").status_code == 200


def test_what_is_resumed_is_there_again(issue):
    facts = {"edition": issue.edition.reference, "reason": "上级要求", "by": KEEPER, "at": LATER}
    effect.suspend(**facts)
    effect.resume(**facts)
    publish_due(at=LATER)
    assert "河道采砂许可" in text_of("/open/search/?q=采砂")


def test_the_files_say_the_same_as_the_pages_and_can_be_read_back(issue):
    content = Client().get(address(issue, "lists.json")).content
    held = edition_of(content)
    assert digest(held) == issue.digest
    assert {one.name for one in held.powers} == {"河道采砂许可", "违法采砂处罚", "股长任免"}
    table = Client().get(address(issue, "lists.csv")).content.decode("utf-8-sig")
    head = table.partition("\r\n")[0]
    assert head.startswith("单位,版本,编码,权力名称")
    assert not {"领导责任人", "风险等级", "备注"} & set(head.split(","))
    assert table.count("某县水利局") >= 3


def test_the_catalogue_names_each_file_with_its_digest(issue):
    told = json.loads(text_of("/open/data/catalogue.json"))
    (one,) = told["dcat:dataset"]
    assert one["dct:publisher"] == "某县水利局"
    files = {each["dcat:mediaType"]: each for each in one["dcat:distribution"]}
    assert files["application/json"]["sha256"] == issue.digest
    for each in files.values():
        path = each["dcat:downloadURL"].removeprefix("http://testserver")
        assert Client().get(path).status_code == 200


def test_the_feed_tells_of_new_editions(issue):
    text = text_of("/open/feed.atom")
    assert f"urn:uuid:{issue.event}" in text
    assert f"http://testserver{address(issue, '')}" in text


def test_strangers_land_on_the_portal_and_members_where_their_work_is(issue):
    assert Client().get("/")["Location"] == "/open/"
    assert reader(Role.SUPERVISOR).get("/")["Location"] != "/open/"
    robots = text_of("/robots.txt")
    assert "Allow: /open/" in robots
    assert "Disallow: /\n" in robots


def test_only_reading_is_possible(issue):
    for path in all_addresses(issue):
        assert Client().post(path).status_code in (403, 405), path


def test_the_days_of_a_notice_are_counted_with_today(county):
    from guiju.publish.portal.reads.issues import days_left  # noqa: PLC0415 - beside its use

    one = noticed(county)
    first, last = one.notice_from, one.notice_to
    assert days_left(one, last) == 1
    assert days_left(one, first) == (last - first).days + 1
    assert days_left(one, first - timedelta(days=1)) is None
    assert days_left(one, last + timedelta(days=1)) is None
    assert one.edition.state == EditionState.PUBLIC_NOTICE.value
    assert timezone.localdate(NOON) < first
