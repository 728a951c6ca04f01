"""``guiju flow``: prove, draw, people, convert."""

from __future__ import annotations

import pytest

from factories import bpmn, guiju, sample, straight
from guiju.core.flow.automaton import determinise
from guiju.exchange.flow_files import read_flow


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    sample(folder, cases=1)
    return folder


def test_a_sound_flow_is_proven(office):
    result = guiju("flow", "prove", "flow.bpmn", cwd=office)
    assert (result.status, result.err) == (0, "")
    assert "走得通：12 个步骤" in result.out


def test_an_unsound_flow_is_told_fault_by_fault(tmp_path):
    nodes = (
        '<startEvent id="s"/><exclusiveGateway id="x"/><task id="a" name="甲"/>'
        '<task id="b" name="乙"/><parallelGateway id="j"/><endEvent id="e"/>'
    )
    ways = [("s", "x"), ("x", "a"), ("x", "b"), ("a", "j"), ("b", "j"), ("j", "e")]
    (tmp_path / "stuck.bpmn").write_text(bpmn(nodes, ways), "utf-8")
    result = guiju("flow", "prove", "stuck.bpmn", cwd=tmp_path)
    assert result.status == 1
    assert result.out.startswith("走不通")
    assert "甲" in result.out


@pytest.mark.parametrize("name", ["flow.bpmn", "steps.xlsx"])
def test_a_flow_is_drawn_without_anything_active(office, tmp_path, name):
    target = tmp_path / "picture.svg"
    result = guiju("flow", "draw", name, "-o", target, cwd=office)
    assert result.status == 0
    picture = target.read_text("utf-8")
    assert picture.lstrip().startswith("<svg")
    assert "材料审核" in picture
    assert "<script" not in picture


def test_a_picture_lands_beside_its_caller_by_default(office, tmp_path):
    assert guiju("flow", "draw", office / "flow.bpmn", cwd=tmp_path).status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["flow.svg"]


def test_people_are_counted(office):
    by_post = guiju("flow", "people", "flow.bpmn", cwd=office)
    assert by_post.status == 0, by_post.err
    staffed = guiju(
        *("flow", "people", "flow.bpmn", "--staff", "staff.csv", "--rules", "rules.toml"),
        cwd=office,
    )
    assert staffed.status == 0, staffed.err
    assert "至少需要 5 人" in staffed.out


def test_one_person_alone_is_status_one(tmp_path):
    (tmp_path / "flow.csv").write_text("编号,步骤,岗位\n1,受理,窗口岗\n2,决定,窗口岗\n", "utf-8")
    result = guiju("flow", "people", "flow.csv", cwd=tmp_path)
    assert result.status == 1, result.err


def test_a_rule_on_steps_that_the_flow_lacks_is_remarked(tmp_path):
    (tmp_path / "flow.csv").write_text("编号,步骤,岗位\n1,受理,窗口岗\n2,决定,窗口岗\n", "utf-8")
    (tmp_path / "rules.toml").write_text(
        '[[rules]]\ncode = "R9"\nkind = "分人办理"\nname = "分"\nsteps = ["受理", "决啶"]\n',
        "utf-8",
    )
    result = guiju("flow", "people", "flow.csv", "--rules", "rules.toml", cwd=tmp_path)
    assert result.status == 1
    assert "R9" in result.err
    assert "「决啶」" in result.err


@pytest.mark.parametrize("source", ["flow.bpmn", "steps.xlsx"])
@pytest.mark.parametrize("ending", ["bpmn", "xml", "pnml", "csv", "tsv", "xlsx"])
def test_a_converted_flow_allows_the_same_ways(office, tmp_path, source, ending):
    target = tmp_path / f"again.{ending}"
    result = guiju("flow", "convert", source, target, cwd=office)
    assert result.status == 0, result.err
    assert determinise(read_flow(target).net) == determinise(read_flow(office / source).net)


def test_a_flow_that_would_change_is_not_written(tmp_path, monkeypatch):
    (tmp_path / "flow.bpmn").write_text(straight("受理", "决定"), "utf-8")
    (tmp_path / "old.pnml").write_bytes(b"old")
    (tmp_path / "other.bpmn").write_text(straight("受理"), "utf-8")
    other = read_flow(tmp_path / "other.bpmn")
    monkeypatch.setattr("guiju.exchange.flow_files.write_pnml", lambda *_, **__: _pnml_of(other))
    result = guiju("flow", "convert", "flow.bpmn", "old.pnml", cwd=tmp_path)
    assert result.status == 2
    assert "FLOWFILE-04" in result.err
    assert (tmp_path / "old.pnml").read_bytes() == b"old"


def _pnml_of(file):
    from guiju.exchange.pnml import write_pnml  # noqa: PLC0415 - the true one, not the replaced

    return write_pnml(file.net, name="other")
