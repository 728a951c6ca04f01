from __future__ import annotations

import time

import pytest

from guiju.core.errors import Invalid
from guiju.exchange import xml_tree
from guiju.exchange.bpmn import read_bpmn
from guiju.exchange.pnml import read_pnml
from guiju.exchange.xml_tree import MAX_BYTES, brief, escaped

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BOMB = (
    b'<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 108))
    + b"]>\n<l>&k;</l>"
)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


@pytest.mark.parametrize("read", [read_bpmn, read_pnml])
@pytest.mark.parametrize(
    ("code", "source", "shown"),
    [
        ("XML-01", b"", "空"),
        ("XML-01", b" \n\t ", "空"),
        ("XML-02", b"<a>" + b" " * MAX_BYTES, "32 MB"),
        ("XML-03", '<a name="规矩"/>'.encode("gbk"), "第 1 行"),
        ("XML-03", b'<a>\n<b c="\xff"/></a>', "第 2 行"),
        ("XML-03", b'<?xml version="1.0" encoding="ebcdic-x"?><a/>', "ebcdic-x"),
        ("XML-03", b'<?xml version="1.0" encoding="rot13"?><a/>', "rot13"),
        ("XML-03", b"\xff\xfe<\0a\0/\0>", "UTF-16"),
        ("XML-04", b"<a>\n<b>", "第 2 行就断了"),
        ("XML-04", b'<a>\n<b c="', "第 2 行就断了"),
        ("XML-04", b"PK\x03\x04rubbish", "不是 XML"),
        ("XML-04", "活动,时间".encode(), "不是 XML"),
        ("XML-04", b"<a>\n</b>", "第 2 行"),
        ("XML-04", b'<a x="1" x="2"/>', "第 1 行"),
        ("XML-04", b"<a>&nbsp;</a>", "第 1 行"),
        ("XML-04", b"<x:a/>", "第 1 行"),
        ("XML-04", b"<a>\n\n\x01</a>", "第 3 行"),
        ("XML-04", b"<a/><b/>", "第 1 行"),
        ("XML-05", BOMB, "DTD"),
        ("XML-05", EXTERNAL, "第 1 行"),
        ("XML-05", b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "DTD"),
        ("XML-06", b"<a>" * 5000 + b"</a>" * 5000, "200 层"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("XML") else "",
)
def test_hostile_and_broken_files_are_refused_in_plain_words(read, code, source, shown):
    with pytest.raises(Invalid) as caught:
        read(source)
    assert caught.value.code == code
    assert shown in str(caught.value.sentence)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (b'<log xmlns="http://www.xes-standard.org/"/>', "XES 事件日志"),
        (b"<pnml/>", "Petri 网"),
        (b"<html/>", "网页"),
        (b'<definitions xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/"/>', "不是 BPMN 2.0"),
        (b"<definitions/>", "不是 BPMN 2.0"),
        (b"<svg/>", "「svg」"),
    ],
)
def test_xml_of_another_kind_is_called_by_its_name(source, kind):
    with pytest.raises(Invalid) as caught:
        read_bpmn(source)
    assert caught.value.code == "BPMN-01"
    assert kind in str(caught.value.sentence)


def test_bpmn_given_as_a_net_is_called_by_its_name():
    with pytest.raises(Invalid, match="BPMN 流程文件") as caught:
        read_pnml(f'<definitions xmlns="{MODEL}"/>'.encode())
    assert caught.value.code == "PNML-01"


def test_messages_stay_short_whatever_the_ids():
    long = "长" * 1_000_000
    process = f'<process id="p"><task id="{long}"/><task id="{long}"/></process>'
    source = f'<definitions xmlns="{MODEL}">{process}</definitions>'
    with pytest.raises(Invalid) as caught:
        read_bpmn(source.encode())
    assert caught.value.code == "BPMN-05"
    assert len(str(caught.value)) < 300


def test_too_many_elements_and_attributes_are_refused(monkeypatch):
    monkeypatch.setattr(xml_tree, "MAX_ITEMS", 1000)
    xml_tree.parse(b"<r>" + b'<a b=""/>' * 499 + b"</r>")
    with pytest.raises(Invalid, match="太多") as caught:
        xml_tree.parse(b"<r>\n" + b'<a b=""/>' * 500 + b"</r>")
    assert caught.value.code == "XML-07"
    assert "第 2 行" in str(caught.value.sentence)


def test_a_hundred_megabytes_on_one_line_are_refused_at_once():
    source = b"<a>" + bytes(100 * 1024**2)
    started = time.process_time()
    with pytest.raises(Invalid) as caught:
        read_bpmn(source)
    assert caught.value.code == "XML-02"
    assert time.process_time() - started < 0.05


@pytest.mark.parametrize(
    ("text", "shown"),
    [("甲", "甲"), ("a\nb\0c", "a b c"), ("x" * 41, "x" * 40 + "…"), (" " * 500, "…")],
)
def test_values_in_messages_are_put_on_one_short_line(text, shown):
    assert brief(text) == shown


def test_control_characters_cannot_be_written():
    assert escaped('<"&\n\r>', quoted=True) == "&lt;&quot;&amp;&#10;&#13;&gt;"
    with pytest.raises(Invalid, match=r"U\+0001") as caught:
        escaped("甲\x01")
    assert caught.value.code == "XML-08"
