"""Importing by page: checked first, shown before it is done, done as shown, once."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acting import key_in
from guiju.base.evidence import kept
from guiju.base.org.actions import units
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Appointment, Person, Post, Unit
from guiju.base.org.pages.kept import SHELF
from guiju.base.org.reads.people import sealed
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE
from guiju.core.organisation.rows import (
    Organisation,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import UnitKind
from guiju.core.terms import Role
from guiju.exchange.organisation import read_organisation
from organised import ACT, TODAY
from readers import make_account, reader, sign_in
from workbooks import FAULTY, ID_NUMBER, TABLE, text_of, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def send(browser, content, name="组织表.xlsx"):
    """Send a workbook; the answer leads to what came of checking it."""
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("org:importing"), {"file": file})


def checked(browser, content=None):
    """Send a workbook and return the address and the page of what came of it."""
    answer = send(browser, workbook() if content is None else content)
    assert answer.status_code == 302, answer.content.decode()
    at = answer["Location"]
    return at, browser.get(at)


def take_in(browser, table=TABLE):
    at, page = checked(browser, workbook(table))
    return browser.post(at, {"key": key_in(page)})


@pytest.fixture
def keeper():
    return reader(Role.ORG_KEEPER)


def kept_files():
    return list(SHELF._folder().glob("*"))


def test_the_preview_shows_every_change_and_nothing_is_done_yet(keeper):
    _, page = checked(keeper)
    text = text_of(page)
    assert page.status_code == 200
    assert "核对 7 处变动" in text
    assert "张三" in text
    assert "财政局" in text
    assert not Unit.objects.exists()


def test_what_is_sealed_is_not_shown_in_the_preview_nor_kept_in_the_open(keeper):
    _, page = checked(keeper)
    assert ID_NUMBER not in page.content.decode()
    assert "（密封，不显示）" in page.content.decode()
    (file,) = kept_files()
    assert not file.read_bytes().startswith(b"PK")
    assert file.stat().st_mode & 0o777 == 0o600


def test_confirming_does_what_was_shown_and_counts_it(keeper):
    answer = take_in(keeper)
    assert answer["Location"] == reverse("org:import_done")
    done = text_of(keeper.get(answer["Location"]))
    assert "单位 3 0 0" in done
    assert "人员 2 0 0" in done
    assert (Unit.objects.count(), Post.objects.count(), Person.objects.count()) == (3, 1, 2)
    assert Appointment.objects.count() == 1
    assert Event.objects.filter(kind="org.table.imported").count() == 1
    assert kept_files() == []


def test_confirming_twice_imports_once(keeper):
    at, page = checked(keeper)
    answers = [keeper.post(at, {"key": key_in(page)}) for _ in range(2)]
    assert [one["Location"] for one in answers] == [reverse("org:import_done")] * 2
    assert Event.objects.filter(kind="org.table.imported").count() == 1


def test_the_same_workbook_again_changes_nothing(keeper):
    take_in(keeper)
    _, page = checked(keeper)
    assert "没有变动" in text_of(page)
    assert "不必导入" in text_of(page)


def test_what_is_taken_away_and_sent_back_changes_nothing_and_keeps_what_is_sealed(keeper):
    take_in(keeper)
    away = keeper.get(reverse("org:export")).content
    assert ID_NUMBER.encode() not in away
    _, page = checked(keeper, away)
    assert "没有变动" in text_of(page)
    table = read_organisation(away).organisation
    changed = replace(table, persons=tuple(replace(one, name="王五") for one in table.persons[:1]))
    assert take_in(keeper, changed).status_code == 302
    assert sealed(Person.objects.get(name="王五").reference, EVERYWHERE)[0] == ID_NUMBER


def test_changes_are_shown_with_what_was_before(keeper):
    take_in(keeper)
    ended = replace(TABLE.appointments[0], end=date(2027, 1, 1))
    renamed = replace(TABLE.units[1], name="财政和国资局")
    new = replace(TABLE, units=(TABLE.units[0], renamed, TABLE.units[2]), appointments=(ended,))
    _, page = checked(keeper, workbook(new))
    text = text_of(page)
    assert "核对 2 处变动" in text
    assert "终止" in text
    assert "和国资" in text
    assert "2027-01-01" in text


def test_every_fault_is_told_by_sheet_row_and_column_and_nothing_is_imported(keeper):
    at, page = checked(keeper, workbook(FAULTY))
    text = text_of(page)
    assert "表格里有 3 处问题" in text
    for column in ("上级单位编号", "身份证号", "结束日期"):
        assert column in text
    assert 'name="key"' not in page.content.decode()
    refused = keeper.post(at, {"key": "4b0b2a52-1f1e-4a3b-9d52-0d4a9f0d1c11"})
    assert refused.status_code == 200
    assert not Unit.objects.exists()


def test_the_workbook_comes_back_with_the_faults_and_can_be_mended(keeper):
    at, _ = checked(keeper, workbook(FAULTY))
    back = keeper.get(f"{at}faults/")
    assert back["Content-Disposition"].startswith("attachment")
    again = read_organisation(back.content).organisation
    assert again.units == FAULTY.units


def test_an_upload_is_gone_after_an_hour(keeper, monkeypatch):
    at, page = checked(keeper)
    monkeypatch.setattr(kept, "LIFE", kept.LIFE * 0)
    answer = keeper.post(at, {"key": key_in(page)})
    assert answer.status_code == 400
    assert "ORG-85" in answer.content.decode()
    assert kept_files() == []
    assert not Unit.objects.exists()


def test_nobody_else_reads_or_confirms_what_somebody_sent(keeper):
    at, page = checked(keeper)
    other = reader(Role.ORG_KEEPER)
    assert "ORG-85" in other.get(at).content.decode()
    assert "ORG-85" in other.post(at, {"key": key_in(page)}).content.decode()
    assert other.get(f"{at}faults/").status_code == 400
    assert not Unit.objects.exists()


def test_a_file_that_was_exchanged_on_the_disk_is_not_taken_in(keeper):
    at, page = checked(keeper)
    (file,) = kept_files()
    file.write_bytes(workbook())
    assert "ORG-85" in keeper.post(at, {"key": key_in(page)}).content.decode()
    assert not Unit.objects.exists()


def test_what_changed_since_the_preview_is_shown_anew_and_not_done(keeper):
    take_in(keeper)
    renamed = replace(TABLE, units=(TABLE.units[0], replace(TABLE.units[1], name="财税局")))
    at, page = checked(keeper, workbook(renamed))
    row = Unit.objects.get(code="J")
    reform = Reform(TODAY)
    units.rename_unit(unit=row.reference, name="财务局", short_name="", reform=reform, **ACT)
    answer = keeper.post(at, {"key": key_in(page)})
    assert answer.status_code == 409
    assert "ORG-82" in answer.content.decode()
    assert Unit.objects.get(code="J").name == "财务局"
    again = keeper.post(at, {"key": key_in(answer)})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "ORG-86"), (b"not a workbook", "ORG-20"), (b"PK\x03\x04broken", "ORG-20")],
)
def test_what_is_no_workbook_is_refused_on_the_page(keeper, content, code):
    answer = send(keeper, content)
    if answer.status_code == 302:
        answer = keeper.get(answer["Location"])
    assert answer.status_code == 400
    assert code in answer.content.decode()
    assert kept_files() == []


def test_a_keeper_of_one_unit_cannot_touch_or_see_others(keeper):
    take_in(keeper)
    bureau = Unit.objects.get(code="J")
    here = sign_in(make_account(Role.ORG_KEEPER, unit=bureau.reference))
    away = read_organisation(here.get(reverse("org:export")).content).organisation
    assert [one.code for one in away.units] == ["J"]
    secret = replace(TABLE.units[2], name="城关街道")
    _, page = checked(here, workbook(replace(TABLE, units=(*TABLE.units[:2], secret))))
    text = text_of(page)
    assert "ORG-84" in text
    assert "城关镇" not in text
    below = UnitRow(code="J1", name="预算科", parent="J", kind=UnitKind.OFFICE)
    post = PostRow(code="B", unit="J1", name="科长")
    fine = replace(TABLE, units=(*TABLE.units, below), posts=(*TABLE.posts, post))
    assert take_in(here, fine).status_code == 302
    assert Post.objects.get(code="B").unit.parent == bureau


def test_the_empty_template_reads_back_as_nothing(keeper):
    template = keeper.get(reverse("org:import_template"))
    assert read_organisation(template.content).organisation == Organisation()


def test_who_may_not_import_finds_no_page():
    staff = reader(Role.STAFF)
    for name in ("org:importing", "org:import_template", "org:import_done", "org:export"):
        assert staff.get(reverse(name)).status_code == 404
