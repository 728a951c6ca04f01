"""Two editions side by side: who may see them, what differs, its file, its size, two units."""

import io
import re
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from api_story import is_problem, program
from drafted import drafted, in_use
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.model import Power
from guiju.core.lists.words import EditionState, ReviewVerdict
from guiju.core.terms import Role
from guiju.define.approval.actions.cleaning import judge
from guiju.define.lists.actions import drafting
from organised import ACT, County
from readers import reader
from small_edition import FINE, LICENCE, SOUND, STAFF

pytestmark = pytest.mark.django_db


def changed():
    """The small edition with one power changed, one cancelled, one new, and a risk reworded."""
    licence, _, fine = SOUND.powers
    powers = (
        replace(licence, boundary="限于本县河道之内，禁采期一律不办", phone="12345"),
        replace(fine, code="5116020130200900"),
        Power(code="5116020130100900", name="取水许可"),
    )
    risks = tuple(
        replace(one, text=f"{one.text}（修改）") if one.code == "R1" else one for one in SOUND.risks
    )
    return replace(SOUND, powers=powers, risks=risks)


@pytest.fixture
def county():
    return County()


@pytest.fixture
def old(county):
    return in_use(drafted(county.bureau))


@pytest.fixture
def new(county, old):
    return drafted(county.bureau, changed(), title="交通局清单（修订）")


@pytest.fixture
def keeper(county):
    return reader(Role.LIST_KEEPER, unit=county.bureau.reference)


def key(edition):
    return edition.reference.partition(":")[2]


def at(new, old=None, query=""):
    return f"/lists/{key(new)}/compare/" + (f"{key(old)}/" if old else "") + query


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def cells(text):
    """The rows of the comparison: field, left, right, as people read them."""
    found = re.findall(
        r'<tr><th scope="row">([^<]*)</th><td data-label="左">(.*?)</td>'
        r'<td data-label="右">(.*?)</td></tr>',
        text,
        re.DOTALL,
    )
    bare = r'<span class="unseen">.*?</span>|<[^>]*>'
    return [tuple(re.sub(bare, "", one).strip() for one in row) for row in found]


def test_s2_12_two_editions_stand_side_by_side_field_by_field(keeper, old, new):
    text = page(keeper, at(new, old))
    told = cells(text)
    assert ("监督电话", "没有", "12345") in told
    assert ("行使边界", SOUND.powers[0].boundary, "限于本县河道之内，禁采期一律不办") in told
    assert ("编码", FINE, "5116020130200900") in told
    whole = {label: (left, right) for label, left, right in told if label == "全部内容"}
    assert whole
    gone = next(left for label, left, right in told if "股长任免" in left)
    assert "权力名称：股长任免" in gone
    come = next(right for label, left, right in told if "取水许可" in right)
    assert come == "编码：5116020130100900\n权力名称：取水许可"
    assert f"/lists/{key(old)}/items/power/{STAFF}/" in text
    assert f"/lists/{key(new)}/items/power/5116020130100900/" in text
    assert "<del>" in text
    assert "<ins>" in text


def test_counts_lead_to_what_they_count(keeper, old, new):
    text = page(keeper, at(new, old))
    row = re.search(r'<tr><th scope="row">权力</th>(.*?)</tr>', text, re.DOTALL)[1]
    assert re.findall(r">(\d+)<", row) == ["3", "3", "1", "1", "1", "1", "0"]
    links = re.findall(r'href="([^"#]*)#changes"', row)
    assert len(links) == 4
    only = page(keeper, links[0].replace("&amp;", "&"))
    assert "取水许可" in only
    assert "股长任免" not in only
    assert [label for label, *_ in cells(only)] == ["全部内容"]
    unchanged = page(keeper, at(new, old, "?kind=risk&how=unchanged"))
    assert "任免时任人唯亲" in unchanged
    assert "审查时放过" not in unchanged
    assert cells(unchanged) == []
    assert "没有符合条件的行" in page(keeper, at(new, old, "?kind=negative&how=added"))


def test_the_page_without_a_choice_goes_to_the_edition_before(keeper, old, new):
    for one in (new, old):
        answer = keeper.get(at(one))
        assert (answer.status_code, answer["Location"]) == (302, at(new, old))
    chosen = keeper.get(at(new), {"with": old.reference})
    assert chosen["Location"] == at(new, old)
    swapped = page(keeper, at(old, new))
    assert ("监督电话", "12345", "没有") in cells(swapped)


def test_an_only_edition_says_that_there_is_nothing_to_compare_with(county, keeper, old):
    answer = keeper.get(at(old))
    assert answer["Location"] == at(old) + "choose/"
    assert "没有可以对比的版本" in page(keeper, answer["Location"])


def test_two_editions_that_say_the_same_say_so(keeper, county, old):
    same = drafted(county.bureau, title="交通局清单")
    assert "两版的内容完全相同" in page(keeper, at(same, old))


def test_verdicts_stand_beside_powers_also_those_that_stay(keeper, old, new):
    for power, verdict, reason in (
        (STAFF, ReviewVerdict.CANCEL, "县府令第 4 号"),
        (LICENCE, ReviewVerdict.KEEP, ""),
    ):
        decision = Decision(verdict, reason)
        judge(edition=new.reference, power=power, decision=decision, **ACT)
    text = page(keeper, at(new, old))
    assert text.count("清理结论 <span") == 2
    assert "县府令第 4 号" in text
    only = page(keeper, at(new, old, "?verdict=cancel"))
    assert "股长任免" in only
    assert "采砂许可" not in only.partition("全部内容")[2]


def test_a_power_that_stays_as_it_was_is_there_with_its_verdict(keeper, county, old):
    same = drafted(county.bureau, title="交通局清单")
    judge(edition=same.reference, power=FINE, decision=Decision(ReviewVerdict.KEEP), **ACT)
    text = page(keeper, at(same, old))
    assert "不变" in text
    assert "违法采砂处罚" in text
    assert "股长任免" not in text


def test_what_may_not_be_read_is_missing_on_either_side(county, old, new):
    town = reader(Role.LIST_KEEPER, unit=county.town.reference)
    own = drafted(county.town, title="镇清单")
    for address in (at(new, old), at(new), at(own, old), at(new, own), at(new) + "choose/"):
        assert town.get(address).status_code == 404, address
    assert town.get(at(own), {"with": old.reference}).status_code == 404
    assert town.get(at(own), {"with": "nothing"}).status_code == 404
    assert "交通局清单" not in page(town, at(own) + "choose/")
    nobody = reader(Role.STAFF, unit=county.town.reference)
    assert nobody.get(at(new, old)).status_code == 404


def test_two_units_are_compared_by_what_things_are_called(county, old):
    theirs = replace(
        SOUND,
        powers=(
            *(replace(one, code=f"T{n}", post="站长") for n, one in enumerate(SOUND.powers, 1)),
            Power(code=STAFF, name="渔船登记"),
        ),
        bases=(replace(SOUND.bases[0], code="Y9", power="T1"),),
        duties=(), accountabilities=(), negatives=(), flows=(), risks=(), controls=(), standards=(),
    )  # fmt: skip
    other = drafted(county.town, theirs, title="镇清单")
    both = reader(Role.SUPERVISOR, unit=county.county.reference)
    text = page(both, at(other, old))
    told = cells(text)
    assert ("行使岗位", "审批股长", "站长") in told
    assert not [row for row in told if row[0] in ("编码", "权力编码")]
    assert f"/lists/{key(other)}/items/power/T2/" in text
    assert f"/lists/{key(other)}/items/basis/Y9/" not in text
    come = next(right for label, left, right in told if "渔船登记" in right)
    assert come == f"编码：{STAFF}\n权力名称：渔船登记"
    assert "镇清单" in page(both, at(old) + "choose/")
    assert "按名称对应" in text
    assert "只在右边" in text
    assert "新增" not in text.partition("各表有多少不同")[2]


def test_two_units_with_two_profiles_are_refused_in_words(county, old):
    begun = drafting.begin_edition(
        unit=county.town.reference, title="镇清单", profile="school", based_on="", **ACT
    )
    both = reader(Role.SUPERVISOR, unit=county.county.reference)
    answer = both.get(at(begun, old))
    assert answer.status_code == 400
    assert "配置也不同" in answer.content.decode()


def test_the_file_holds_what_the_page_shows(keeper, old, new):
    answer = keeper.get(at(new, old, "?kind=power&format=xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:4] == ("表", "左版编码", "右版编码", "名称")
    assert "交通局清单 · 第 1 版" in head[6]
    shown = cells(page(keeper, at(new, old, "?kind=power")))
    assert [(row[5], row[6] or "没有", row[7] or "没有") for row in rows] == shown
    assert keeper.get(at(new, old, "?format=csv")).status_code == 200


def many(count, word):
    powers = tuple(
        Power(code=f"Q{n:05}", name=f"第{n}项取水许可", boundary=f"{word}{n}") for n in range(count)
    )
    return replace(
        SOUND, powers=powers, bases=(), duties=(), accountabilities=(), negatives=(),
        flows=(), risks=(), controls=(), standards=(),
    )  # fmt: skip


def test_many_changes_cost_as_many_queries_and_as_much_page_as_few(
    county, keeper, django_assert_max_num_queries
):
    old = in_use(drafted(county.bureau, many(1_200, "限于")))
    new = drafted(county.bureau, many(1_200, "只在"), title="新")
    page(keeper, f"/lists/{key(new)}/")
    with django_assert_max_num_queries(15):
        text = page(keeper, at(new, old))
    assert len(cells(text)) == 50
    assert len(text) < 120_000
    assert "1,000 行以上" in text
    seen, address = 0, at(new, old, "?how=changed")
    while address and seen < 150:
        text = page(keeper, address)
        assert {label for label, *_ in cells(text)} == {"行使边界"}
        seen += len(cells(text))
        found = re.search(r'rel="next" href="([^"]*)"', text)
        address = found[1].replace("&amp;", "&") if found else ""
    assert seen == 150
    assert address


def test_programs_read_the_same_lines(county, old, new):
    client = program(Role.LIST_KEEPER, unit=county.bureau.reference)
    where = f"/lists/{key(new)}/compare/{key(old)}"
    told = client.get(f"{where}?kind=power&how=changed")["rows"]
    assert [one["field"] for one in told] == ["boundary", "phone"]
    assert told[1] == {
        "number": 2, "kind": "power", "alteration": "changed", "old_code": LICENCE,
        "new_code": LICENCE, "title": "河道采砂许可", "field": "phone", "old": "", "new": "12345",
        "verdict": None, "reason": "", "into": "",
    }  # fmt: skip
    gone = client.get(f"{where}?how=removed")["rows"][0]
    assert (gone["new_code"], gone["new"]) == ("", None)
    assert gone["old"]["name"] == "股长任免"
    counted = client.get(f"{where}/counts")
    assert counted[0] == {
        "kind": "power", "old": 3, "new": 3,
        "added": 1, "changed": 1, "renumbered": 1, "removed": 1, "unchanged": 0,
    }  # fmt: skip
    stranger = program(Role.LIST_KEEPER, unit=county.town.reference)
    is_problem(stranger.ask("GET", where), 404, "API-01")
    is_problem(stranger.ask("GET", f"{where}/counts"), 404, "API-01")
    is_problem(client.ask("GET", f"{where}?how=odd"), 400, "PAGE-08")


def test_the_tab_stands_beside_the_others_in_every_state(keeper, old, new):
    for one in (old, new):
        assert f'href="{at(one)}"' in page(keeper, f"/lists/{key(one)}/")
    assert EditionState.of(old.state) is EditionState.EFFECTIVE
