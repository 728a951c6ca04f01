"""The exchange on paper: parts, slips of hand, sheets."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.witness.paper import (
    MOST_PARTS,
    MOST_TEXT,
    PART_BYTES,
    Kind,
    parts_of,
    read_paper,
    read_parts,
)
from guiju.base.witness.sheet import request_sheet
from guiju.core.errors import Invalid
from guiju.core.ledger.witness import parse_request
from ledger_reference import qr, vectors
from ledger_reference.parties import W1
from witnessing import ORIGIN, log

DATA = random.Random(5).randbytes(3 * PART_BYTES - 7)  # noqa: S311 - the same on every run
PARTS = parts_of(DATA, Kind.REQUEST)


def refused(code, text, kind=Kind.REQUEST):
    with pytest.raises(Invalid) as caught:
        read_parts(text, kind)
    assert caught.value.code == code
    return str(caught.value)


@given(
    data=st.binary(min_size=1, max_size=5 * PART_BYTES),
    kind=st.sampled_from(Kind),
    seed=st.randoms(use_true_random=False),
    space=st.sampled_from([" ", "\n", "\r\n", "\u3000", "\t"]),
)
def test_parts_in_any_order_width_and_case_give_the_same_back(data, kind, seed, space):
    parts = [*parts_of(data, kind)]
    parts += seed.sample(parts, 1)
    seed.shuffle(parts)
    width = seed.randint(1, 80)
    text = space.join(piece for part in parts for piece in re.findall(f".{{1,{width}}}", part))
    assert read_parts(text.lower() if seed.random() < 0.5 else text, kind) == data


@given(number=st.integers(0, 2), at=st.integers(0, 600), to=st.sampled_from("ABCDEFGH2345/ 9"))
def test_a_slip_in_a_part_is_never_taken_for_right(number, at, to):
    part = PARTS[number]
    at %= len(part)
    slipped = part[:at] + to + part[at + 1 :]
    text = "\n".join([*PARTS[:number], slipped, *PARTS[number + 1 :]])
    taken = outcome(text)
    if taken == DATA:
        assert slipped.replace("8", "B") == part.replace("8", "B"), "only 8 for B is mended"
    else:
        assert taken in {"WITNESS-22", "WITNESS-23", "WITNESS-24"}
        assert slipped != part


def outcome(text):
    try:
        return read_parts(text, Kind.REQUEST)
    except Invalid as refusal:
        return refusal.code


def test_digits_that_look_like_letters_are_understood():
    head, payload, check = PARTS[0].rsplit("/", 2)
    misread = payload.replace("O", "0").replace("I", "1").replace("B", "8")
    assert misread != payload
    assert read_parts("\n".join([f"{head}/{misread}/{check}", *PARTS[1:]]), Kind.REQUEST) == DATA


def test_a_wrong_part_is_named():
    wrong = PARTS[1].replace("A", "C")
    assert "第 2 部分" in refused("WITNESS-23", "\n".join([PARTS[2], wrong, PARTS[0]]))
    assert "第 2 部分" in refused("WITNESS-23", wrong)
    unread = PARTS[1].replace("GUIJU1/Q/2", "GUIJU1/Q/Z")
    assert "录入的第 2 段" in refused("WITNESS-23", "\n".join([PARTS[2], unread, PARTS[0]]))
    assert read_parts("\n".join([wrong, *PARTS]), Kind.REQUEST) == DATA


def test_missing_parts_are_named():
    assert "共 3 部分，还缺第 2 部分" in refused("WITNESS-24", PARTS[0] + PARTS[2])
    assert "还缺第 1、2 部分" in refused("WITNESS-24", PARTS[2])


def test_parts_of_two_papers_are_not_mixed():
    other = parts_of(DATA[::-1], Kind.REQUEST)
    refused("WITNESS-25", PARTS[0] + other[1] + PARTS[2])
    assert read_parts("".join(PARTS), Kind.REQUEST) == DATA


def test_a_request_is_not_taken_for_an_answer():
    refused("WITNESS-26", "".join(PARTS), Kind.ANSWER)
    assert read_parts("".join(parts_of(DATA, Kind.ANSWER)), Kind.ANSWER) == DATA


@pytest.mark.parametrize("text", ["", "GUIJU", "见证", "x" * (MOST_TEXT + 1)])
def test_a_text_without_parts_is_refused(text):
    refused("WITNESS-22", text)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    for hostile in (text, f"GUIJU1/{text}", PARTS[0][:20] + text, "GUIJU1/Q/1/1/00000000/" + text):
        with pytest.raises(Invalid):
            read_parts(hostile, Kind.REQUEST)


def test_what_is_too_long_for_paper_is_refused():
    longest = bytes(PART_BYTES * MOST_PARTS)
    parts = parts_of(longest, Kind.REQUEST)
    assert len(parts) == MOST_PARTS
    assert read_parts("".join(parts), Kind.REQUEST) == longest
    for data in (longest + b"x", b""):
        with pytest.raises(Invalid) as caught:
            parts_of(data, Kind.REQUEST)
        assert caught.value.code == "WITNESS-21"


def test_a_file_holds_parts_or_the_thing_itself():
    text = "\n".join(parts_of(vectors.REQUEST, Kind.REQUEST)).encode()
    assert read_paper(text, Kind.REQUEST) == vectors.REQUEST
    assert read_paper(b"\xef\xbb\xbf" + text, Kind.REQUEST) == vectors.REQUEST
    assert read_paper(vectors.REQUEST, Kind.REQUEST) == vectors.REQUEST
    assert read_paper(vectors.RESPONSE, Kind.ANSWER) == vectors.RESPONSE
    with pytest.raises(Invalid):
        read_paper(vectors.RESPONSE, Kind.REQUEST)


def test_the_sheet_shows_what_is_asked_and_its_codes_can_be_read():
    asked = log().ask(137, 391)
    page = request_sheet(asked, witness=W1, made_at=1_700_000_000).decode()
    for shown in (ORIGIN, W1.name, "<td>391</td>", "137 条", "2023-11-1", "存证检查点见证申请书"):
        assert shown in page
    assert not re.search(r"<script|src=|href=|https?://(?!www\.w3\.org)", page)
    scanned = [qr.read(qr.modules(svg)) for svg in re.findall(r"<svg.*?</svg>", page)]
    assert len(scanned) > 1
    assert parse_request(read_parts("".join(scanned), Kind.REQUEST)) == asked
    typed = re.findall(r"<pre>.*?\n(.*?)</pre>", page, re.DOTALL)
    assert parse_request(read_parts("\n".join(reversed(typed)), Kind.REQUEST)) == asked


def test_a_hostile_origin_is_only_text_on_the_sheet():
    hostile = log().ask(0, 9)
    body = hostile.checkpoint.replace(ORIGIN.encode(), b"<img/src=x>")
    page = request_sheet(type(hostile)(0, (), body), witness=W1, made_at=1_700_000_000).decode()
    assert "<img" not in page
    assert "&lt;img/src=x&gt;" in page
