"""OCEL written and read again, and OCEL spoiled."""

from __future__ import annotations

import io
import json
import tempfile
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.exchange.ocel import read_ocel, write_ocel

ALL = Wanted(people=True, times=True)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8).filter(str.strip)
instants = st.integers(0, 5) | st.datetimes().map(
    lambda at: (at.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
)


@st.composite
def logs(draw):
    cases = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    activities = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    people = ["", *draw(st.lists(names, max_size=3, unique=True))]
    sizes = draw(st.lists(st.integers(0, 4), min_size=len(cases), max_size=len(cases)))
    sizes[0] += 1
    count = sum(sizes)

    def each(values):
        return draw(st.lists(values, min_size=count, max_size=count))

    return EventLog(
        cases,
        array("I", [sum(sizes[:i]) for i in range(len(sizes) + 1)]),
        tuple(activities),
        array("I", each(st.integers(0, len(activities) - 1))),
        tuple(people),
        array("I", each(st.integers(0, len(people) - 1))),
        array("q", each(instants)),
    )


def spelled(log):
    """Return for each case its events as (time, activity, person), in time order."""
    return [
        (
            case,
            sorted(
                (
                    (log.times[i], log.activities[log.codes[i]], log.people[log.performers[i]])
                    for i in range(start, end)
                ),
                key=lambda event: event[0],
            ),
        )
        for case, (start, end) in zip(log.cases, log.traces(), strict=True)
    ]


def bytes_of(log):
    stream = io.BytesIO()
    write_ocel(stream, log)
    return stream.getvalue()


def read_bytes(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.json")
        path.write_bytes(content)
        return read_ocel(path, ALL).log


@given(logs())
@settings(max_examples=50, deadline=None)
def test_ocel_says_again_what_was_written_in_time_order(log):
    again = read_bytes(bytes_of(log))
    assert list(again.times) == [time for _, events in spelled(log) for time, _, _ in events]
    assert spelled(again) == spelled(log)


SEED = bytes_of(
    EventLog(
        ["a", "b"],
        array("I", [0, 2, 5]),
        ("x", "y"),
        array("I", [0, 1, 0, 0, 1]),
        ("", "p"),
        array("I", [0, 1, 1, 0, 1]),
        array("q", range(5)),
    )
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


def log_or_refusal(content):
    try:
        log = read_bytes(content)
    except Invalid as refusal:
        said = refusal.sentence.render().encode()
    else:
        said = log.starts[-1] == len(log.codes) > 0
    assert said


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_document_with_junk_in_any_place_is_a_log_or_a_refusal(data):
    place = document = json.loads(SEED)
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(junk)
            break
        place = place[key]
    log_or_refusal(json.dumps(document).encode())


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_spoiled_bytes_are_a_log_or_a_refusal(data):
    content = bytearray(SEED)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    log_or_refusal(bytes(content))
