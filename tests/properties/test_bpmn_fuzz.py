"""Whatever the bytes, the readers answer with a flow, a net or a refusal."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow
from guiju.core.flow.net import Net
from guiju.exchange.bpmn import flow_of_net, read_bpmn, write_bpmn
from guiju.exchange.pnml import read_pnml, write_pnml

DATA = Path(__file__).parents[1] / "data"
SOURCES = [path.read_bytes() for path in sorted(DATA.glob("*.*nm*l")) + sorted(DATA.glob("*.bpmn"))]
SCRAPS = [
    b"", b"<", b">", b'"', b"&", b"\0", b"\xff", b"]]>", b"<!--", b"<x/>", b"</task>", b' id="a"',
    b"<![CDATA[", b"&#0;", b"&lt;", b"\r\n", b"  ", b":", b"{}", b"true", b"process", b"place",
    b"subProcess", b"sourceRef", b"<?xml encoding='utf-16'?>", b"99999999999", b"-1",
]  # fmt: skip


def mutated(source: bytes, seed: int, cuts: int) -> bytes:
    """Return ``source`` with pieces cut out, doubled, moved or replaced by scraps."""
    chance = random.Random(seed)  # noqa: S311 - a test draws, not a cipher
    for _ in range(cuts):
        a, b = sorted(chance.randrange(len(source) + 1) for _ in range(2))
        b = min(b, a + chance.choice([1, 1, 4, 40, 400]))
        at = chance.randrange(len(source) + 1)
        piece = chance.choice([source[a:b], chance.choice(SCRAPS), chance.choice(SCRAPS)])
        source = chance.choice(
            [
                source[:a] + piece + source[b:],
                source[:a] + source[b:],
                source[:at] + piece + source[at:],
            ]
        )
    return source


@given(st.sampled_from(SOURCES), st.integers(0, 2**32), st.integers(1, 6))
@settings(deadline=None, max_examples=400)
def test_mutated_files_are_read_or_refused(source, seed, cuts):
    damaged = mutated(source, seed, cuts)
    with contextlib.suppress(Invalid):
        flow = read_bpmn(damaged).flow
        assert isinstance(flow, Flow)
        assert write_bpmn(flow, source=damaged) == damaged
    with contextlib.suppress(Invalid):
        net = read_pnml(damaged)
        assert isinstance(net, Net)
        assert read_pnml(write_pnml(net, name="x")) == net
        assert isinstance(flow_of_net(net), Flow)


@given(st.binary(max_size=60), st.sampled_from([b"", b"<", b"<?xml version='1.0'?>", b"<pnml>"]))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_refused(tail, head):
    for read in (read_bpmn, read_pnml):
        with contextlib.suppress(Invalid):
            read(head + tail)
