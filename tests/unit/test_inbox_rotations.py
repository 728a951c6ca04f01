"""S0-09: before a longest tenure ends people are reminded, and after it they are warned, once."""

from datetime import UTC, date, datetime

import pytest

from guiju.base.inbox.models import Notice
from guiju.base.inbox.reads import notices
from guiju.base.inbox.rotations import remind_rotations
from guiju.base.inbox.states import NoticeKind
from organised import County, appoint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SINCE = date(2023, 6, 1)


def at(year, month, day):
    return datetime(year, month, day, 4, tzinfo=UTC)


@pytest.fixture
def county():
    made = County()
    appoint(made.people[0], made.head)
    appoint(made.people[1], made.cashier, start=SINCE)
    return made


def told(person):
    rows = Notice.objects.filter(person=person.reference, about__startswith="post:")
    return [row.kind for row in rows.order_by("number")]


def test_s0_09_the_holder_and_the_head_are_reminded_before_and_warned_after(county):
    head, cashier = county.people[:2]
    assert remind_rotations(at=at(2025, 11, 1)) == 1  # the head is overdue already
    assert told(cashier) == []
    assert remind_rotations(at=at(2026, 1, 5)) == 2
    assert told(cashier) == [NoticeKind.BEFORE]
    assert remind_rotations(at=at(2026, 1, 6)) == 0
    assert remind_rotations(at=at(2026, 6, 2)) == 2
    assert told(cashier) == [NoticeKind.BEFORE, NoticeKind.OVERDUE]
    assert told(head) == [NoticeKind.OVERDUE, NoticeKind.BEFORE, NoticeKind.OVERDUE]


def test_what_is_said_names_the_post_the_day_and_the_years(county):
    remind_rotations(at=at(2026, 1, 5))
    page = notices(county.people[1].reference, at=at(2026, 1, 5))
    (says,) = [str(one.says) for one in page.rows if "最长任期" in str(one.says)]
    for word in ("人员P2", "岗位J1-01", "2026-06-01", "3 年"):
        assert word in says


def test_a_tenure_that_is_within_its_limit_tells_nobody(county):
    assert remind_rotations(at=at(2019, 1, 1)) == 0
