"""Flows that cannot be used: one sentence, status 2, nothing written."""

from __future__ import annotations

import gzip

import pytest

from factories import bpmn, refused, straight, xes
from guiju.exchange.flow_files import read_flow

TASK = '<task id="a" name="甲"/>'
START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
WAYS = [("s", "a"), ("a", "e")]
BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>\n"
)
EXTERNAL = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>\n'
PNML = (
    '<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml"><net id="n" '
    'type="http://www.pnml.org/version-2009/grammar/ptnet"><page id="p">{}</page></net></pnml>'
)
PLACES = '<place id="i"><initialMarking><text>1</text></initialMarking></place><place id="o"/>'


def entity_in(head, flow):
    return head + flow.replace("甲", "&i;")


BAD = {
    "empty": ("flow.bpmn", b"", "空"),
    "binary as BPMN": ("flow.bpmn", bytes(range(256)) * 8, "编码"),
    "binary as PNML": ("flow.pnml", b"\x00\xff" * 100, ""),
    "binary as XLSX": ("flow.xlsx", b"PK\x03\x04" + bytes(range(256)), ""),
    "binary as CSV": ("flow.csv", bytes(range(256)) * 8, ""),
    "empty CSV": ("flow.csv", b"", "空"),
    "only a header": ("flow.csv", "编号,步骤,岗位\n".encode(), ""),
    "gzip": ("flow.bpmn", gzip.compress(straight("甲").encode()), ""),
    "XES as flow": ("flow.bpmn", xes([["甲"]]).encode(), "XES"),
    "HTML as flow": ("flow.bpmn", b"<html><body>404</body></html>", "网页"),
    "cut short": ("flow.bpmn", straight("甲").encode()[:-40], "不完整"),
    "entity bomb in BPMN": ("flow.bpmn", entity_in(BOMB, straight("甲")).encode(), "DTD"),
    "external entity in BPMN": ("flow.bpmn", entity_in(EXTERNAL, straight("甲")).encode(), "DTD"),
    "entity bomb in PNML": ("flow.pnml", (BOMB + PNML.format("&i;")).encode(), "DTD"),
    "external entity in PNML": ("flow.pnml", (EXTERNAL + PNML.format("&i;")).encode(), "DTD"),
    "invalid UTF-8": ("flow.bpmn", straight("甲").encode().replace("甲".encode(), b"\xff"), "行"),
    "wrong encoding": (
        "flow.bpmn",
        b'<?xml version="1.0" encoding="UTF-8"?>' + straight("甲乙丙").encode("gb18030"),
        "编码",
    ),
    "unknown encoding": (
        "flow.bpmn",
        b'<?xml version="1.0" encoding="klingon"?>' + straight("甲").encode(),
        "klingon",
    ),
    "no name": ("flow.bpmn", bpmn(START + '<task id="a"/>' + END, WAYS).encode(), "「a」"),
    "duplicate ids": (
        "flow.bpmn",
        bpmn(START + TASK + '<task id="a" name="乙"/>' + END, WAYS).encode(),
        "a",
    ),
    "dangling flow": ("flow.bpmn", bpmn(START + TASK + END, [*WAYS, ("a", "zz")]).encode(), "zz"),
    "no start": ("flow.bpmn", bpmn(TASK + END, [("a", "e")]).encode(), "开始"),
    "no end": ("flow.bpmn", bpmn(START + TASK, [("s", "a"), ("a", "a")]).encode(), "结束"),
    "two starts": (
        "flow.bpmn",
        bpmn(START + '<startEvent id="s2"/>' + TASK + END, [*WAYS, ("s2", "a")]).encode(),
        "开始",
    ),
    "several processes": (
        "flow.bpmn",
        straight("甲")
        .replace(
            "</process>",
            '</process><process id="q" name="乙事">'
            '<startEvent id="qs"/><task id="qa" name="乙"/><endEvent id="qe"/>'
            '<sequenceFlow id="q1" sourceRef="qs" targetRef="qa"/>'
            '<sequenceFlow id="q2" sourceRef="qa" targetRef="qe"/></process>',
        )
        .encode(),
        "--process",
    ),
    "no process": (
        "flow.bpmn",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        "流程",
    ),
    "no net": ("flow.pnml", b'<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml"/>', ""),
    "net without transitions": ("flow.pnml", PNML.format(PLACES).encode(), ""),
    "stuck": (
        "flow.bpmn",
        bpmn(
            START + '<exclusiveGateway id="x"/>' + TASK + '<task id="b" name="乙"/>'
            '<parallelGateway id="j"/>' + END,
            [("s", "x"), ("x", "a"), ("x", "b"), ("a", "j"), ("b", "j"), ("j", "e")],
        ).encode(),
        "FLOW-12",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_flow_is_refused(tmp_path, case):
    name, content, said = BAD[case]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "log.xes").write_text(xes([["甲"]]), "utf-8")
    assert said in refused("check", "log.xes", "--flow", name, cwd=tmp_path)


@pytest.mark.parametrize("case", sorted(set(BAD) - {"stuck", "no name"}))
def test_a_bad_flow_is_neither_drawn_nor_converted(tmp_path, case):
    name, content, _ = BAD[case]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "old.pnml").write_bytes(b"old")
    refused("flow", "draw", name, "-o", "picture.svg", cwd=tmp_path)
    refused("flow", "convert", name, "old.pnml", cwd=tmp_path)
    refused("flow", "prove", name, cwd=tmp_path)
    refused("flow", "people", name, cwd=tmp_path)


def test_one_of_several_processes_may_be_chosen(tmp_path):
    (tmp_path / "flow.bpmn").write_bytes(BAD["several processes"][1])
    assert read_flow(tmp_path / "flow.bpmn", process="q").net.activities == ("乙",)
    assert "没有" in refused("flow", "prove", "flow.bpmn", "--process", "nowhere", cwd=tmp_path)


def test_a_flow_without_ids_works(tmp_path):
    from factories import guiju  # noqa: PLC0415 - the one test here that succeeds

    text = straight("甲", "乙")
    for number in (1, 2, 3):
        text = text.replace(f' id="f{number}"', "")
    (tmp_path / "flow.bpmn").write_text(text.replace(' id="p"', ""), "utf-8")
    (tmp_path / "log.xes").write_text(xes([["甲", "乙"]]), "utf-8")
    assert guiju("check", "log.xes", "--flow", "flow.bpmn", cwd=tmp_path).status == 0


@pytest.mark.parametrize("branches", [12, 40])
def test_many_parallel_steps_end_in_an_answer_or_a_refusal(tmp_path, branches):
    import time  # noqa: PLC0415 - only here

    from factories import guiju  # noqa: PLC0415 - may succeed

    tasks = "".join(f'<task id="t{i}" name="步{i}"/>' for i in range(branches))
    ways = [("s", "x"), *(("x", f"t{i}") for i in range(branches))]
    ways += [*((f"t{i}", "j") for i in range(branches)), ("j", "e")]
    gates = '<parallelGateway id="x"/><parallelGateway id="j"/>'
    (tmp_path / "flow.bpmn").write_text(bpmn(START + gates + tasks + END, ways), "utf-8")
    (tmp_path / "log.xes").write_text(xes([[f"步{i}" for i in range(branches)]]), "utf-8")
    began = time.process_time()
    assert guiju("flow", "prove", "flow.bpmn", cwd=tmp_path).status == 0
    assert time.process_time() - began < 5
    result = guiju("check", "log.xes", "--flow", "flow.bpmn", cwd=tmp_path)
    assert result.status in (0, 2)
    assert (result.status == 0) == (branches == 12)
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules = [", "行"),
        ('[[rules]]\ncode = "R1"\nkind = "胡来"\nname = "x"\n', "胡来"),
        ('[[rules]]\nkind = "分人办理"\nname = "x"\nsteps = ["甲", "乙"]\n', "code"),
        ('[[rules]]\ncode = "R1"\nkind = "分人办理"\nname = "x"\nsteps = ["甲"]\n', "R1"),
    ],
    ids=["no TOML", "unknown kind", "no code", "one step"],
)
def test_bad_rules_are_refused(tmp_path, text, said):
    (tmp_path / "flow.bpmn").write_text(straight("甲", "乙"), "utf-8")
    (tmp_path / "log.xes").write_text(xes([["甲", "乙"]]), "utf-8")
    (tmp_path / "rules.toml").write_text(text, "utf-8")
    arguments = ("check", "log.xes", "--flow", "flow.bpmn", "--rules", "rules.toml")
    assert said in refused(*arguments, cwd=tmp_path)
