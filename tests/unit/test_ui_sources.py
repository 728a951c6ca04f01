"""Lists are read by key: every row once in both directions, on the database as in memory."""

import uuid
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.base.ui.paging import MOST_TEXT, Place, make_page, read_place, write_key
from guiju.base.ui.sources import AtHand, InOrder, Rows, all_rows
from guiju.base.ui.tables import Sort
from guiju.core.errors import Invalid

START = datetime(2026, 11, 20, tzinfo=UTC)
TEXTS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=MOST_TEXT
)
PARTS = {
    int: st.integers(-(2**63) + 1, 2**63 - 1),
    str: TEXTS,
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
}
SORTS = (Sort("kind", str), Sort("at", datetime), Sort("version", int))


@given(st.data(), st.sampled_from(list(PARTS)), st.booleans())
def test_a_key_of_any_kind_comes_back_from_its_address(data, kind, is_back):
    key = data.draw(st.tuples(PARTS[kind], PARTS[int]))
    text = write_key(key)
    assert text.isascii()
    assert text == text.strip()
    found = read_place({"before" if is_back else "after": text}, kinds=(kind, int))
    assert found == Place(key, is_back)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1", str), ("t.x", str), ("t5byg", str), ("t_w.1", str), ("tAA.1", str), ("t*.1", str),
     ("d2026-02-30.1", date), ("d0000-01-01.1", date), ("2026-01-01.1", date), ("1.1.1", int),
     (f"{2**63}.1", int), ("9223372036854775807.1", datetime), ("tYQ.1", int), ("1.1", str),
     ("t" + "Y" * 1081 + ".1", str), ("1.1 ", int)],
)  # fmt: skip
def test_what_is_no_key_is_refused(text, kind):
    with pytest.raises(Invalid) as refused:
        read_place({"after": text}, kinds=(kind, int))
    assert refused.value.code == "PAGE-02"


def test_no_key_is_the_beginning_and_both_ways_at_once_are_refused():
    assert read_place({}, kinds=(int, int)) is None
    with pytest.raises(Invalid) as refused:
        read_place({"after": "1.2", "before": "1.2"}, kinds=(int, int))
    assert refused.value.code == "PAGE-01"


def test_a_text_too_long_for_a_key_is_a_fault_of_the_list():
    assert write_key(("长" * MOST_TEXT, 1))
    with pytest.raises(ValueError, match="长"):
        write_key(("长" * (MOST_TEXT + 1), 1))


def walk(source, order, *, is_backwards, size, way):
    """Return the rows' numbers, page by page, from one end of the list to the other."""
    place, pages = None, []
    if way == "before":  # from the last page back to the first
        found = source.read(order, is_backwards=not is_backwards, place=None, most=1)
        if not found:
            return []
        place, pages = Place(found[0][0], is_back=True), [[found[0][0][1]]]
    while True:
        found = source.read(order, is_backwards=is_backwards, place=place, most=size + 1)
        page = make_page(found, cursor=place, key=lambda pair: pair[0], size=size)
        shown = [key[1] for key, _ in page.rows]
        pages = [shown, *pages] if way == "before" else [*pages, shown]
        text = page.newer if way == "before" else page.older
        if not text:
            return [number for page in pages for number in page]
        place = read_place({way: text}, kinds=(order.kind, int))


KINDS = st.sampled_from(["", "A", "a", "甲", "乙", "a b"])
DRAWN = st.lists(st.tuples(KINDS, st.integers(0, 3), st.integers(0, 2)), max_size=20)


def check_walks(source, keyed, order, *, is_backwards, size):
    wanted = [number for _, number in sorted(keyed, reverse=is_backwards)]
    for way in ("after", "before"):
        assert walk(source, order, is_backwards=is_backwards, size=size, way=way) == wanted
    rows = [one.pk for one in all_rows(source, order, is_backwards=is_backwards, batch=size)]
    assert rows == wanted
    assert source.count(100_000) == len(wanted)
    assert source.count(2) == min(2, len(wanted))


@given(DRAWN, st.sampled_from(SORTS), st.booleans(), st.integers(1, 5))
def test_rows_at_hand_are_shown_once_in_either_direction(drawn, order, is_backwards, size):
    rows = [
        SimpleNamespace(pk=n, kind=kind, at=START + timedelta(hours=hour), version=version)
        for n, (kind, hour, version) in enumerate(drawn)
    ]
    keyed = [(getattr(row, order.field), row.pk) for row in rows]
    source = AtHand(rows, number=lambda row: row.pk)
    check_walks(source, keyed, order, is_backwards=is_backwards, size=size)


@given(st.sets(st.integers(0, 40)), st.booleans(), st.integers(1, 5))
def test_rows_in_order_are_shown_once_in_either_direction(numbers, is_backwards, size):
    rows = [SimpleNamespace(pk=number) for number in sorted(numbers)]
    keyed = [(row.pk, row.pk) for row in rows]
    source = InOrder(rows, number=lambda row: row.pk)
    check_walks(source, keyed, Sort("pk", int), is_backwards=is_backwards, size=size)


@pytest.mark.django_db
def test_rows_of_a_query_are_shown_once_in_either_direction(data_folder):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(DRAWN, st.sampled_from(SORTS[1:]), st.booleans(), st.integers(1, 5))
    def check(drawn, order, is_backwards, size):
        unit = f"unit:{uuid.uuid4()}"
        write(drawn, unit)
        queryset = Event.objects.filter(unit=unit)
        keyed = [(getattr(row, order.field), row.pk) for row in queryset]
        check_walks(Rows(queryset, list), keyed, order, is_backwards=is_backwards, size=size)

    check()


@pytest.mark.django_db
@pytest.mark.parametrize("is_backwards", [False, True])
def test_texts_are_in_the_databases_own_order(data_folder, is_backwards):
    """Each database sorts text its own way; pages follow whichever that is."""
    write([(kind, 0, 0) for kind in ("乙", "a", "甲", "A", "a b", "", "a")], "unit:texts")
    queryset = Event.objects.filter(unit="unit:texts")
    sign = "-" if is_backwards else ""
    wanted = list(queryset.order_by(f"{sign}kind", f"{sign}pk").values_list("pk", flat=True))
    source = Rows(queryset, list)
    for way in ("after", "before"):
        found = walk(source, SORTS[0], is_backwards=is_backwards, size=2, way=way)
        assert found == wanted


def write(drawn, unit):
    with wall.opened():
        Event.objects.bulk_create(
            Event(
                key=uuid.uuid4(), kind=kind, version=version, at=START + timedelta(hours=hour),
                actor="system", post="", unit=unit, object="", matter="", request=uuid.uuid4(),
                entry=b"{}",
            )
            for kind, hour, version in drawn
        )  # fmt: skip


@pytest.mark.django_db
def test_a_page_takes_one_query(data_folder, django_assert_num_queries):
    write([("a", n, 0) for n in range(9)], "unit:one")
    source = Rows(Event.objects.filter(unit="unit:one"), list)
    with django_assert_num_queries(1):
        source.read(SORTS[1], is_backwards=False, place=Place((START, 0)), most=5)
