"""Bringing a table into a draft by page: sent, understood, compared, imported; nothing before."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acting import key_in
from guiju.base.evidence import kept
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.terms import Role
from guiju.define.lists.actions import drafting, editing, importing
from guiju.define.lists.models import Edition, Item, LearnedColumn
from guiju.define.lists.pages.importing import mapping
from guiju.define.lists.reads.whole import whole
from guiju.exchange.lists.intake import read_content
from listed import with_part, workbook
from organised import ACT, County
from readers import QUERIES, reader
from small_edition import SOUND
from workbooks import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SHARED = Path(__file__).parents[3] / "shared/data/lists"
FILES = sorted(path.name for path in SHARED.iterdir()) if SHARED.is_dir() else []
POWERS = "序号,权力名称,权力类型,行使主体\n1,取水许可,许可,水利局\n2,占河处罚,行政处罚,水利局\n"


@pytest.fixture
def edition():
    unit = County().bureau
    return drafting.begin_edition(
        unit=unit.reference, title="水利局清单", profile="county", based_on="", **ACT
    )


@pytest.fixture
def clerk():
    return reader(Role.LIST_KEEPER)


def page(view, edition, *more):
    return reverse(view, args=[edition.reference.partition(":")[2], *more])


def send(browser, edition, content=POWERS, name="权力.csv"):
    """Send a file; return the answer."""
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, data)
    return browser.post(page("lists:import", edition), {"file": file})


def sent(browser, edition, content=POWERS, name="权力.csv"):
    """Send a file that is understood; return the address of the second step."""
    answer = send(browser, edition, content, name)
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"]


def form_of(answer):
    """Return what a browser would send of the form on the page of the second step."""
    html = answer.content.decode()
    found = dict(re.findall(r'<input[^>]*name="([a-z]+-\d+)"[^>]*value="([^"]*)"', html))
    for name, inner in re.findall(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?', inner)
        found[name] = next((v for v, chosen in options if chosen), options[0][0])
    return found


def mapped(browser, at, go="again", **said):
    """Change what the form of the second step says; return the address that it leads to."""
    filled = form_of(browser.get(at)) | {name.replace("_", "-"): v for name, v in said.items()}
    answer = browser.post(at, filled | {"go": go})
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"]


def import_it(browser, at):
    """Go from the second step to the end; return the last answer."""
    third = browser.get(mapped(browser, at, go="next"))
    return browser.post(f"{at}changes/", {"key": key_in(third)})


def held(edition):
    return whole(Edition.objects.select_related("unit").get(number=edition.number))


def kept_files():
    return [path for path in kept._uploads().glob("*/*") if path.is_file()]


def test_c3_nothing_is_written_before_import_and_then_all_of_it(clerk, edition):
    before = Event.objects.count()
    at = sent(clerk, edition)
    second = text_of(clerk.get(at))
    assert "权力 2 项" in second
    assert "取水许可" in second
    third = clerk.get(mapped(clerk, at, go="next"))
    assert "共 2 项变动" in text_of(third)
    assert "会删去" not in text_of(third)
    assert (Item.objects.count(), Event.objects.count()) == (0, before)
    done = clerk.post(f"{at}changes/", {"key": key_in(third)})
    assert done["Location"] == page("lists:imported", edition)
    assert [one.name for one in held(edition).powers] == ["取水许可", "占河处罚"]
    assert Event.objects.count() == before + 1
    result = clerk.get(done["Location"])
    assert "权力 2 项" in text_of(result)
    assert page("lists:checks", edition) in result.content.decode()
    assert kept_files() == []


def test_c3_the_same_file_again_changes_nothing(clerk, edition):
    import_it(clerk, sent(clerk, edition))
    at = sent(clerk, edition)
    third = clerk.get(mapped(clerk, at, go="next"))
    assert "没有变动，不必导入" in text_of(third)
    assert 'class="button main"' not in third.content.decode().partition("<main")[2]


def test_confirming_twice_imports_once(clerk, edition):
    at = sent(clerk, edition)
    key = key_in(clerk.get(f"{at}changes/"))
    answers = [clerk.post(f"{at}changes/", {"key": key}) for _ in range(2)]
    assert [one["Location"] for one in answers] == [page("lists:imported", edition)] * 2
    assert Event.objects.filter(kind="lists.edition.imported").count() == 1


def test_c3_a_pasted_table_is_brought_in_like_a_file(clerk, edition):
    pasted = POWERS.replace(",", "\t")
    answer = clerk.post(page("lists:import", edition), {"pasted": pasted})
    assert import_it(clerk, answer["Location"]).status_code == 302
    assert [one.name for one in held(edition).powers] == ["取水许可", "占河处罚"]


STRANGE = "编号,权力名称,管哪些人\n1,取水许可,取水单位\n2,占河处罚,建设单位\n"


def test_c3_what_a_person_corrects_is_learned_with_the_import_and_used_from_then_on(clerk, edition):
    at = sent(clerk, edition, STRANGE)
    assert "不知道是什么" in text_of(clerk.get(at))
    at = mapped(clerk, at, column_0_2="power.targets")
    assert "不知道是什么" not in text_of(clerk.get(at))
    assert not LearnedColumn.objects.exists()
    third = clerk.get(mapped(clerk, at, go="next"))
    assert "记住您改过的 1 个列名" in text_of(third)
    clerk.post(f"{at}changes/", {"key": key_in(third)})
    assert [one.targets for one in held(edition).powers] == ["取水单位", "建设单位"]
    told = Event.objects.get(kind="lists.columns.learned")
    assert "管哪些人".encode() not in bytes(told.entry)
    other = reader(Role.LIST_KEEPER)
    again = text_of(other.get(sent(other, edition, STRANGE)))
    assert "不知道是什么" not in again
    assert "这一列的意思有人确认过" in again


def test_a_column_is_left_out_when_a_person_says_so(clerk, edition):
    at = sent(clerk, edition)
    at = mapped(clerk, at, column_0_2="none.ignored", column_0_3="none.ignored")
    import_it(clerk, at)
    assert [(one.kind, one.subject) for one in held(edition).powers] == [("", "")] * 2
    second = text_of(clerk.get(sent(clerk, edition)))
    assert "已确认这一列不采用" in second


def test_a_guess_stays_a_doubt_until_it_is_confirmed(clerk, edition):
    at = sent(clerk, edition, "权力名称,权力类型,具体行使主体说明\n取水,许可,水利局\n")
    assert "猜是「行使主体」，还没有确认" in text_of(clerk.get(at))
    assert "列名只是相近" in text_of(clerk.get(at))
    confirmed = clerk.get(mapped(clerk, at, column_0_2="power.subject"))
    assert "还没有确认" not in text_of(confirmed)
    assert "列名只是相近" not in text_of(confirmed)


def test_a_table_is_of_another_kind_or_left_out_when_a_person_says_so(clerk, edition):
    at = sent(clerk, edition, "岗位,禁止行为,责任人\n科长,收受礼金,张\n")
    assert "负面清单 1 项" in text_of(clerk.get(at))
    at = mapped(clerk, at, kind_0="none")
    left = text_of(clerk.get(at))
    assert "一项也没有读出" in left
    assert "不导入" in left
    third = clerk.get(mapped(clerk, at, go="next"))
    assert "没有可以导入的" in text_of(third)
    back = mapped(clerk, at, kind_0="negative")
    assert "负面清单 1 项" in text_of(clerk.get(back))


UNKNOWN = "某局台账\n甲,乙,丙\n取水,水利,好\n占河,水利,好\n"


def test_a_header_that_was_not_found_is_pointed_out(clerk, edition):
    at = sent(clerk, edition, UNKNOWN, "台账.csv")
    assert "没有认出表头" in text_of(clerk.get(at))
    at = mapped(clerk, at, as_0="power", first_0="2")
    at = mapped(clerk, at, column_0_0="power.name", column_0_1="power.subject")
    import_it(clerk, at)
    assert [(p.name, p.subject) for p in held(edition).powers] == [
        ("取水", "水利"),
        ("占河", "水利"),
    ]
    assert LearnedColumn.objects.count() == 2


def test_a_header_in_the_wrong_line_is_moved(clerk, edition):
    table = workbook([["权力名称", "权力类型"], ["权力名称", "行使主体"], ["取水", "水利局"]])
    at = sent(clerk, edition, table, "x.xlsx")
    at = mapped(clerk, at, line_0="2")
    import_it(clerk, at)
    assert [(p.name, p.subject) for p in held(edition).powers] == [("取水", "水利局")]


CARDS = (
    ["行使主体", "水利局"],
    ["权力名称", "取水许可"],
    ["权力类型", "行政许可"],
    ["谁来办", "水资源股"],
    ["行使主体", "水利局"],
    ["权力名称", "占河处罚"],
    ["权力类型", "行政处罚"],
    ["谁来办", "执法大队"],
    ["填表", "某某"],
)


def place_of(browser, at, label):
    """Return the number of a label on the form."""
    html = browser.get(at).content.decode()
    return html.split(f"<b>{label}</b>")[1].split('name="column-0-')[1].split('"')[0]


def test_c3_which_label_of_a_card_is_which_field_is_corrected_and_learned(clerk, edition):
    at = sent(clerk, edition, workbook(CARDS), "卡片.xlsx")
    shown = text_of(clerk.get(at))
    assert "可能是标签" in shown
    assert form_of(clerk.get(at))["shape-0"] == "cards"
    place = place_of(clerk, at, "谁来办")
    at = mapped(clerk, at, **{f"column_0_{place}": "power.office", "last_0": "8"})
    import_it(clerk, at)
    assert [(p.name, p.kind, p.office) for p in held(edition).powers] == [
        ("取水许可", "licence", "水资源股"),
        ("占河处罚", "penalty", "执法大队"),
    ]
    (learned,) = LearnedColumn.objects.all()
    assert (learned.header, learned.target) == ("谁来办", "power.office")


def test_c3_a_label_that_comes_once_is_typed_in(clerk, edition):
    at = sent(clerk, edition, workbook(CARDS[:4]), "卡片.xlsx")
    at = mapped(clerk, at, label_0="谁来办", means_0="power.office")
    import_it(clerk, at)
    assert [(p.name, p.office) for p in held(edition).powers] == [("取水许可", "水资源股")]


def test_c3_where_a_card_begins_and_ends_is_corrected(clerk, edition):
    rows = [["权力类型", "行政许可"], ["权力名称", "取水许可"], ["行使主体", "甲"], *CARDS[5:]]
    at = sent(clerk, edition, workbook(rows), "卡片.xlsx")
    at = mapped(clerk, at, begins_0="权力名称", line_0="2", last_0="5")
    page = text_of(clerk.get(at))
    assert "第 2 行起" in page
    assert form_of(clerk.get(at))["begins-0"] == "权力名称"
    import_it(clerk, at)
    assert [(p.name, p.kind) for p in held(edition).powers] == [
        ("取水许可", ""),
        ("占河处罚", "penalty"),
    ]


def test_c3_what_is_no_label_stays_content_till_it_is_said_otherwise(clerk, edition):
    rows = [["权力名称", "职权名称"], ["权力类型", "行政许可"], ["行使主体", "水利局"]]
    at = sent(clerk, edition, workbook(rows), "卡片.xlsx")
    place = place_of(clerk, at, "职权名称")
    at = mapped(clerk, at, **{f"column_0_{place}": "none.content"})
    again = form_of(clerk.get(at))
    assert "none.content" in again.values()
    import_it(clerk, at)
    assert [p.name for p in held(edition).powers] == ["职权名称"]
    assert not LearnedColumn.objects.filter(target="none.content").exists()


def test_cards_are_pointed_out_where_nothing_was_found(clerk, edition):
    rows = [["甲", "取水许可"], ["乙", "行政许可"], ["甲", "占河处罚"], ["乙", "行政处罚"]]
    at = sent(clerk, edition, workbook(rows), "卡片.xlsx")
    assert "没有认出表头" in text_of(clerk.get(at))
    at = mapped(clerk, at, as_0="power", first_0="1", lies_0="cards", until_0="4")
    at = mapped(clerk, at, column_0_0="power.name", column_0_1="power.kind")
    import_it(clerk, at)
    assert [(p.name, p.kind) for p in held(edition).powers] == [
        ("取水许可", "licence"),
        ("占河处罚", "penalty"),
    ]


def test_cards_are_a_table_and_a_table_is_cards_when_a_person_says_so(clerk, edition):
    at = sent(clerk, edition, workbook(CARDS), "卡片.xlsx")
    at = mapped(clerk, at, shape_0="table", line_0="1")
    assert "levels-0" in form_of(clerk.get(at))
    at = mapped(clerk, at, shape_0="cards", line_0="1")
    assert form_of(clerk.get(at))["shape-0"] == "cards"
    import_it(clerk, at)
    assert [p.name for p in held(edition).powers] == ["取水许可", "占河处罚"]


def test_many_tables_are_corrected_page_by_page(clerk, edition, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_SELECTS", 3)
    text = "权力名称,权力类型,对谁\n取水,许可,甲\n\n岗位,禁止行为,谁管\n科长,收礼,乙\n"
    at = sent(clerk, edition, text)
    assert "权责清单" in text_of(clerk.get(f"{at}?tables=1"))
    second = clerk.get(f"{at}?tables=2")
    assert 'name="kind-1"' in second.content.decode()
    assert 'name="kind-0"' not in second.content.decode()
    clerk.post(at, form_of(second) | {"column-1-2": "negative.owner", "go": "again"})
    first = clerk.get(at)
    clerk.post(at, form_of(first) | {"column-0-2": "power.targets", "go": "again"})
    import_it(clerk, at)
    assert held(edition).powers[0].targets == "甲"
    assert held(edition).negatives[0].owner == "乙"


def test_what_no_form_would_send_is_passed_over(clerk, edition):
    at = sent(clerk, edition)
    strange = {
        "kind_0": "power",
        "line_0": "99999999999",
        "levels_0": "x",
        "column_0_1": "power.nothing",
    }
    mapped(clerk, at, **strange)
    import_it(clerk, at)
    assert [one.name for one in held(edition).powers] == ["取水许可", "占河处罚"]


def test_every_doubt_stands_in_its_place_and_can_be_taken_away(clerk, edition):
    at = sent(clerk, edition, "权力名称,权力类型,风险等级\n取水,1,很高很高\n=x,许可,高\n")
    text = text_of(clerk.get(at))
    assert "权力.csv C2" in text
    file = clerk.get(f"{at}notes/")
    assert "存疑和没看懂的" in unquote(file["Content-Disposition"])
    rows = file.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "工作表,单元格,原文,读作,状态,原因"
    assert any(",B2,1,行政许可,存疑," in row for row in rows)
    assert any(",C2,很高很高,,没看懂," in row for row in rows)


def test_totals_that_do_not_add_up_are_told(clerk, edition):
    at = sent(clerk, edition, "权力清单:3项\n" + POWERS)
    third = text_of(clerk.get(f"{at}changes/"))
    assert "总数和实际的行数对不上" in third
    assert "权力清单:3项" in third


def test_changes_are_told_field_by_field(clerk, edition):
    rows = "编码,权力名称,权力类型\nA1,取水许可,许可\nA2,占河处罚,处罚\nA3,河道采砂许可,许可\n"
    import_it(clerk, sent(clerk, edition, rows))
    other = "编码,权力名称,权力类型\nA1,取水许可,确认\nB3,河道采砂许可,许可\nA4,新设检查,检查\n"
    at = sent(clerk, edition, other)
    html = clerk.get(f"{at}changes/").content.decode()
    text = text_of(clerk.get(f"{at}changes/"))
    assert "权力 1 项 1 项 1 项 1 项" in text
    assert "会删去" in text
    assert "<del>" in html
    assert "<ins>" in html
    for word in ("新增", "变更", "改号", "删除", "权力类型"):
        assert word in text


def test_a_code_that_stands_twice_forbids_the_import_and_says_so(clerk, edition):
    at = sent(clerk, edition, "编码,权力名称,权力类型\nA1,取水,许可\nA1,占河,处罚\n")
    third = clerk.get(f"{at}changes/")
    assert "EDITION-14" in text_of(third)
    answer = clerk.post(f"{at}changes/", {"key": key_in(third)})
    assert answer.status_code == 400
    assert "EDITION-14" in text_of(answer)
    assert not Item.objects.exists()


def test_what_was_changed_since_is_shown_anew_and_not_overwritten(clerk, edition):
    at = sent(clerk, edition)
    key = key_in(clerk.get(f"{at}changes/"))
    item = replace(SOUND.powers[0], code="9")
    editing.put_item(edition=edition.reference, item=item, revision=None, **ACT)
    answer = clerk.post(f"{at}changes/", {"key": key})
    assert answer.status_code == 409
    assert "EDITION-03" in text_of(answer)
    assert "会删去" in text_of(answer)
    assert Item.objects.count() == 1
    assert clerk.post(f"{at}changes/", {"key": key_in(answer)}).status_code == 302
    assert {one.code for one in held(edition).powers} != {"9"}


def test_nobody_else_reads_or_confirms_what_somebody_sent(clerk, edition):
    at = sent(clerk, edition)
    key = key_in(clerk.get(f"{at}changes/"))
    other = reader(Role.LIST_KEEPER)
    for answer in (
        other.get(at),
        other.post(at, {"go": "next"}),
        other.get(f"{at}changes/"),
        other.post(f"{at}changes/", {"key": key}),
        other.get(f"{at}notes/"),
    ):
        assert answer.status_code == 400
        assert "EDITION-17" in text_of(answer)
    assert not Item.objects.exists()


def test_what_was_sent_for_one_edition_goes_into_no_other(clerk, edition):
    at = sent(clerk, edition)
    unit = Edition.objects.select_related("unit").get(number=edition.number).unit
    other = drafting.begin_edition(
        unit=type(unit).objects.get(code="Z").reference,
        title="乡镇清单",
        profile="county",
        based_on="",
        **ACT,
    )
    token = at.rstrip("/").rpartition("/")[2]
    answer = clerk.get(page("lists:changes", other, token))
    assert "EDITION-17" in text_of(answer)


def test_an_upload_is_gone_after_an_hour_and_lies_encrypted_till_then(clerk, edition, monkeypatch):
    at = sent(clerk, edition)
    for file in kept_files():
        assert "取水".encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(kept, "LIFE", kept.LIFE * 0)
    answer = clerk.get(at)
    assert answer.status_code == 400
    assert "EDITION-17" in text_of(answer)
    assert kept_files() == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EDITION-16"),
        (b"PK\x03\x04 broken", "ORG-20"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "ORG-20"),
        (with_part(workbook([["权力名称"]]), "xl/vbaProject.bin", b"x"), "LISTS-01"),
        ("权力名称,权力类型\n".encode() * 3 + "权力".encode()[:-1] + b"\xff\n", "LISTS-04"),
        (b"\x00\x01\x02\x03", "LISTS-04"),
        (b"\n \n", "LISTS-05"),
        (b'{"format": "x"}', "LISTS-07"),
        (b"a\n" * 100_001, "LISTS-02"),
    ],
    ids=["none", "broken", "xls", "macros", "bytes", "binary", "blank", "json", "rows"],
)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(clerk, edition, content, code):
    answer = send(clerk, edition, content)
    assert answer.status_code == 400
    assert code in text_of(answer)
    assert kept_files() == []
    assert not Item.objects.exists()


def test_formulas_and_hidden_sheets_are_named(clerk, edition):
    book = workbook(
        [["权力名称", "权力类型"], ["取水", "许可"], ["=1+1", "许可"]],
        hidden=[["权力名称", "权力类型"], ["暗中", "许可"]],
    )
    text = text_of(clerk.get(sent(clerk, edition, book, "x.xlsx")))
    assert "「藏起来的」是隐藏的" in text
    assert "公式" in text


def test_who_may_not_edit_the_draft_finds_no_page(edition):
    for stranger in (reader(Role.STAFF), reader(Role.LIST_KEEPER, unit="unit:else")):
        assert stranger.get(page("lists:import", edition)).status_code == 404
        assert send(stranger, edition).status_code == 404
        assert stranger.get(page("lists:import_template", edition)).status_code == 404
    assert kept_files() == []


def test_into_what_is_in_review_nothing_is_imported(clerk, edition):
    at = sent(clerk, edition)
    key = key_in(clerk.get(f"{at}changes/"))
    with wall.opened():
        Edition.objects.update(state=EditionState.IN_REVIEW.value)
    for answer in (send(clerk, edition), clerk.get(at), clerk.post(f"{at}changes/", {"key": key})):
        assert answer.status_code == 403
        assert "EDITION-02" in text_of(answer)
    assert "导入表格" not in text_of(clerk.get(page("lists:edition", edition)))
    assert not Item.objects.exists()


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_c3_an_exported_edition_comes_back_without_a_change(clerk, edition, form):
    importing.import_lists(
        edition=edition.reference, told=SOUND, file="0" * 64, revision=None, **ACT
    )
    away = clerk.get(page(f"lists:export_{form}", edition))
    assert away.status_code == 200
    assert Event.objects.filter(kind="record.list.exported").count() == 1
    before = held(edition)
    at = sent(clerk, edition, away.content, f"x.{form}")
    third = text_of(clerk.get(f"{at}changes/"))
    assert "没有变动，不必导入" in third
    with wall.opened():
        Item.objects.all()._raw_delete("default")
    at = sent(clerk, edition, away.content, f"x.{form}")
    import_it(clerk, at)
    after = held(edition)
    assert all(before.table(kind) == after.table(kind) for kind in ItemKind)
    assert before.stated == after.stated


def test_the_template_is_the_products_own_and_says_nothing(clerk, edition):
    answer = clerk.get(page("lists:import_template", edition))
    intake = read_content("x.xlsx", answer.content)
    assert intake.is_clear
    assert list(intake.edition.items()) == []
    assert intake.edition.profile == "county"


def test_the_buttons_lead_there(clerk, edition):
    html = clerk.get(page("lists:edition", edition)).content.decode()
    assert page("lists:import", edition) in html
    assert page("lists:export", edition) in html
    assert clerk.get(page("lists:export", edition)).status_code == 200
    stranger = reader(Role.LIST_KEEPER, unit="unit:else")
    for view in ("lists:export", "lists:export_xlsx", "lists:export_json"):
        assert stranger.get(page(view, edition)).status_code == 404


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_c3_every_file_of_the_offices_goes_through_all_steps(clerk, edition, name):
    content = (SHARED / name).read_bytes()
    intake = read_content(name, content)
    at = sent(clerk, edition, content, name)
    second = clerk.get(at)
    assert second.status_code == 200
    file = clerk.get(f"{at}notes/").content.decode("utf-8-sig")
    third = clerk.get(f"{at}changes/")
    assert third.status_code == 200
    counts = {kind: len(intake.edition.table(kind)) for kind in ItemKind}
    for kind, count in counts.items():
        assert not count or f"{kind.label} {count:,} 项" in text_of(second)
    assert (len(intake.notes) > 0) == (file.count("\n") > 1)
    if not any(counts.values()):
        assert "没有可以导入的" in text_of(third)
        return
    done = clerk.post(f"{at}changes/", {"key": key_in(third)})
    assert done.status_code == 302, text_of(done)
    assert {kind: len(held(edition).table(kind)) for kind in ItemKind} == counts
    again = sent(clerk, edition, content, name)
    assert "没有变动，不必导入" in text_of(clerk.get(f"{again}changes/"))


def queries(browser, address):
    """Open a page; return how many queries it cost."""
    with CaptureQueriesContext(connection) as cost:
        assert browser.get(address).status_code == 200
    return len(cost)


@pytest.mark.parametrize("count", [1, 150])
def test_a_step_costs_one_query_more_than_any_page_of_the_edition(clerk, edition, count):
    rows = [f"{n},第{n}项许可,许可,水利局" for n in range(1, count + 1)]
    at = sent(clerk, edition, "\n".join([POWERS.splitlines()[0], *rows]))
    least = queries(clerk, page("lists:export", edition))
    assert QUERIES <= least <= QUERIES + 3
    assert queries(clerk, at) == least + 1
    assert queries(clerk, f"{at}changes/") == least + 1


def test_a_long_difference_is_paged_through(clerk, edition):
    rows = [f"{n},第{n}项许可,许可,水利局" for n in range(1, 151)]
    at = sent(clerk, edition, "\n".join([POWERS.splitlines()[0], *rows]))
    first = clerk.get(f"{at}changes/")
    assert "第 1 到 100 项，共 150 项" in text_of(first)
    assert 'href="?from=100"' in first.content.decode()
    assert "第 101 到 150 项，共 150 项" in text_of(clerk.get(f"{at}changes/?from=100"))
