from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta, timezone

import pytest

from guiju.core.errors import Invalid
from guiju.core.ledger.commitments import check_commitment, commit
from guiju.core.ledger.entry import BOUND, MOST_BYTES, MOST_LEVELS, decode_entry, encode_entry
from guiju.core.ledger.entry import instant as written

SALT = bytes(range(32))


def refused(code, act, *args, **named):
    with pytest.raises(Invalid) as caught:
        act(*args, **named)
    assert caught.value.code == code
    return str(caught.value.sentence)


def nested(levels):
    value = {}
    for _ in range(levels - 1):
        value = {"a": value}
    return value


def test_an_entry_is_canonical_json():
    data = {"b": [True, False, None, -1], "a": {"z": "规矩", "Y": 0}, "": (1, 2)}
    assert encode_entry(data) == (
        '{"":[1,2],"a":{"Y":0,"z":"规矩"},"b":[true,false,null,-1]}'.encode()
    )


def test_texts_are_escaped_as_the_standard_demands():
    # RFC 8785, section 3.2.2.2, the string of the example in section 3.2.2
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert encode_entry({"s": text}) == '{"s":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    assert encode_entry({"s": "\b\t\f\r\x7f\x00\u2028"}) == (
        b'{"s":"\\b\\t\\f\\r\x7f\\u0000\xe2\x80\xa8"}'
    )


def test_texts_are_kept_as_given_and_not_normalised():
    composed, decomposed = encode_entry({"s": "é"}), encode_entry({"s": "e\u0301"})
    assert composed != decomposed
    assert decode_entry(decomposed) == {"s": "e\u0301"}


def test_integers_go_to_the_edge_of_what_every_reader_holds():
    edge = BOUND - 1
    assert encode_entry({"n": [edge, -edge]}) == f'{{"n":[{edge},{-edge}]}}'.encode()
    for beyond in (BOUND, -BOUND):
        assert "$.n" in refused("LEDGER-03", encode_entry, {"n": beyond})


@pytest.mark.parametrize("value", [1.0, b"x", {1}, datetime.now(UTC), object(), float("nan")])
def test_what_json_or_this_subset_does_not_hold_is_refused_with_its_place(value):
    assert "$.a[1]" in refused("LEDGER-04", encode_entry, {"a": [0, value]})


@pytest.mark.parametrize("key", ["名", "é", 1, None, True])
def test_names_other_than_ascii_are_refused(key):
    refused("LEDGER-02", encode_entry, {"a": {key: 1}})


@pytest.mark.parametrize("data", [[], "x", 1, None])
def test_only_an_object_is_an_entry(data):
    refused("LEDGER-01", encode_entry, data)


def test_half_a_character_is_refused():
    refused("LEDGER-05", encode_entry, {"a": "\ud800"})
    assert encode_entry({"a": "\U0001f600"}) == '{"a":"😀"}'.encode()


def test_deep_nesting_is_refused_even_without_end():
    encode_entry(nested(MOST_LEVELS))
    refused("LEDGER-06", encode_entry, nested(MOST_LEVELS + 1))
    endless = {}
    endless["a"] = endless
    refused("LEDGER-06", encode_entry, endless)


def test_long_entries_are_refused():
    room = MOST_BYTES - len(encode_entry({"a": ""}))
    assert len(encode_entry({"a": "x" * room})) == MOST_BYTES
    refused("LEDGER-07", encode_entry, {"a": "x" * (room + 1)})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{",
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":-0}',
        b'{"a":"\\u0041"}',
        b'{"a":1}\n',
        b"\xff",
        b"[" * 60_000,
        b'{"a":' + b"9" * 5000 + b"}",
        '\ufeff{"a":1}'.encode(),
    ],
)
def test_bytes_that_nobody_would_have_written_are_refused(data):
    refused("LEDGER-08", decode_entry, data)


def test_what_no_entry_holds_is_refused_on_reading_too():
    refused("LEDGER-01", decode_entry, b"[]")
    refused("LEDGER-04", decode_entry, b'{"a":1.0}')
    refused("LEDGER-04", decode_entry, b'{"a":NaN}')
    refused("LEDGER-05", decode_entry, b'{"a":"\\ud800"}')
    assert decode_entry(b'{"a":1}') == {"a": 1}


def test_instants_are_written_in_utc_always_alike():
    east = timezone(timedelta(hours=8))
    assert written(datetime(2026, 1, 1, 7, 0, tzinfo=east)) == "2025-12-31T23:00:00.000000Z"
    assert written(datetime(2026, 1, 1, 7, 0, 0, 9, UTC)) == "2026-01-01T07:00:00.000009Z"


def test_an_instant_without_a_zone_is_refused():
    refused("LEDGER-09", written, datetime(2026, 1, 1, 7, 0))  # noqa: DTZ001 - the fault tried


def test_a_commitment_is_what_anyone_can_compute_again():
    message = '["applicant.name","张三"]'.encode()
    expected = hmac.digest(SALT, message, hashlib.sha256)
    assert commit("applicant.name", "张三", salt=SALT) == expected
    check_commitment(expected, "applicant.name", "张三", salt=SALT)


def test_path_and_value_cannot_flow_into_each_other():
    pairs = [("a", "bc"), ("ab", "c"), ("a", ["b", "c"]), ('a","b', "c"), ("a", 1), ("a", "1")]
    assert len({commit(path, value, salt=SALT) for path, value in pairs}) == len(pairs)


def test_another_value_path_or_salt_does_not_open_a_commitment():
    made = commit("a", "b", salt=SALT)
    refused("LEDGER-71", check_commitment, made, "a", "c", salt=SALT)
    refused("LEDGER-71", check_commitment, made, "b", "b", salt=SALT)
    refused("LEDGER-71", check_commitment, made, "a", "b", salt=bytes(32))
    refused("LEDGER-71", check_commitment, made[:-1], "a", "b", salt=SALT)


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_a_salt_of_another_length_is_refused(salt):
    refused("LEDGER-70", commit, "a", "b", salt=salt)
