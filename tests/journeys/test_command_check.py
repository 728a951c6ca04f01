"""``guiju check`` from the shell's point of view: every format, the same verdict."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET

import pytest

from factories import guiju, process, sample, straight, xes

LOGS = ("xes", "xes.gz", "csv", "parquet", "json")
FLOWS = ("bpmn", "pnml", "csv", "xlsx")


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    """One office's log in every format, its flow in every format."""
    folder = tmp_path_factory.mktemp("office")
    for log_format in LOGS:
        sample(folder, log_format=log_format)
    (folder / "flow.xlsx").write_bytes((folder / "steps.xlsx").read_bytes())
    for ending in ("pnml", "csv"):
        assert guiju("flow", "convert", "flow.bpmn", f"flow.{ending}", cwd=folder).status == 0
    return folder


def verdict(folder, *arguments):
    result = guiju("check", *arguments, "--json", folder / "verdict.json", cwd=folder)
    assert result.status in (0, 1), result.err
    found = json.loads((folder / "verdict.json").read_text("utf-8"))
    (folder / "verdict.json").unlink()
    return found


def comparable(found):
    """What must not depend on the format: cases and cost of each sequence of activities."""
    return sorted((v["activities"], v["cases"], v["cost"]) for v in found["variants"])


@pytest.fixture(scope="module")
def expected(offices):
    found = verdict(offices, "log.xes", "--flow", "flow.bpmn")
    assert found["cases"] == 60
    assert 0 < found["conforming"] < 60
    assert found["total_cost"] > 0
    return found


@pytest.mark.parametrize("log_format", LOGS)
def test_every_log_format_gives_the_same_verdict(offices, expected, log_format):
    found = verdict(offices, f"log.{log_format}", "--flow", "flow.bpmn")
    assert comparable(found) == comparable(expected)
    assert {k: found[k] for k in ("cases", "events", "conforming", "total_cost")} == {
        k: expected[k] for k in ("cases", "events", "conforming", "total_cost")
    }


@pytest.mark.parametrize("flow_format", FLOWS)
def test_every_flow_format_gives_the_same_verdict(offices, expected, flow_format):
    found = verdict(offices, "log.xes", "--flow", f"flow.{flow_format}")
    assert comparable(found) == comparable(expected)


@pytest.mark.parametrize("log_format", LOGS)
def test_every_log_format_breaks_the_same_rules(offices, log_format):
    def findings(name):
        found = verdict(offices, name, "--flow", "flow.bpmn", "--rules", "rules.toml")
        return sorted((r["code"], r["case"]) for r in found["rules"])

    assert findings(f"log.{log_format}") == findings("log.xes")


@pytest.mark.parametrize(
    ("traces", "status"), [([["受理", "决定"]], 0), ([["受理", "决定"], ["决定"]], 1)]
)
def test_status_tells_conforming_from_deviating(tmp_path, traces, status):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    (tmp_path / "log.xes").write_text(xes(traces), "utf-8")
    arguments = ("check", "log.xes", "--flow", "flow.bpmn")
    assert process(*arguments, cwd=tmp_path).status == status
    assert guiju(*arguments, cwd=tmp_path).status == status


def test_status_is_one_when_only_a_rule_is_broken(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    (tmp_path / "log.csv").write_text("案件编号,步骤,办理人\nc1,受理,张三\nc1,决定,张三\n", "utf-8")
    (tmp_path / "rules.toml").write_text(
        '[[rules]]\ncode = "R1"\nkind = "分人办理"\nname = "分开"\nsteps = ["受理", "决定"]\n',
        "utf-8",
    )
    arguments = ("log.csv", "--flow", "flow.bpmn", "--rules", "rules.toml")
    assert guiju("check", *arguments, cwd=tmp_path).status == 1
    found = verdict(tmp_path, *arguments)
    assert found["total_cost"] == 0
    (rule,) = found["rules"]
    assert set(rule) == {"code", "case", "events", "message"}
    assert (rule["code"], rule["case"]) == ("R1", "c1")
    assert "张三" in rule["message"]


def test_json_has_exactly_the_promised_shape(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "审核", "决定"), "utf-8")
    traces = [["受理", "催办", "决定"], ["受理", "审核", "决定"], ["受理", "审核", "决定"]]
    (tmp_path / "log.xes").write_text(xes(traces), "utf-8")
    found = verdict(tmp_path, "log.xes", "--flow", "flow.bpmn")
    seconds = found.pop("seconds")
    assert set(seconds) == {"read", "compile", "judge", "report"}
    assert all(spent >= 0 for spent in seconds.values())
    kinds = [{"kind": "sync", "activity": name} for name in ("受理", "审核", "决定")]
    odd = found["variants"].pop()
    moves = odd.pop("moves")
    assert odd == {"activities": ["受理", "催办", "决定"], "cases": 1, "cost": 2}
    assert sorted((move["kind"], move["activity"]) for move in moves) == [
        ("extra", "催办"),
        ("skipped", "审核"),
        ("sync", "决定"),
        ("sync", "受理"),
    ]
    assert found == {
        "cases": 3,
        "events": 9,
        "activities": 4,
        "conforming": 2,
        "total_cost": 2,
        "variants": [
            {"activities": ["受理", "审核", "决定"], "cases": 2, "cost": 0, "moves": kinds}
        ],
        "rules": [],
    }


@pytest.mark.parametrize("name", ["judged.xes", "judged.xes.gz"])
def test_xes_carries_the_cost_of_each_case(offices, expected, name):
    result = guiju("check", "log.csv", "--flow", "flow.bpmn", "--xes", name, cwd=offices)
    assert result.status == 1
    content = (offices / name).read_bytes()
    tree = ET.fromstring(gzip.decompress(content) if name.endswith("gz") else content)
    space = tree.tag.partition("log")[0]
    costs = [
        int(note.get("value"))
        for trace in tree.iter(f"{space}trace")
        for note in trace
        if note.get("key", "").endswith("cost")
    ]
    assert len(costs) == 60
    assert sum(costs) == expected["total_cost"]
    assert costs.count(0) == expected["conforming"]
    again = verdict(offices, name, "--flow", "flow.bpmn")
    assert comparable(again) == comparable(expected)


def test_html_report_stands_alone(offices):
    result = guiju("check", "log.xes", "--flow", "flow.bpmn", "--html", "r.html", cwd=offices)
    assert result.status == 1
    page = (offices / "r.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "<svg" in page
    assert "催办" in page
    for outside in ("<script", "<link", " src=", "@import"):
        assert outside not in page.lower()
    assert page.count("url(") == page.count("url(#")


def test_all_outputs_at_once(offices):
    targets = ("--json", "a.json", "--html", "a.html", "--xes", "a.xes")
    result = guiju("check", "log.xes", "--flow", "flow.bpmn", *targets, cwd=offices)
    assert result.status == 1
    for name in ("a.json", "a.html", "a.xes"):
        assert (offices / name).stat().st_size > 100
        assert name in result.out


def test_order_is_the_files_unless_time_is_asked_for(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    rows = "案件编号,步骤,办理时间\nc1,决定,2025-03-02 10:00\nc1,受理,2025-03-01 10:00\n"
    (tmp_path / "log.csv").write_text(rows, "utf-8")
    by_file = guiju("check", "log.csv", "--flow", "flow.bpmn", cwd=tmp_path)
    by_time = guiju("check", "log.csv", "--flow", "flow.bpmn", "--order", "time", cwd=tmp_path)
    assert (by_file.status, by_time.status) == (1, 0)
    assert "按时间" in by_time.err


def test_columns_may_be_named(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    (tmp_path / "log.csv").write_text("甲,乙,丙\n受理,x,c1\n决定,y,c1\n", "utf-8")
    named = ("--case", "丙", "--activity", "甲", "--person", "乙")
    result = guiju("check", "log.csv", "--flow", "flow.bpmn", *named, cwd=tmp_path)
    assert result.status == 0, result.err
    half = guiju("check", "log.csv", "--flow", "flow.bpmn", "--case", "丙", cwd=tmp_path)
    assert half.status == 2
    assert "--activity" in half.err
    wrong = guiju(
        *("check", "log.csv", "--flow", "flow.bpmn", "--case", "丁", "--activity", "甲"),
        cwd=tmp_path,
    )
    assert wrong.status == 2
    assert "丁" in wrong.err


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16"), ("|", "utf-8"), (",", "gb18030")],
)
def test_tables_of_every_usual_make_are_read(tmp_path, separator, encoding):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    rows = [("案件编号", "步骤", "办理时间"), ("案一", "受理", "2025-03-01 10:00")]
    rows.append(("案一", "决定", "2025-03-02 10:00"))
    text = "\r\n".join(separator.join(row) for row in rows)
    (tmp_path / "log.csv").write_bytes(text.encode(encoding))
    result = guiju("check", "log.csv", "--flow", "flow.bpmn", cwd=tmp_path)
    assert result.status == 0, result.err


def test_a_case_without_events_costs_every_step(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    (tmp_path / "log.xes").write_text(xes([[]]), "utf-8")
    found = verdict(tmp_path, "log.xes", "--flow", "flow.bpmn")
    assert (found["cases"], found["events"], found["total_cost"]) == (1, 0, 2)
