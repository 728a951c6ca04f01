"""The timeline loses no event and shows none twice, whatever the filters and the page size."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.base.record import reads, wall
from guiju.base.record.models import Event
from guiju.base.record.reads import Filters
from guiju.base.ui.paging import Cursor, from_instant, read_cursor

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, tzinfo=UTC)
COLUMNS = ("kind", "actor", "unit", "object", "matter")

EVENTS = st.lists(
    st.tuples(st.integers(0, 4), *[st.sampled_from("ab")] * len(COLUMNS)), min_size=1, max_size=40
)
FILTERS = st.builds(
    Filters,
    **{name: st.sampled_from(["", "", "a", "b", "c"]) for name in COLUMNS},
    since=st.none() | st.integers(-1, 5).map(lambda hour: START + timedelta(hours=hour)),
    before=st.none() | st.integers(-1, 5).map(lambda hour: START + timedelta(hours=hour)),
)


def write(drawn):
    """Add events to the table and return all of it."""
    with wall.opened():
        Event.objects.bulk_create(
            Event(
                key=uuid.uuid4(), version=1, at=START + timedelta(hours=hour), post="",
                request=uuid.uuid4(), entry=b"{}", **dict(zip(COLUMNS, values, strict=True)),
            )
            for hour, *values in drawn
        )  # fmt: skip
    return list(Event.objects.all())


UNITS = st.none() | st.sets(st.sampled_from("abc"), max_size=3).map(lambda found: (*sorted(found),))


def wanted(events, filters, units):
    """What filters and scope mean, said once more and in plain Python."""
    kept = [
        event
        for event in events
        if all(getattr(event, name) == value for name, value in filters.columns().items())
        and (filters.since is None or event.at >= filters.since)
        and (filters.before is None or event.at < filters.before)
        and (units is None or event.unit in units)
    ]
    return [event.pk for event in sorted(kept, key=lambda one: (one.at, one.pk), reverse=True)]


def walk(filters, units, size, cursor, way):
    pages = []
    while True:
        page = reads.timeline(filters, cursor, units=units, size=size)
        pages.append([told.id for told in page.rows])
        assert len(page.rows) <= size
        if not getattr(page, way):
            return pages
        cursor = read_cursor({way: getattr(page, way)}, parts=2)


@pytest.mark.parametrize(("reach", "few"), [(2, 0), (2, 100), (1_000, 0), (1_000, 100)])
def test_both_directions_show_every_event_once(data_folder, monkeypatch, reach, few):
    monkeypatch.setattr(reads, "REACH", reach)
    monkeypatch.setattr(reads, "FEW", few)
    oldest = Cursor((from_instant(START - timedelta(days=1)), 0), is_newer=True)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(EVENTS, FILTERS, UNITS, st.integers(1, 6))
    def check(drawn, filters, units, size):
        with transaction.atomic():
            found = wanted(write(drawn), filters, units)
            older = walk(filters, units, size, None, "older")
            assert [pk for page in older for pk in page] == found
            newer = walk(filters, units, size, oldest, "newer")
            assert [pk for page in reversed(newer) for pk in page] == found
            transaction.set_rollback(True)

    check()


def test_a_search_that_is_cut_short_says_how_far_it_came(data_folder, monkeypatch):
    monkeypatch.setattr(reads, "REACH", 3)
    write([(hour, "a", "a", "b", "b", "b") for hour in range(5)])
    write([(hour, "b", "b", "b", "b", "b") for hour in range(5)])
    found = Filters(kind="a", actor="b")
    first = reads.timeline(found)
    assert first.rows == ()
    assert first.searched_to == START + timedelta(hours=2)
    last = reads.timeline(found, read_cursor({"older": first.older}, parts=2))
    assert (last.rows, last.older, last.searched_to) == ((), "", None)


def test_a_single_filter_is_never_cut_short(data_folder, monkeypatch):
    monkeypatch.setattr(reads, "REACH", 1)
    write([(hour, "a", "a", "b", "b", "b") for hour in range(5)])
    page = reads.timeline(Filters(kind="a"))
    assert (len(page.rows), page.searched_to) == (5, None)


@pytest.mark.parametrize("units", [None, ("a", "b")])
@pytest.mark.parametrize("filters", [Filters(kind="a"), Filters(kind="a", actor="a")])
def test_a_full_page_among_many_events_takes_no_more_queries(
    data_folder, monkeypatch, django_assert_max_num_queries, filters, units
):
    monkeypatch.setattr(reads, "REACH", 3)
    monkeypatch.setattr(reads, "FEW", 0)
    write([(hour, *"aaabb") for hour in range(5)])
    with django_assert_max_num_queries(6):
        page = reads.timeline(filters, units=units, size=2)
    assert (len(page.rows), page.searched_to) == (2, None)
