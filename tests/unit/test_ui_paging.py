"""Paging by key: every row once in both directions, and no address that breaks a page."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.ui.paging import (
    Cursor,
    Page,
    cut_short,
    from_instant,
    make_page,
    read_cursor,
    to_instant,
    write_key,
)
from guiju.core.errors import Invalid

LARGEST = 2**63 - 1


def read(rows, cursor, size):
    """What a database does: rows beyond the cursor in its direction, one more than fit."""
    if cursor is None:
        return sorted(rows, reverse=True)[: size + 1]
    if cursor.is_newer:
        return sorted(row for row in rows if row > cursor.key)[: size + 1]
    return sorted((row for row in rows if row < cursor.key), reverse=True)[: size + 1]


def walk(rows, size, cursor, way):
    pages = []
    while True:
        page = make_page(read(rows, cursor, size), cursor=cursor, key=lambda row: row, size=size)
        pages.append(page.rows)
        if not getattr(page, way):
            return pages
        cursor = read_cursor({way: getattr(page, way)}, parts=2)


ROWS = st.sets(st.tuples(st.integers(-3, 3), st.integers(0, 4)), max_size=30)


@given(ROWS, st.integers(1, 5))
def test_older_pages_hold_every_row_once_newest_first(rows, size):
    pages = walk(rows, size, None, "older")
    assert [row for page in pages for row in page] == sorted(rows, reverse=True)
    assert all(len(page) == size for page in pages[:-1])


@given(ROWS, st.integers(1, 5))
def test_newer_pages_hold_every_row_once_and_each_is_newest_first(rows, size):
    pages = walk(rows, size, Cursor((-9, 0), is_newer=True), "newer")
    assert [row for page in reversed(pages) for row in page] == sorted(rows, reverse=True)


@given(ROWS, st.integers(1, 5), st.tuples(st.integers(-3, 3), st.integers(0, 4)))
def test_rows_that_come_meanwhile_neither_hide_nor_repeat_older_ones(rows, size, late):
    first = make_page(read(rows, None, size), cursor=None, key=lambda row: row, size=size)
    if not first.older:
        return
    cursor = read_cursor({"older": first.older}, parts=2)
    grown = rows | {late}
    rest = [row for page in walk(grown, size, cursor, "older") for row in page]
    assert not set(first.rows) & set(rest)
    assert rows <= {*first.rows, *rest}


@given(st.lists(st.integers(-LARGEST, LARGEST), min_size=1, max_size=4), st.booleans())
def test_a_key_comes_back_from_its_address(key, is_newer):
    way = "newer" if is_newer else "older"
    found = read_cursor({way: write_key(tuple(key))}, parts=len(key))
    assert found == Cursor(tuple(key), is_newer)


@pytest.mark.parametrize(
    "text",
    ["1", "1.2.3", "a.b", "1.", ".1", "1.2\n", " 1.2", "1.²", "١.٢", "+1.2", f"{2**63}.1",
     f"1.-{2**63}", "9" * 5000, "1e3.2", "1_0.2", "\x00", "1.2'--"],
)  # fmt: skip
def test_what_is_no_key_is_refused(text):
    assert read_cursor({"older": "1.2"}, parts=2) == Cursor((1, 2))
    for way in ("older", "newer"):
        with pytest.raises(Invalid) as refused:
            read_cursor({way: text}, parts=2)
        assert refused.value.code == "PAGE-02"


def test_no_key_is_the_beginning_and_both_ways_at_once_are_refused():
    assert read_cursor({}, parts=2) is None
    assert read_cursor({"older": "", "newer": ""}, parts=2) is None
    with pytest.raises(Invalid) as refused:
        read_cursor({"older": "1.2", "newer": "1.2"}, parts=2)
    assert refused.value.code == "PAGE-01"


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_to_the_microsecond(at):
    assert to_instant(from_instant(at)) == at


def test_an_instant_outside_of_the_calendar_is_refused():
    assert to_instant(0) == datetime(1970, 1, 1, tzinfo=UTC)
    for number in (LARGEST, -LARGEST):
        with pytest.raises(Invalid) as refused:
            to_instant(number)
        assert refused.value.code == "PAGE-02"


def test_a_search_cut_short_goes_on_in_its_own_direction():
    at = datetime(2026, 11, 25, tzinfo=UTC)
    older = cut_short(Page((3, 2), newer="9.9"), cursor=None, reached=(7, 1), at=at)
    assert older == Page((3, 2), newer="9.9", older="7.1", searched_to=at)
    back = Cursor((1, 1), is_newer=True)
    newer = cut_short(Page((3, 2), older="9.9"), cursor=back, reached=(7, 1), at=at)
    assert newer == Page((3, 2), newer="7.1", older="9.9", searched_to=at)
