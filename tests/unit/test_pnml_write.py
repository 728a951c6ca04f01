from __future__ import annotations

from dataclasses import replace

import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition
from guiju.exchange.pnml import read_pnml, write_pnml

NET = Net(
    places=("开始", "同名", "同名", "结束"),
    transitions=(
        Transition(1, 6, label="分 <办> ", node="t-1"),
        Transition(6, 8, node="skip"),
        Transition(6, 8, label="合", node="p0"),
    ),
    initial=1,
    final=8,
    titles={"t-1": "分 <办> ", "skip": "跳过", "p0": "合"},
)


def test_a_written_net_reads_back_equal():
    assert read_pnml(write_pnml(NET, name="名 & 称")) == NET


def test_transitions_of_one_node_get_ids_of_their_own():
    twice = replace(NET, transitions=tuple(replace(t, node="x") for t in NET.transitions))
    back = read_pnml(write_pnml(replace(twice, titles={"x": "网关"}), name="n"))
    assert [t.node for t in back.transitions] == ["x", "t0", "t1"]
    assert [(t.take, t.put, t.label) for t in back.transitions] == [
        (t.take, t.put, t.label) for t in NET.transitions
    ]


def test_a_transition_that_empties_places_is_refused_by_name():
    clearing = replace(NET, transitions=(Transition(1, 8, 6, node="skip"),))
    with pytest.raises(Invalid, match="跳过") as caught:
        write_pnml(clearing, name="n")
    assert caught.value.code == "PNML-20"


def test_a_control_character_is_refused():
    with pytest.raises(Invalid) as caught:
        write_pnml(NET, name="\x00")
    assert caught.value.code == "XML-08"
