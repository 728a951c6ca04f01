"""Loading the official notice: read from what offices send, looked at, confirmed, listed."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.base.inbox.holiday_file import MOST_BYTES, read_holidays
from guiju.base.inbox.models import HolidayNotice
from guiju.base.record.actor import Actor
from guiju.base.record.models import Event
from guiju.core.access import Grant, Standing
from guiju.core.errors import Invalid
from guiju.core.terms import Role
from inbox_story import asked, last_minute

ACCESS = "guiju.base.access.middleware.AccessMiddleware"
DAYS = "2027-01-01 休\n2027-02-05至2027-02-11 休\n2027-01-30 班"
FORM = {"title": "国办发明电〔2026〕7号", "years": "2027", "days": DAYS}


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


EXPECTED = (
    {date(2027, 1, 1), *(date(2027, 2, day) for day in range(5, 12))},
    {date(2027, 1, 30)},
)
FORMS = {
    "typed": DAYS.encode(),
    "with a header and blanks": f"日期 安排\n\n{DAYS}\n".encode(),
    "Chinese dates": (
        "2027年1月1日，休息\n2027年2月5日—2027年2月11日 放假\n2027年1月30日：上班"
    ).encode(),
    "CSV as Excel saves it": (
        "日期,安排,名称\r\n2027/1/1,休,元旦\r\n2027/2/5 至 2027/2/11,休,春节\r\n2027/1/30,班,\r\n"
    ).encode("gb18030"),
    "UTF-16": DAYS.encode("utf-16"),
    "full-width": "２０２７－０１－０１　休\n2027.02.05～2027.02.11\t休\n2027-1-30;班".encode(),
    "workbook": workbook(
        ["日期", "安排"],
        [datetime(2027, 1, 1), "休"],  # noqa: DTZ001 - as openpyxl writes them
        *([date(2027, 2, day), "休"] for day in range(5, 12)),
        ["2027-01-30", "班"],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_notice_is_read_from_what_offices_send(form):
    table = read_holidays(FORMS[form], title=" 通知\t甲 ", years="2027年")
    assert (table.notice.off, table.notice.worked) == EXPECTED
    assert (table.title, table.notice.years) == ("通知 甲", {2027})


def test_what_was_read_can_be_read_again_and_is_known_again():
    table = read_holidays(DAYS.encode(), title="甲", years="2027")
    again = read_holidays(table.text.encode(), title="乙", years="2027")
    assert again.notice == table.notice
    assert again.sha256 == table.sha256
    assert read_holidays(DAYS.encode(), title="甲", years="").sha256 != table.sha256


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (9 * 1024 * 1024))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x01\x02", "CALENDAR-01"),
        (b"PK\x03\x04 no archive", "CALENDAR-01"),
        (bomb(), "CALENDAR-01"),
        (b" " * (MOST_BYTES + 1), "CALENDAR-02"),
        ("2000-01-01至2150-01-01 休".encode(), "CALENDAR-03"),
        ("2020-01-01至2022-01-01 休\n2023-01-01至2025-01-01 休".encode(), "CALENDAR-02"),
        ("2027-01-01 休\n2027-02-30 休".encode(), "CALENDAR-03"),
        ("0001-01-01 休".encode(), "CALENDAR-03"),
        (b"2027-01-01", "CALENDAR-03"),
        ("2027-01-01 好".encode(), "CALENDAR-03"),
        ("2027-01-01 休\n春节 休".encode(), "CALENDAR-03"),
        ("2027-01-05至2027-01-01 休".encode(), "CALENDAR-03"),
        ("2027-01-01 2027-01-05 休".encode(), "CALENDAR-03"),
        ("2027-01-01 休\n2027-01-01 班".encode(), "CALENDAR-04"),
        (b"", "CALENDAR-05"),
        ("日期 安排\n".encode(), "CALENDAR-05"),
    ],
)  # fmt: skip
def test_what_is_no_notice_is_refused(content, code):
    with pytest.raises(Invalid) as refused:
        read_holidays(content, title="通知", years="")
    assert refused.value.code == code


def test_a_fault_names_its_line():
    with pytest.raises(Invalid, match="第 3 行：没有「2027-02-30」这一天"):
        read_holidays("\n2027-01-01 休\n2027-02-30 休".encode(), title="通知", years="")


@pytest.mark.parametrize("years", ["27", "2028", "2027 2028", "明年", "2027x", "99999", "2027 27"])
def test_years_of_which_the_notice_does_not_speak_are_refused(years):
    with pytest.raises(Invalid) as refused:
        read_holidays(DAYS.encode(), title="通知", years=years)
    assert refused.value.code == "CALENDAR-06"


@pytest.mark.parametrize("title", ["", "  \n", "长" * 101])
def test_a_notice_needs_a_name(title):
    with pytest.raises(Invalid) as refused:
        read_holidays(DAYS.encode(), title=title, years="2027")
    assert refused.value.code == "CALENDAR-07"


def administrator_middleware(get_response):
    """Stands in for ``base.access``: everybody is the system administrator."""

    def answer(request):
        request.standing = Standing("person:admin", (Grant(Role.SYSTEM_ADMIN, ""),))
        request.actor = Actor("person:admin")
        return get_response(request)

    return answer


@pytest.fixture
def client(settings, data_folder, db):
    ours = f"{__name__}.administrator_middleware"
    settings.MIDDLEWARE = [ours if name == ACCESS else name for name in settings.MIDDLEWARE]
    return Client()


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_without_a_notice_the_page_says_what_is_known(client):
    page = text(client.get("/inbox/calendar/"))
    assert "已知 2004 年到 2026 年的节假日" in page
    assert "还没有载入通知" in page


def test_a_preview_says_what_would_move_and_changes_nothing(client):
    row = asked(5, at="2027-02-03 09:00")
    asked(2, at="2027-03-01 09:00")
    page = text(client.post("/inbox/calendar/preview", FORM))
    assert "1 件在办任务的期限会改动，1 件由暂定变为确定" in page
    assert page.count('<tr><th scope="row">') == 9
    assert "2027年2月6日" in page
    assert page.count("改动</td>") == 6 + 1  # the Spring Festival's weekdays and New Year's Day
    assert not HolidayNotice.objects.exists()
    assert last_minute(row) == "2027-02-10 23:59"


def test_what_was_looked_at_is_loaded_and_listed(client):
    row = asked(5, at="2027-02-03 09:00")
    sent = SimpleUploadedFile("通知.xlsx", FORMS["workbook"])
    page = text(client.post("/inbox/calendar/preview", {**FORM, "days": "", "file": sent}))
    hidden = page.partition('name="days" value="')[2].partition('"')[0]
    response = client.post("/inbox/calendar/load", {**FORM, "days": hidden})
    assert (response.status_code, response["Location"]) == (302, "/inbox/calendar/")
    page = text(client.get("/inbox/calendar/"))
    assert "国办发明电〔2026〕7号" in page
    assert "休 8 天，班 1 天" in page
    assert "已知 2004 年到 2027 年的节假日" in page
    assert last_minute(row) == "2027-02-17 23:59"
    assert Event.objects.get(kind="inbox.calendar.loaded").actor == "person:admin"


def test_what_is_refused_is_said_and_what_was_typed_is_kept(client):
    for address in ("preview", "load"):
        response = client.post(f"/inbox/calendar/{address}", {**FORM, "years": "2030"})
        page = text(response, 400)
        assert "CALENDAR-06" in page
        assert "2027-02-05至2027-02-11 休" in page
    assert not HolidayNotice.objects.exists()


def test_loading_twice_is_said(client):
    client.post("/inbox/calendar/load", FORM)
    page = text(client.post("/inbox/calendar/load", FORM), 409)
    assert "CALENDAR-08" in page
    assert HolidayNotice.objects.count() == 1


def test_the_pages_cost_few_queries(client, django_assert_max_num_queries):
    client.post("/inbox/calendar/load", FORM)
    for _ in range(20):
        asked(5, at="2027-02-03 09:00")
    with django_assert_max_num_queries(3):
        client.get("/inbox/calendar/")
    with django_assert_max_num_queries(5):
        client.post("/inbox/calendar/preview", {**FORM, "days": "2027-03-01 休", "years": ""})
