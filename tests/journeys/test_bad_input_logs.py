"""Logs that cannot be judged: one sentence, status 2, nothing written."""

from __future__ import annotations

import gzip
import json

import pytest

from factories import guiju, refused, sample, straight, xes

GOOD = xes([["甲", "乙"], ["甲"]])
PACKED = gzip.compress(GOOD.encode(), mtime=0)
BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n"
)
EXTERNAL = '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY i SYSTEM "file:///etc/passwd">]>\n'
BODY = GOOD.partition("\n")[2]
TABLE = "案件编号,步骤,办理时间\nc1,甲,2025-03-01 10:00\nc1,乙,2025-03-02 10:00\n"

BAD = {
    "empty": ("log.xes", b"", "空"),
    "empty CSV": ("log.csv", b"", "空"),
    "only white space": ("log.csv", b" \n\n", ""),
    "only a header": ("log.csv", "案件编号,步骤\n".encode(), ""),
    "no case in XES": ("log.xes", b"<log/>", "案件"),
    "empty gzip": ("log.xes.gz", gzip.compress(b""), ""),
    "gzip cut short": ("log.xes.gz", PACKED[: len(PACKED) // 2], ""),
    "gzip without its end": ("log.xes.gz", PACKED[:-4], ""),
    "gzip corrupt": ("log.xes.gz", PACKED[:60] + b"\xff\x00\xff" + PACKED[63:], ""),
    "gzip with false sum": ("log.xes.gz", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], ""),
    "gzip with rubbish behind": ("log.xes.gz", PACKED + b"rubbish" * 9, ""),
    "gzip of rubbish": ("log.xes.gz", gzip.compress(bytes(range(256)) * 9), ""),
    "CSV.gz cut short": ("log.csv.gz", gzip.compress(TABLE.encode())[:40], ""),
    "entity bomb": ("log.xes", (BOMB + BODY.replace("甲", "&i;")).encode(), "实体"),
    "external entity": ("log.xes", (EXTERNAL + BODY.replace("甲", "&i;")).encode(), "实体"),
    "bomb in gzip": ("log.xes.gz", gzip.compress((BOMB + BODY).encode()), "实体"),
    "XES cut short": ("log.xes", GOOD.encode()[:-30], ""),
    "XES with a tag unclosed": ("log.xes", GOOD.replace("</event>", "", 1).encode(), "行"),
    "invalid UTF-8": ("log.xes", GOOD.encode().replace("乙".encode(), b"\xff\xfe", 1), "行"),
    "declared UTF-8 but GB18030": ("log.xes", GOOD.encode("gb18030"), "编码"),
    "declared ASCII": ("log.xes", GOOD.replace("UTF-8", "US-ASCII").encode(), ""),
    "declared nonsense": ("log.xes", GOOD.replace("UTF-8", "klingon").encode(), "编码"),
    "event without name": ("log.xes", GOOD.replace("concept:name", "x", 2).encode(), ""),
    "event without any attribute": (
        "log.xes",
        b'<log><trace><string key="concept:name" value="c1"/><event/></trace></log>',
        "c1",
    ),
    "BPMN as log": ("log.xes", straight("甲").encode(), "BPMN"),
    "HTML as log": ("log.xes", b"<html><body>404</body></html>", "html"),
    "workbook": ("log.csv", b"PK\x03\x04" + bytes(range(256)), "CSV UTF-8"),
    "old workbook": ("log.xls", b"\xd0\xcf\x11\xe0" + bytes(range(256)), "CSV UTF-8"),
    "binary XES": ("log.xes", bytes(range(256)) * 20, ""),
    "binary CSV": ("log.csv", bytes(range(256)) * 20, ""),
    "binary Parquet": ("log.parquet", bytes(range(256)) * 20, ""),
    "Parquet in head only": ("log.parquet", b"PAR1" + bytes(range(256)) * 20, ""),
    "binary JSON": ("log.json", b"{" + bytes(range(256)) * 20, ""),
    "JSON cut short": ("log.json", b'{"objects": [', ""),
    "JSON of another sort": ("log.json", b'{"a": 1}', ""),
    "JSON nested deeply": ("log.json", b"[" * 200_000, ""),
    "JSON with huge number": ("log.json", b'{"events": ' + b"9" * 50_000 + b"}", ""),
    "OCEL without objects": (
        "log.json",
        json.dumps({"objectTypes": [], "eventTypes": [], "objects": [], "events": []}).encode(),
        "",
    ),
    "table without case": ("log.csv", "甲,乙\n1,2\n".encode(), "--case"),
    "row without activity": ("log.csv", "案件编号,步骤\nc1,甲\nc1,\n".encode(), "3"),
    "row without case": ("log.csv", "案件编号,步骤\nc1,甲\n,乙\n".encode(), "3"),
    "row too long": ("log.csv", (TABLE + "c2,甲,2025-03-01,多\n").encode(), "4"),
    "quote unclosed": ("log.csv", (TABLE + 'c2,"甲,2025-03-01\n').encode(), ""),
    "NUL in table": ("log.csv", TABLE.replace("乙", "\0").encode(), ""),
    "times odd": ("log.csv", TABLE.replace("2025-03-02 10:00", "前天").encode(), "前天"),
}


def office(folder):
    (folder / "flow.bpmn").write_text(straight("甲", "乙"), "utf-8")
    (folder / "rules.toml").write_text(
        '[[rules]]\ncode = "R1"\nkind = "时限"\nname = "快"\nfrom = "甲"\nto = "乙"\n'
        'within = 2\nunit = "天"\n',
        "utf-8",
    )


@pytest.mark.parametrize("case", BAD)
def test_a_bad_log_is_refused(tmp_path, case):
    name, content, said = BAD[case]
    office(tmp_path)
    (tmp_path / name).write_bytes(content)
    arguments = ("check", name, "--flow", "flow.bpmn", "--rules", "rules.toml")
    assert said in refused(*arguments, cwd=tmp_path)


@pytest.mark.parametrize("case", BAD)
def test_a_bad_log_is_neither_shown_nor_converted(tmp_path, case):
    name, content, _ = BAD[case]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "old.csv").write_bytes(b"old")
    refused("log", "show", name, cwd=tmp_path)
    refused("log", "convert", name, "old.csv", cwd=tmp_path)
    refused("log", "convert", name, "new.parquet", cwd=tmp_path)


@pytest.mark.parametrize("log_format", ["csv", "xes", "json", "parquet", "xes.gz"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_log_cut_short_is_refused(tmp_path, log_format, share):
    log = sample(tmp_path, cases=8, log_format=log_format)
    content = log.read_bytes()
    log.write_bytes(content[: int(len(content) * share)])
    result = guiju("check", log, "--flow", "flow.bpmn", cwd=tmp_path)
    assert "Traceback" not in result.err
    if log_format != "csv":  # a table has no end that could be missed
        refused("check", log, "--flow", "flow.bpmn", cwd=tmp_path)


def test_missing_times_are_refused_only_where_they_are_needed(tmp_path):
    office(tmp_path)
    (tmp_path / "log.xes").write_text(GOOD, "utf-8")
    assert guiju("check", "log.xes", "--flow", "flow.bpmn", cwd=tmp_path).status == 1
    sorting = ("check", "log.xes", "--flow", "flow.bpmn", "--order", "time")
    assert "c1" in refused(*sorting, cwd=tmp_path)


def test_odd_times_are_refused_when_they_decide_the_order(tmp_path):
    office(tmp_path)
    (tmp_path / "log.csv").write_bytes(BAD["times odd"][1])
    assert guiju("check", "log.csv", "--flow", "flow.bpmn", cwd=tmp_path).status == 0
    sorting = ("check", "log.csv", "--flow", "flow.bpmn", "--order", "time")
    assert "前天" in refused(*sorting, cwd=tmp_path)


def test_a_limit_on_a_log_without_times_is_not_passed_in_silence(tmp_path):
    office(tmp_path)
    (tmp_path / "log.xes").write_text(xes([["甲", "乙"]]), "utf-8")
    ruled = ("check", "log.xes", "--flow", "flow.bpmn", "--rules", "rules.toml")
    result = guiju(*ruled, cwd=tmp_path)
    assert "时间" in result.out + result.err


def test_an_ocel_log_of_several_types_wants_one_chosen(tmp_path):
    events = [
        {
            "id": f"e{i}",
            "type": name,
            "time": f"2025-03-0{i}T10:00:00Z",
            "relationships": [
                {"objectId": "a", "qualifier": ""},
                {"objectId": "b", "qualifier": ""},
            ],
        }
        for i, name in enumerate(("甲", "乙"), start=1)
    ]
    log = {
        "objectTypes": [{"name": "物件", "attributes": []}, {"name": "单据", "attributes": []}],
        "eventTypes": [{"name": "甲", "attributes": []}, {"name": "乙", "attributes": []}],
        "objects": [{"id": "a", "type": "物件"}, {"id": "b", "type": "单据"}],
        "events": events,
    }
    office(tmp_path)
    (tmp_path / "log.json").write_text(json.dumps(log), "utf-8")
    sentence = refused("check", "log.json", "--flow", "flow.bpmn", cwd=tmp_path)
    assert "--object-type" in sentence
    assert "物件" in sentence
    chosen = ("check", "log.json", "--flow", "flow.bpmn", "--object-type", "物件")
    assert guiju(*chosen, cwd=tmp_path).status == 0
