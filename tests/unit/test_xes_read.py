from __future__ import annotations

import gzip
import os
import threading
from pathlib import Path

import pytest

from guiju.core.check.log import NO_TIME, Wanted
from guiju.core.errors import Invalid
from guiju.exchange.xes import columns, read_xes, strict

ALL = Wanted(people=True, times=True)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n'


def event(name: str, more: str = "") -> str:
    return f'<event><string key="concept:name" value="{name}"/>{more}</event>'


def trace(case: str, *events: str) -> str:
    return f'<trace><string key="concept:name" value="{case}"/>{"".join(events)}</trace>\n'


def document(*traces: str) -> str:
    return HEAD + "".join(traces) + "</log>\n"


@pytest.fixture
def read(tmp_path: Path):
    def from_text(text: str | bytes, wanted: Wanted = ALL):
        path = tmp_path / "log.xes"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_xes(path, wanted)

    return from_text


def refused(read, text: str | bytes, code: str, *says: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(text)
    assert refusal.value.code == code
    for part in says:
        assert part in str(refusal.value)


USUAL = document(
    trace("甲", event("受理"), event("审批")),
    trace("乙"),
    trace("丙", event("受理", '<string key="org:resource" value="张三 &amp; 李四"/>')),
)


def test_cases_events_and_people_in_file_order(read):
    log = read(USUAL)
    assert log.cases == ("甲", "乙", "丙")
    assert list(log.starts) == [0, 2, 2, 3]
    assert [log.activities[code] for code in log.codes] == ["受理", "审批", "受理"]
    assert [log.people[person] for person in log.performers] == ["", "", "张三 & 李四"]


def test_columns_that_are_not_wanted_stay_empty(read):
    log = read(USUAL, Wanted())
    assert (log.people, list(log.performers), list(log.times)) == ((), [], [])


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T08:00:00.001+08:00", 1_000),
        ("1970-01-01T00:00:00.000001", 1),
        ("1969-12-31T23:59:59.999999-00:00", -1),
        ("1970-01-02", 86_400_000_000),
    ],
)
def test_times_become_microseconds_in_utc(read, text, instant):
    stamp = f'<date key="time:timestamp" value="{text}"/>'
    log = read(document(trace("1", event("a")), trace("2", event("a", stamp))))
    assert list(log.times) == [NO_TIME, instant]


def test_a_time_as_long_as_a_book_is_refused(read):
    stamp = f'<date key="time:timestamp" value="1970-01-01{" " * 10_000}"/>'
    refused(read, document(trace("1"), trace("2", event("a", stamp))), "XES-09", "10010 字")


@pytest.mark.parametrize("text", ["昨天", "2024-13-01T00:00:00Z", "", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_cannot_be_read_is_refused_only_when_wanted(read, text):
    stamp = f'<date key="time:timestamp" value="{text}"/>'
    log = document(trace("1", event("a")), trace("2", event("a"), event("b", stamp)))
    refused(read, log, "XES-10", "「2」", "第 2 个事件", "第 4 行", f"「{text}」")
    assert len(read(log, Wanted(people=True)).codes) == 3


def test_a_case_without_a_name_is_called_by_its_ordinal(read):
    nameless = "<trace>" + event("a") + "</trace>"
    assert read(document(nameless, trace("x"), nameless, trace(""))).cases == (
        "#1",
        "x",
        "#3",
        "#4",
    )


def test_gzip_is_told_by_content_not_by_name(read):
    assert read(gzip.compress(USUAL.encode())) == read(USUAL)


def test_gzip_in_several_members_with_padding(read):
    text = USUAL.encode()
    members = gzip.compress(text[:99]) + gzip.compress(text[99:]) + b"\0" * 700
    assert read(members) == read(USUAL)


def test_gzip_cut_off_or_damaged_is_refused(read):
    packed = gzip.compress(document(*[trace(str(n), event("a")) for n in range(99)]).encode())
    refused(read, packed[:-9], "XES-01", "不完整")
    refused(read, packed[:11], "XES-01")
    refused(read, packed[:-6] + b"\1" + packed[-5:], "XES-01", "已损坏")
    refused(read, packed + b"more", "XES-01", "已损坏")


NESTED = (
    '<string key="org:resource" value="外层"><string key="concept:name" value="内层"/></string>'
)
LISTED = '<list key="l"><values><string key="concept:name" value="内层"/></values></list>'


@pytest.mark.parametrize(
    "more", [NESTED, LISTED, "<!-- " + event("x") + " -->", "<![CDATA[<event>]]>"]
)
def test_only_the_events_own_attributes_count(read, more):
    log = read(document(trace("1", event("a", more)), trace("2", event("b", more))))
    assert log.activities == ("a", "b")
    assert log.cases == ("1", "2")


def test_nested_attributes_of_the_log_and_globals_are_no_events(read):
    head = '<global scope="event"><string key="concept:name" value="x"/></global>'
    head += '<int key="n" value="1"><int key="m" value="2"/></int>'
    assert read(document(head, trace("1", event("a")), trace("2", event("b")))).activities == (
        "a",
        "b",
    )


def test_attributes_of_the_trace_may_follow_its_events(read):
    late = "<trace>" + event("a") + '<string key="concept:name" value="迟"/></trace>'
    assert read(document(late, late)).cases == ("迟", "迟")


def test_prefixed_log_in_single_quotes_with_other_attribute_order(read):
    plain = document(trace("1", event("a")), trace("2", event("b")))
    other = plain.replace("<log ", '<log xmlns:x="urn:x" ').replace('"', "'")
    for tag in ("log", "trace", "event", "string"):
        other = other.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
    other = other.replace("key='concept:name' value='b'", "value='b' key='concept:name'")
    assert read(other) == read(plain)


def test_elements_that_lost_the_namespace_of_the_log_are_read_all_the_same(read):
    plain = document(trace("1", event("a")), trace("2", event("b")), trace("3"))
    lost = plain.replace("<log ", '<log xmlns="urn:x" ').replace("<trace>", '<trace xmlns="">', 2)
    assert read(lost) == read(plain)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "us-ascii"]
)
def test_encodings_that_expat_knows(read, encoding):
    name = "a" if encoding == "us-ascii" else "é"
    declared = encoding.removesuffix("-sig")
    text = document(trace("1", event(name)), trace("2", event(name))).replace("UTF-8", declared)
    assert read(text.encode(encoding)).activities == (name,)


@pytest.mark.parametrize("declared", ["shift_jis", "no-such-code", "utf-16"])
def test_encodings_that_cannot_be_read_are_refused(read, declared):
    refused(read, USUAL.replace("UTF-8", declared), "XES-02", "编码")


@pytest.mark.parametrize("declared", ["GB18030", "gbk", "GB2312", "Big5", "utf8"])
def test_encodings_of_offices_that_expat_does_not_know(read, declared):
    traces = [trace(f"卷{n}", event("收文"), event("核稿")) for n in range(2_000)]
    plain = document(*traces).replace("核", "核" if declared != "Big5" else "文")
    assert read(plain.replace("UTF-8", declared, 1).encode(declared)) == read(plain)


def test_bytes_outside_the_declared_encoding_are_refused_with_line(read):
    text = USUAL.replace("UTF-8", "GB18030", 1).encode("gb18030")
    refused(read, text.replace("丙".encode("gb18030"), b"\xff\xff"), "XES-02", "第 5 行", "GB18030")
    refused(read, text + b"\x81", "XES-02", "第 7 行", "GB18030")


def test_a_flood_of_tag_names_is_refused(read, monkeypatch):
    monkeypatch.setattr(strict, "_MOST_WORDS", 50)
    names = [f"<x{n}/>" for n in range(60)]
    prefixes = [f'<x xmlns:x{n}="urn:x"/>' for n in range(60)]
    assert read(document(*names[:20], *prefixes[:20], trace("1"))).cases == ("1",)
    for flood in (names, prefixes):
        refused(read, document(*flood, trace("1")), "XES-09", "50 个")


def test_bytes_that_are_not_utf8_are_refused_with_line(read):
    damaged = USUAL.encode().replace("丙".encode(), b"\xff\xfe")
    refused(read, damaged, "XES-02", "第 5 行", "编码")


@pytest.mark.parametrize("forbidden", ["\x01", "\ufffe", "&#1;", "&nbsp;", "& ", "<"])
def test_what_xml_forbids_is_refused_even_in_values_nobody_reads(read, forbidden):
    note = f'<string key="note" value="{forbidden}"/>'
    text = document(trace("1", event("a")), trace("2", event("b")), trace("3", event("c", note)))
    refused(read, text, "XES-02", "第 5 行")


def test_cut_xml_is_refused_with_line(read):
    refused(read, USUAL[: USUAL.index("丙")], "XES-02", "第 5 行")
    refused(read, USUAL.removesuffix("</log>\n"), "XES-02", "第 6 行", "缺失")
    refused(read, "", "XES-02", "缺失")
    refused(read, "事项,步骤\n1,受理\n", "XES-02", "第 1 行")
    refused(read, USUAL + "<log/>", "XES-02", "结束之后")


DOCTYPES = [
    '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    '<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE log SYSTEM "http://example.org/xes.dtd">',
    "<!DOCTYPE log>",
]


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_document_types_and_entities_are_refused(read, doctype):
    refused(read, doctype + USUAL.partition("\n")[2], "XES-03", "DOCTYPE")


def test_other_xml_is_refused_by_name(read):
    refused(read, '<d:definitions xmlns:d="urn:bpmn"/>', "XES-04", "BPMN", "流程")
    refused(read, "<pnml/>", "XES-04", "PNML")
    refused(read, "<trace/>", "XES-04", "「trace」")
    refused(read, "<string><log/></string>", "XES-04", "「string」")
    refused(read, "<html><log/></html>", "XES-04", "「html」", "第 1 行")


def test_a_log_without_cases_is_refused(read):
    refused(read, document(), "XES-05", "一个案件也没有")


@pytest.mark.parametrize(
    "misplaced",
    [
        event("游离"),
        "<trace>" + trace("内") + "</trace>",
        "<trace>" + event("a", event("内")) + "</trace>",
        '<trace><list key="l">' + event("内") + "</list></trace>",
        "<other>" + trace("内") + "</other>",
        document(trace("内")).partition("\n")[2],
    ],
)
def test_traces_and_events_out_of_place_are_refused_not_lost(read, misplaced):
    refused(read, document(trace("1"), misplaced, trace("2")), "XES-06", "第 4 行", "位置不对")


@pytest.mark.parametrize(
    "bad",
    [
        "<event/>",
        event(""),
        '<event><string key="concept:name"/></event>',
        '<event><list key="concept:name"/></event>',
    ],
)
def test_an_event_without_activity_is_refused_saying_which(read, bad):
    text = document(trace("1", event("a")), trace("案二", event("a"), bad))
    refused(read, text, "XES-07", "「案二」", "第 2 个事件", "第 4 行")
    refused(read, document("<trace>" + bad + "</trace>"), "XES-07", "「#1」", "第 1 个事件")


def test_the_same_attribute_twice_is_refused_where_it_is_read(read):
    again = '<string key="concept:name" value="b"/>'
    note = '<string key="note" value="b"/>'
    refused(read, document(trace("1"), trace("2", event("a", again))), "XES-08", "第 4 行")
    refused(read, document(trace("1"), trace("2", again)), "XES-08", "第 4 行")
    assert read(document(trace("1"), trace("2", event("a", note + note)))).activities == ("a",)


def test_limits_on_depth_length_and_number(read, monkeypatch):
    deep = '<list key="l">' * 97 + "</list>" * 97
    assert read(document(trace("1", event("a", deep)))).activities == ("a",)
    deep = f'<list key="l">{deep}</list>'
    refused(read, document(trace("1", event("a", deep))), "XES-09", "100 层")
    assert len(read(document(trace("1"), trace("2", event("字" * 10_000)))).activities[0]) == 10_000
    refused(read, document(trace("1"), trace("2", event("a" * 10_001))), "XES-09", "10001 字")
    refused(read, document(trace("1"), trace("2" * 10_001)), "XES-09", "10001 字")
    monkeypatch.setattr(columns, "MOST_NAMES", 2)
    assert len(read(document(trace("1", event("a"), event("b")))).activities) == 2
    refused(read, document(trace("1", *map(event, "abc"))), "XES-09", "活动名", "上限为 2 个")
    monkeypatch.undo()
    monkeypatch.setattr(columns, "MOST_LETTERS", 20)
    refused(read, document(trace("1"), trace("2", event("a" * 21))), "XES-09", "合计 20 字")


def test_a_tag_without_end_is_refused_before_it_fills_memory(read, monkeypatch):
    monkeypatch.setattr(strict, "_LONGEST_TAG", 1 << 20)
    note = '<string key="note" value="{}"/>'
    assert read(document(trace("1", event("a", note.format("x" * (1 << 19))))))
    endless = document(trace("1", event("a", note.format("x" * (1 << 22)))))
    refused(read, endless, "XES-09", "第 3 行", "1 MB")


def test_a_log_on_one_line(read):
    text = document(*[trace(str(n), event("a")) for n in range(20_000)])
    assert read(text.replace("\n", "")) == read(text)


def test_a_pipe_is_read_though_it_cannot_be_read_again(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[USUAL.encode()])
    writer.start()
    log = read_xes(pipe, ALL)
    writer.join()
    assert log.cases == ("甲", "乙", "丙")


def test_progress_ends_at_the_size_of_the_file(tmp_path):
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(USUAL.encode() * 1))
    told: list[tuple[int, int]] = []
    read_xes(path, ALL, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (path.stat().st_size,) * 2


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Invalid, match="FILE-01"):
        read_xes(tmp_path / "none.xes", ALL)
