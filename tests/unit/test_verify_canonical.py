"""The quick check of entries answers exactly as the strict one does."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports import entries
from guiju.core.errors import Invalid
from guiju.core.ledger.entry import MOST_BYTES, decode_entry, encode_entry
from guiju.exchange.record_files.canonical import CanonicalCheck

NASTY = [
    b"",
    b"{}",
    b"[]",
    b'""',
    b"0",
    b"null",
    b"{",
    b'{"a":1}\n',
    b'{"a":1}\n{"b":2}',
    b' {"a":1}',
    b'{"a": 1}',
    b'{"a":1,"a":1}',
    b'{"b":1,"a":1}',
    b'{"a":"x","a":"y"}',
    b'{"a:"x"":1}',
    b'{"a,"x",b":1}',
    b'{"a:5,x":1,"a:12,y":1}',  # names out of order that would be in order without their numbers
    b'{":12,y":1,":5,x":1}',
    b'{":12,x":1}',
    b'{"x\\":12,y":1}',
    b'{"x\\\\":12}',
    b'{"a":"x"5}',
    b'{"a":"x".5}',
    b'{"a":"x"e5}',
    b'{"a":1.0}',
    b'{"a":1e2}',
    b'{"a":-0}',
    b'{"a":-1}',
    b'{"a":01}',
    b'{"a":9007199254740991}',
    b'{"a":9007199254740992}',
    b'{"a":-9007199254740992}',
    b'{"a":999999999999999}',
    b'{"a":NaN}',
    b'{"a":Infinity}',
    b'{"a":true,"b":false,"c":null}',
    b'{"a":["x","y"],"b":[1,2],"c":[[],{}]}',
    b'{"a":["x" ,"y"]}',
    b'{"a":["x","y",]}',
    b'{"x:":[","]}',
    b'{"x:":[",",2]}',
    b'{"a":"\\u000b\\n\\"\\\\ \x7f"}',
    b'{"a":"\\u000B"}',
    b'{"a":"\\u000a"}',
    b'{"a":"\\u0020"}',
    b'{"a":"\\/"}',
    b'{"a":"\\ud800"}',
    b'{"a":"\t"}',
    b'{"a":"\x00"}',
    b'{"a":"\xff"}',
    b'{"a":"\xed\xa0\x80"}',
    b'{"a":"\xc0\xae"}',
    '{"a":"受理"}'.encode(),
    '{"a":"受理'.encode()[:-1] + b'"}',
    '{"名":1}'.encode(),
    '{"名":"x"}'.encode(),
    b'{"\\u0061":1}',
    b'{"a":' * 31 + b"{}" + b"}" * 31,
    b'{"a":' * 32 + b"{}" + b"}" * 32,
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b'{"a":"%s"}' % (b"x" * (MOST_BYTES - 8)),
    b'{"a":"%s"}' % (b"x" * (MOST_BYTES - 7)),
    b'{"a":1%s}' % (b"0" * 5000),
]


def strict(entry):
    try:
        decode_entry(entry)
    except Invalid as refusal:
        return refusal.code
    return None


def quick(rows, check=None):
    fault = (check or CanonicalCheck()).first_fault(rows)
    return fault and (fault[0], fault[1].code)


def agreed(rows, check=None):
    faults = ((at, strict(row)) for at, row in enumerate(rows))
    wanted = next((fault for fault in faults if fault[1]), None)
    assert quick(rows, check) == wanted


@pytest.mark.parametrize("entry", NASTY)
def test_each_nasty_entry_is_judged_as_strictly_alone_and_among_others(entry):
    agreed([entry])
    agreed([b'{"a":"b"}', entry, b'{"a":1}', entry])


def test_there_are_entries_of_both_kinds_among_the_nasty_ones():
    refused = [entry for entry in NASTY if strict(entry)]
    assert 20 < len(refused) < len(NASTY) - 10


def test_an_entry_cut_at_the_seam_of_two_does_not_pass_as_two():
    agreed([b'{"a":1},{"b":2}', b"{}"])
    agreed([b'{"a":[1', b"2]}"])
    agreed([b'{"a":"x', b'y"}'])


def test_what_was_met_before_does_not_vouch_for_what_only_looks_like_it():
    check = CanonicalCheck()
    agreed([b'{"a":"x","b":1}', b'{"a:5,":1}'], check)
    agreed([b'{"a":"x","b":01}'], check)
    agreed([b'{"a":"\\u000B","b":1}'], check)
    agreed([b'{"a:12,":1}'], check)


def test_more_outlines_than_are_remembered_are_still_judged():
    check = CanonicalCheck()
    rows = [encode_entry({f"k{number}": 1}) for number in range(5_000)]
    assert quick(rows, check) is None
    agreed([b'{"k1":1 }', rows[0]], check)


PIECES = st.sampled_from(
    ['"', ":", ",", "{", "}", "[", "]", "\\", "\n", "0", "1", "-", ".", "e", "a", "b", "受", " "]
)
TEXT = st.text(PIECES, max_size=8) | st.text(max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXT | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(TEXT, VALUES, max_size=4), max_size=6))
def test_whatever_python_writes_as_json_is_judged_as_strictly(values):
    agreed(
        [
            json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
                "utf-8", "surrogatepass"
            )
            for value in values
        ]
    )


@given(st.data(), st.lists(st.sampled_from(entries(12)), min_size=1, max_size=4))
def test_changed_entries_are_judged_as_strictly(data, rows):
    at = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[at])))
    width = data.draw(st.integers(0, 3))
    fresh = data.draw(st.text(PIECES, max_size=3)).encode()
    changed = rows[at][:place] + fresh + rows[at][place + width :]
    check = CanonicalCheck()
    agreed(rows, check)
    agreed([*rows[:at], changed, *rows[at + 1 :]], check)


@given(st.lists(st.text(PIECES, max_size=12).map(str.encode), max_size=5))
@example([b'{"a":"":1}'])
def test_scraps_of_json_are_judged_as_strictly(rows):
    agreed(rows)
    agreed([b'{"a":' + row + b"}" for row in rows])
    agreed([b'{"a' + row + b'":1}' for row in rows])
