import string
from datetime import date
from io import BytesIO

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.organisation.columns import FIELDS, MOST_YEARS, Holds, Sheet
from guiju.core.organisation.faults import faults
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import AppointmentKind
from guiju.exchange.organisation import read_organisation, write_faults, write_organisation

TEXTS = st.text(
    st.sampled_from("甲乙=+-@'\"1，；：#N/A!<>&_x000D 　")
    | st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Cn", "Co")),
    max_size=10,
).map(str.strip)
TEXTS = TEXTS.filter(lambda text: text != "#N/A")
LINES = st.lists(TEXTS, max_size=3).map("\n".join).map(str.strip)
CODES = st.text(st.sampled_from("甲乙ab01_.-"), min_size=1, max_size=6)
BY_SORT = {
    Holds.TEXT: lambda _: TEXTS,
    Holds.LINES: lambda _: LINES,
    Holds.CODE: lambda _: CODES,
    Holds.CODES: lambda _: st.lists(CODES, unique=True, max_size=4).map(tuple),
    Holds.NUMBER: lambda _: st.text(string.digits + "X-", max_size=18),
    Holds.WORD: lambda field: st.none() | st.sampled_from(field.words),
    Holds.WORDS: lambda field: st.lists(st.sampled_from(field.words), unique=True).map(tuple),
    Holds.DATE: lambda _: st.none() | st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    Holds.FLAG: lambda _: st.booleans(),
    Holds.YEARS: lambda _: st.none() | st.integers(1, MOST_YEARS),
}
KINDS = {U.sheet: U for U in (UnitRow, PostRow, PersonRow, AppointmentRow, DutyRow)}


def rows(sheet):
    said = {field.name: BY_SORT[field.holds](field) for field in FIELDS[sheet]}
    if sheet is Sheet.APPOINTMENTS:
        said["kind"] = st.sampled_from(AppointmentKind)  # an empty cell means the usual kind
    return st.lists(st.builds(KINDS[sheet], **said), max_size=4).map(tuple)


ORGANISATIONS = st.builds(Organisation, *map(rows, Sheet))


def written(organisation):
    stream = BytesIO()
    write_organisation(organisation, stream)
    return stream.getvalue()


@settings(max_examples=60, deadline=None)
@given(ORGANISATIONS)
def test_whatever_is_written_is_read_back(organisation):
    file = read_organisation(written(organisation))
    assert file.faults == ()
    assert file.organisation == organisation


@settings(max_examples=30, deadline=None)
@given(ORGANISATIONS)
def test_a_returned_workbook_says_the_same(organisation):
    source = written(organisation)
    stream = BytesIO()
    write_faults(source, faults(read_organisation(source).organisation), stream)
    assert read_organisation(stream.getvalue()).organisation == organisation


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.times(),
    st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=12),
    st.sampled_from(["#REF!", "是", "财务、人事", "2026-11-21", "2026年2月30日", "正职", "√"]),
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(Sheet).flatmap(
        lambda sheet: st.tuples(
            st.just(sheet),
            st.permutations([field.column.value for field in FIELDS[sheet]]),
            st.lists(st.lists(CELLS, max_size=13), max_size=4),
        )
    )
)
def test_no_cell_whatever_it_holds_breaks_reading(case):
    sheet, headers, lines = case
    book = openpyxl.Workbook()
    book.active.title = sheet.value
    for line in (headers, *lines):
        book.active.append(line)
    stream = BytesIO()
    book.save(stream)
    file = read_organisation(stream.getvalue())
    told = [*file.faults, *faults(file.organisation)]
    assert len(file.organisation.rows(sheet)) <= len(lines)
    assert {one.sheet for one in told} <= {sheet}
    assert all(2 <= one.row <= len(lines) + 1 for one in told)
    assert all(str(one.told) for one in told)
    for fault in file.faults:
        (row,) = (row for row in file.organisation.rows(sheet) if row.row == fault.row)
        assert fault.column in row.unsaid
    write_faults(stream.getvalue(), told, BytesIO())


SOUND = written(Organisation(persons=(PersonRow(code="a", name="b"),)))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255), st.integers(0, len(SOUND)))
def test_damaged_workbooks_are_read_or_refused(place, byte, length):
    damaged = (SOUND[:place] + bytes([byte]) + SOUND[place + 1 :])[:length] or SOUND[:place]
    assert outcome(damaged) in {0, 1, "ORG-20", "ORG-21", "ORG-22"}


def outcome(content):
    try:
        return len(read_organisation(content).organisation.persons)
    except Invalid as refusal:
        return refusal.code
