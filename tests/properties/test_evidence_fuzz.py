"""Whatever bytes come: a report or a refusal, never anything else, and always a name to show."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence import making
from guiju.base.evidence.formats.markup import Change, changed
from guiju.base.evidence.formats.picture_layout import stripped
from guiju.base.evidence.marks import mark_in
from guiju.base.evidence.names import MOST_BYTES, MOST_CHARACTERS, clean_name, ending_of
from guiju.base.evidence.report import Report, Unreadable, decoded, encoded
from guiju.base.evidence.worker import outcome_of
from guiju.core.errors import Refusal
from guiju.core.sentence import zh

SEEDS = {
    "pdf": making.pdf_saying("情况说明"),
    "docx": making.telling_docx(),
    "xlsx": making.xlsx(comment=True),
    "odt": making.odt(),
    "ofd": making.ofd(),
    "doc": making.doc(),
    "xls": making.xls((0x5C, b"\x04\0\0user")),
    "png": making.photo("PNG"),
    "jpeg": making.photo("JPEG"),
    "webp": making.photo("WEBP"),
    "tiff": making.photo("TIFF"),
    "mp3": making.mp3(),
    "wav": making.wav(),
    "mp4": making.mp4(),
    "text": "单位,金额\n某局,1\n".encode("gb18030"),
    "xes": b'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/"><trace/></log>',
}
HEADS = [content[:12] for content in SEEDS.values()]
FEW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def reports_or_refuses(content: bytes, name: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        outcome = outcome_of(path, ending_of(name), Path(folder) / "clean")
    assert decoded(encoded(outcome)) is not None
    if isinstance(outcome, Refusal):
        assert outcome.code.startswith("EVIDENCE-")
        assert str(outcome)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from([b"", *HEADS]), st.binary(min_size=1, max_size=400), st.text(max_size=12))
def test_any_bytes_with_any_beginning(head: bytes, body: bytes, name: str) -> None:
    reports_or_refuses(head + body, name)


@pytest.mark.parametrize("kind", SEEDS)
@FEW
@given(data=st.data())
def test_a_mutated_file(kind: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.sampled_from([0, 1, 1, 1, 2, 4, 30]))
        put = data.draw(st.binary(max_size=6) | st.sampled_from([b"\xff" * 4, b"\0" * 4]))
        content[at : at + cut] = put
    if content:
        reports_or_refuses(bytes(content))


@pytest.mark.parametrize("kind", SEEDS)
@FEW
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_one_flipped_bit(kind: str, at: int, bit: int) -> None:
    content = bytearray(SEEDS[kind])
    content[at % len(content)] ^= 1 << bit
    reports_or_refuses(bytes(content))


@FEW
@given(one=st.sampled_from([*SEEDS]), other=st.sampled_from([*SEEDS]), cut=st.floats(0, 1))
def test_two_files_glued_together(one: str, other: str, cut: float) -> None:
    first, second = SEEDS[one], SEEDS[other]
    reports_or_refuses(first[: int(len(first) * cut) + 1] + second)


member_names = st.sampled_from(
    ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "OFD.xml", "mimetype", "meta.xml",
     "content.xml", "docProps/core.xml", "word/embeddings/a.bin", "xl/comments1.xml", "a.png"]
)  # fmt: skip
member_bodies = st.binary(max_size=60) | st.sampled_from(
    [*SEEDS.values(), b"<a/>", b'<a b="c"/>', b"application/vnd.oasis.opendocument.text"]
)


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(member_names, member_bodies, max_size=5),
    st.sampled_from(["docx", "ofd", "odt"]),
)
def test_an_archive_with_any_members(members: dict[str, bytes], base: str) -> None:
    reports_or_refuses(making.changed(SEEDS[base], **members))


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300))
@example(b"\xff\xd8\xff\xe1")
def test_stripping_anything_gives_no_more_than_there_was(body: bytes) -> None:
    for head in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        assert len(stripped(head + body)) <= len(head + body) + 36


@settings(max_examples=500)
@given(st.text(max_size=400))
@example("\u202e" * 300)
@example("a" * 119 + ".docx")
@example("é" * 200 + ".x")
@example("con.")
def test_a_cleaned_name_is_short_plain_and_stays_as_it_is(declared: str) -> None:
    name = clean_name(declared)
    assert 0 < len(name) <= MOST_CHARACTERS
    assert len(name.encode()) <= MOST_BYTES
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*')
    assert name not in {".", ".."}
    assert clean_name(name) == name
    assert ending_of(name) == ending_of(name).lower()


@settings(max_examples=300)
@given(st.text("秘密绝机★年期长0123456789 \n级：", max_size=30))
def test_no_mark_is_found_without_a_grade(text: str) -> None:
    if (mark := mark_in(text)) is not None:
        assert any(grade in mark for grade in ("绝密", "机密", "秘密"))
        assert mark_in(f"前言\n{mark}\n后文") is not None


@settings(max_examples=300)
@given(st.binary(max_size=200))
@example(b'{"kind": "pdf", "rows": [[1]], "remarks": [], "cleaned": true, "bare": true}')
@example(b"[]")
@example(b"1")
def test_an_answer_of_the_worker_is_a_report_or_unreadable(content: bytes) -> None:
    try:
        outcome = decoded(content)
    except Unreadable:
        return
    assert isinstance(outcome, Report | Refusal)


attributes = st.dictionaries(
    st.sampled_from(["author", "id", "w:author"]), st.text("a<&\"'> 中", max_size=6)
)


def element(name: str, values: dict[str, str], inner: str) -> str:
    quoted = "".join(
        f' {key}="' + value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") + '"'
        for key, value in values.items()
    )
    return f"<{name}{quoted}>{inner}</{name}>"


trees = st.recursive(
    st.text("ab中 ", max_size=5),
    lambda inner: st.builds(
        element,
        st.sampled_from(["p", "gone", "bare"]),
        attributes,
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(st.lists(trees, max_size=4).map("".join))
def test_editing_markup_does_what_a_parser_would_do(body: str) -> None:
    """The independent reference builds a tree, alters it there, and compares the trees."""
    source = f'<r xmlns:w="u">{body}</r>'.encode()

    def attribute(_tag, values, name):
        return "X" if name == "author" else None if name == "id" else values[name]

    change = Change(attribute, emptied=frozenset({"bare"}), removed=frozenset({"gone"}))
    try:
        expected = ET.fromstring(source)
    except ET.ParseError:
        return
    _alter(expected)
    got = ET.fromstring(changed(source, change, zh("XML 文件")))
    assert _shape(got) == _shape(expected)


def _alter(element) -> None:
    before = None
    for child in list(element):
        if child.tag == "gone":
            if before is None:
                element.text = (element.text or "") + (child.tail or "")
            else:
                before.tail = (before.tail or "") + (child.tail or "")
            element.remove(child)
        else:
            _alter(child)
            before = child
    for key in list(element.attrib):
        local = key.rpartition("}")[2]
        if local == "id":
            del element.attrib[key]
        elif local == "author":
            element.attrib[key] = "X"


def _shape(element):
    return (
        element.tag,
        element.attrib,
        "" if element.tag == "bare" else element.text or "",
        "" if element.tag == "bare" else [(_shape(child), child.tail or "") for child in element],
    )
