"""What is written is read back as it was."""

from __future__ import annotations

import io
import tempfile
from array import array
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.check.log import NO_TIME, EventLog, Wanted
from guiju.exchange.xes import read_xes, write_xes
from guiju.exchange.xes.instants import Instants, microseconds

characters = st.one_of(
    st.sampled_from("&<>\"'\t\n\r \u0085\u2028\x7f中"),
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"],
    ),
)
names = st.text(characters, min_size=1, max_size=6)
EARLIEST, LATEST = -62_135_596_800_000_000, 253_402_300_799_999_999  # the years 1 to 9999


@st.composite
def logs(draw) -> EventLog:
    wanted = Wanted(people=draw(st.booleans()), times=draw(st.booleans()))
    traces = draw(st.lists(st.lists(names, max_size=4), min_size=1, max_size=5))
    happened = [name for trace in traces for name in trace]
    performers = draw(st.lists(names | st.just(""), min_size=len(happened), max_size=len(happened)))
    instants = st.integers(EARLIEST, LATEST) | st.just(NO_TIME)
    times = draw(st.lists(instants, min_size=len(happened), max_size=len(happened)))
    activities = tuple(dict.fromkeys(happened))
    people = tuple(dict.fromkeys(["", *performers]))
    starts = array("I", [0])
    for trace in traces:
        starts.append(starts[-1] + len(trace))
    return EventLog(
        cases=tuple(draw(names) for _ in traces),
        starts=starts,
        activities=activities,
        codes=array("I", map(activities.index, happened)),
        people=people if wanted.people else (),
        performers=array("I", map(people.index, performers) if wanted.people else []),
        times=array("q", times if wanted.times else []),
    )


@given(logs())
@settings(deadline=None, max_examples=100)
def test_read_of_written_is_the_same_log(log):
    stream = io.BytesIO()
    write_xes(
        stream,
        log,
        case_notes=lambda case: {"name": log.cases[case], "number": case, "first": case == 0},
        event_notes=lambda event: {"name": log.activities[log.codes[event]]},
    )
    with tempfile.NamedTemporaryFile() as file:
        file.write(stream.getvalue())
        file.flush()
        wanted = Wanted(people=bool(log.people), times=bool(log.times))
        assert read_xes(Path(file.name), wanted) == log


texts = st.from_regex(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9][T ]?[0-2][0-9]:[0-6][0-9]:[0-6][0-9]([.,][0-9]{1,9})?"
    r"(Z|[+-][0-2][0-9]:?[0-6][0-9])?",
    fullmatch=True,
)


@given(st.lists(texts | st.text(max_size=25), max_size=12))
@settings(deadline=None)
def test_remembering_parts_of_times_changes_no_answer(stamps):
    remembered = Instants()

    def outcome(of, text):
        try:
            return of(text)
        except ValueError:
            return None

    # Each day is asked for with each time of day, so that parts learnt apart are put together.
    mixed = [one[:11] + other[11:] for one in stamps[:8] for other in stamps[:8]]
    for text in stamps + mixed:
        assert outcome(remembered, text.encode()) == outcome(microseconds, text)
