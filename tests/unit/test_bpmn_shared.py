from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn import flow_of_net, read_bpmn, write_bpmn
from guiju.exchange.pnml import read_pnml, write_pnml

LOGS = Path(__file__).parents[2].parent / "shared" / "data" / "logs"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LOGS.is_dir(), reason="shared data absent"),
]
SIZES = {
    "receipt": (27, 60, 119, 47, 69),
    "domestic_declarations": (16, 24, 56, 21, 35),
    "bpic15_1f": (70, 96, 220, 86, 122),
}
NAMES = sorted(SIZES)


@pytest.mark.parametrize("name", NAMES)
def test_all_nodes_and_edges_are_read(name):
    file = read_bpmn((LOGS / f"{name}.bpmn").read_bytes())
    kinds = Counter(node.kind for node in file.flow.nodes)
    net = read_pnml((LOGS / f"{name}.pnml").read_bytes())
    tasks = kinds.pop(NodeKind.TASK)
    assert (kinds.pop(NodeKind.START), kinds.pop(NodeKind.END)) == (1, 1)
    assert kinds.keys() <= {NodeKind.EXCLUSIVE, NodeKind.PARALLEL}
    sizes = (tasks, kinds.total(), len(file.flow.edges), len(net.places), len(net.transitions))
    assert sizes == SIZES[name]
    assert {n.name for n in file.flow.nodes if n.kind is NodeKind.TASK} == set(net.activities)
    assert file.remarks == ()


@pytest.mark.parametrize("name", NAMES)
def test_rewriting_is_lossless_and_quick(name):
    source = (LOGS / f"{name}.bpmn").read_bytes()
    flow = read_bpmn(source).flow
    assert write_bpmn(flow, source=source) == source
    assert read_bpmn(write_bpmn(flow)).flow == flow
    nodes = tuple(replace(node, name=f"新{node.name}") for node in flow.nodes)
    started = time.process_time()
    written = write_bpmn(replace(flow, nodes=nodes), source=source)
    assert time.process_time() - started < 0.5
    assert read_bpmn(written).flow.nodes == nodes


@pytest.mark.parametrize("name", NAMES)
def test_the_net_its_copy_and_its_flow_allow_the_same_traces_as_the_bpmn(name):
    net = read_pnml((LOGS / f"{name}.pnml").read_bytes())
    assert read_pnml(write_pnml(net, name=name)) == net
    wanted = determinise(net)
    assert determinise(compile_flow(flow_of_net(net))) == wanted
    assert determinise(compile_flow(read_bpmn((LOGS / f"{name}.bpmn").read_bytes()).flow)) == wanted
