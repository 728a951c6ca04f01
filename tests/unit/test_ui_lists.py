"""Lists: filters, order and columns stay in the address, and exports hold what is shown."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from guiju.base.ui import exporting, lists
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.sources import AtHand
from guiju.base.ui.tables import BulkAction, Column, Filter, Sort, Table
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind, Role, Term


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    since: date
    at: datetime
    count: int = 0
    role: Term = Role.STAFF


TABLE = Table(
    name=zh("人员"),
    columns=(
        Column("name", zh("姓名"), lambda p: p.name, Sort("name"), link=lambda p: f"/p/{p.id}/"),
        Column("since", zh("任职起"), lambda p: p.since, Sort("since", date)),
        Column("count", zh("办件"), lambda p: p.count, Sort("count", int), is_numeric=True),
        Column("role", zh("角色"), lambda p: p.role),
        Column("at", zh("时间"), lambda p: p.at, Sort("at", datetime), is_shown=False),
        Column("state", zh("状态"), lambda _: Badge("good", zh("在任")), is_shown=False),
        Column("nothing", zh("空"), lambda _: None, is_shown=False),
    ),
    sort="name",
    identity=lambda p: str(p.id),
    filters=(
        Filter("q", zh("姓名")),
        Filter("kind", zh("类别"), (("a", zh("甲类")), ("b", "乙类"))),
        Filter("from", zh("起"), is_day=True),
    ),
    actions=(BulkAction("ui:language", zh("通知所选人员")),),
    empty=zh("还没有人员。"),
)
AT = datetime(2026, 11, 21, 1, 12, 30, tzinfo=UTC)
SHOWN = ("name", "since", "count", "role")


def people(count, name="甲"):
    return [Person(n, f"{name}{n:05}", date(2026, 1, 1 + n % 28), AT, n) for n in range(count)]


def source(rows):
    return AtHand(rows, number=lambda p: p.id)


def listed(address="", rows=(), **more):
    request = RequestFactory().get(f"/people/?{address}")
    state = read_state(request.GET, TABLE)
    return lists.present(request, table=TABLE, state=state, source=source(rows), **more)


def file_of(address, rows):
    state = read_state(QueryDict(address), TABLE)
    response = exporting.file_of(TABLE, state, source(rows))
    return response, b"".join(response.streaming_content)


def csv_of(address, rows):
    _, data = file_of(f"{address}&format=csv", rows)
    assert data.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_an_address_without_conditions_is_the_tables_own_order_and_columns():
    state = read_state(QueryDict(""), TABLE)
    assert (state.filters, state.sort, state.is_backwards) == ({}, "name", False)
    assert (state.columns, state.place, state.format) == (SHOWN, None, "")


def test_an_address_says_what_is_wanted():
    address = "q=+%E7%94%B2+&kind=a&from=2026-01-02&sort=-count&column=at&column=name&format=csv"
    state = read_state(QueryDict(address + "&other=x&after=7.1"), TABLE)
    assert state.filters == {"q": "甲", "kind": "a", "from": "2026-01-02"}
    assert state.day("from") == date(2026, 1, 2)
    assert state.day("q2") is None
    assert (state.sort, state.is_backwards, state.order) == ("count", True, Sort("count", int))
    assert state.columns == ("name", "at")
    assert state.place.key == (7, 1)


@pytest.mark.parametrize(
    ("address", "code"),
    [("sort=role", "PAGE-05"), ("sort=x", "PAGE-05"), ("sort=--name", "PAGE-05"),
     ("column=name&column=x", "PAGE-06"), ("format=pdf", "PAGE-07"), ("kind=c", "PAGE-08"),
     ("q=" + "x" * 101, "PAGE-09"), ("q=a%00b", "PAGE-09"), ("from=2026-02-30", "PAGE-03"),
     ("from=yesterday", "PAGE-03"), ("from=1626-01-01", "PAGE-03"), ("after=1.2", "PAGE-02"),
     ("after=tYQ.1&before=tYQ.1", "PAGE-01"), ("sort=since&after=tYQ.1", "PAGE-02")],
)  # fmt: skip
def test_what_a_list_does_not_know_is_refused(address, code):
    with pytest.raises(Invalid) as refused:
        read_state(QueryDict(address), TABLE)
    assert refused.value.code == code


def test_the_pages_of_a_list_lead_to_one_another():
    rows, found, address = people(120), [], ""
    while True:
        page = listed(address.partition("?")[2], rows)
        found += [line.identity for line in page.lines]
        if not page.after:
            break
        assert bool(page.before) == bool(address)
        address = page.after
    assert found == [str(n) for n in range(120)]
    back = listed(page.before.partition("?")[2], rows)
    assert [line.identity for line in back.lines] == [str(n) for n in range(50, 100)]
    assert page.first == "/people/"


def test_conditions_stay_in_every_address_and_each_can_be_dropped():
    page = listed("q=甲&kind=b&sort=-count&after=9.9&column=name&column=at", people(60))
    chips = {str(chip.label): (str(chip.value), chip.without) for chip in page.chips}
    assert chips["类别"][0] == "乙类"
    assert chips["类别"][1] == "/people/?q=%E7%94%B2&sort=-count&column=name&column=at"
    name, at = page.headers
    assert (name.direction, at.direction) == ("", "")
    assert name.sorting.count("column=") == 2
    assert "sort=name" in name.sorting
    assert "after" not in name.sorting


def test_a_header_turns_the_order_round_and_usual_columns_are_not_spelt_out():
    address = "column=name&column=since&column=count&column=role"
    head = listed(f"{address}&sort=name", people(3)).headers[0]
    assert (head.direction, head.sorting) == ("ascending", "/people/?sort=-name")
    head = listed("sort=-name", people(3)).headers[0]
    assert (head.direction, head.sorting) == ("descending", "/people/?sort=name")
    assert listed("", people(3)).headers[3].sorting == ""


def test_long_lists_are_not_counted_to_their_end():
    assert listed("", people(1_000)).is_counted
    page = listed("", people(1_300))
    assert (page.is_counted, page.count) == (False, 1_001)


def shown(page):
    return render_to_string("ui/parts/list.html", {"listed": page})


def test_the_page_shows_what_people_read_and_escapes_what_they_wrote():
    html = shown(listed("q=%3Cb%3E", [Person(1, "<b>&", date(2026, 1, 2), AT, 12345)]))
    assert '<a href="/p/1/">&lt;b&gt;&amp;</a>' in html
    assert "2026年1月2日" in html
    assert "12,345" in html
    assert "干部职工" in html
    assert 'aria-sort="ascending"' in html
    assert "<b>&" not in html
    assert html.count('name="chosen"') == 1


@pytest.mark.parametrize(
    ("address", "says"),
    [("", "还没有人员。"), ("q=x", "没有符合条件的行"), ("after=tYQ.1", "这里已经没有了")],
)
def test_an_empty_list_says_why(address, says):
    assert says in shown(listed(address))


def test_exports_are_offered_only_to_those_who_may():
    assert "format=csv" not in shown(listed("", people(2)))
    assert "format=csv" in shown(listed("", people(2), may_export=True))


def answered(address, rows, **more):
    request = RequestFactory().get(f"/people/?{address}")
    state = read_state(request.GET, TABLE)
    return lists.answer(
        request, "ui/parts/list.html", table=TABLE, state=state, source=source(rows), **more
    )


def test_an_export_is_told_before_it_is_sent_and_refused_to_others(monkeypatch):
    told = []
    monkeypatch.setattr(lists, "_ON_EXPORT", [])
    lists.on_export(lambda _, table, state, count: told.append((table, state.format, count)))
    response = answered("format=csv", people(3), may_export=True)
    assert told == [(TABLE, "csv", 3)]
    assert "attachment" in response["Content-Disposition"]
    with pytest.raises(Http404):
        answered("format=csv", people(3))
    assert "共 3 行" in answered("", people(3)).content.decode()


def test_an_export_holds_exactly_the_rows_and_columns_in_the_order_shown():
    rows = csv_of("sort=-count&column=count&column=name&after=50.1", people(120))
    assert rows[0] == ["姓名", "办件"]
    assert [row[1] for row in rows[1:]] == [str(n) for n in range(119, -1, -1)]


def test_csv_writes_values_as_machines_read_them():
    rows = csv_of("column=since&column=at&column=role&column=state&column=nothing", people(1))
    assert rows[1] == ["2026-01-01", "干部职工", "2026-11-21 09:12", "在任", ""]


HOSTILE = ["=1+1", "+1", "-1", "@a", "\tx", "＝1", "=cmd|' /C calc'!A0", "a\x00\x0b\ud800b"]


def test_no_text_becomes_a_formula():
    people_ = [Person(n, text, date(2026, 1, 1), AT, -n) for n, text in enumerate(HOSTILE)]
    for row in csv_of("column=name&column=count", people_)[1:]:
        assert not row[0].startswith(("=", "+", "-", "@", "\t"))
        assert int(row[1]) <= 0
    _, data = file_of("format=xlsx&column=name&column=count&sort=-count", people_)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][:2] == ["'=1+1", "'+1"]
    assert cells[-1].value == "ab"


def test_a_workbook_holds_dates_and_numbers_as_such():
    response, data = file_of(
        "format=xlsx&column=name&column=since&column=count&column=at", people(2)
    )
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[1]] == ["姓名", "任职起", "办件", "时间"]
    first = [cell.value for cell in sheet[2]]
    assert first == ["甲00000", datetime(2026, 1, 1), 0, datetime(2026, 11, 21, 9, 12, 30)]  # noqa: DTZ001


def test_a_file_speaks_the_language_of_the_page_it_was_asked_from():
    starts = [replace(people(1)[0], role=NodeKind.START)]
    with translation.override("en"):
        state = read_state(QueryDict("format=csv&column=role"), TABLE)
        response = exporting.file_of(TABLE, state, source(starts))
    assert "Start" in b"".join(response.streaming_content).decode()


def test_an_export_of_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    assert exporting.counted(source(people(3))) == 3
    with pytest.raises(Invalid) as refused:
        exporting.counted(source(people(4)))
    assert refused.value.code == "PAGE-10"


def test_a_workbook_holds_fewer_rows_than_a_file_that_is_sent_as_it_is_read(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_IN_WORKBOOK", 2)
    assert exporting.counted(source(people(2)), "xlsx") == 2
    assert exporting.counted(source(people(3)), "csv") == 3
    with pytest.raises(Invalid) as refused:
        exporting.counted(source(people(3)), "xlsx")
    assert refused.value.code == "PAGE-10"
    assert "请改用 CSV" in str(refused.value)


def test_chosen_rows_come_once_each_and_not_too_many():
    def ask(*chosen):
        return lists.chosen(RequestFactory().post("/x/", {"chosen": chosen}))

    assert ask("1", "2", "1") == ("1", "2")
    for chosen, code in (([], "PAGE-11"), (map(str, range(201)), "PAGE-12")):
        with pytest.raises(Invalid) as refused:
            ask(*chosen)
        assert refused.value.code == code
