"""BPMN 2.0 XML in: a flow, and what was noticed while reading it."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.flow.model import Flow
from guiju.core.sentence import Sentence, zh
from guiju.exchange.bpmn.choice import choose_process, require_bpmn
from guiju.exchange.bpmn.process import ProcessReader
from guiju.exchange.xml_tree import parse

_REMARKS = 20


@dataclass(frozen=True, slots=True)
class BpmnFile:
    """A flow with the very bytes that it was read from, and remarks for its author."""

    flow: Flow
    source: bytes
    remarks: tuple[Sentence, ...]


def read_bpmn(source: bytes, *, process: str | None = None) -> BpmnFile:
    """Read a flow from BPMN 2.0 XML (OMG formal/2011-01-03; engine.md, section 1).

    Sequence flows are the truth; ``incoming`` and ``outgoing`` are only compared with them.
    A lane's name is the post of its nodes; a node in a subprocess inherits the post of the
    subprocess; ``guiju:post`` goes before both. Space around conditions and timers is dropped.

    Args:
        source: the whole file.
        process: id of the process to read where the file holds several.

    Raises:
        Invalid: XML-01 to XML-07 what is no safe XML; BPMN-01 no BPMN, BPMN-02 no process,
            BPMN-03 several processes, BPMN-04 no such process, BPMN-05 an id borne twice,
            BPMN-06 a sequence flow that hangs loose, BPMN-07 one that crosses the border of
            a subprocess, BPMN-08 a ``guiju:`` attribute, BPMN-09 a number of repetitions,
            BPMN-10 elements that can be drawn but not run, BPMN-11 an unknown element,
            BPMN-12 a boundary event without host, BPMN-13 calls in a circle, BPMN-14 too big.
    """
    document = parse(source)
    require_bpmn(document.root)
    reader = ProcessReader(document)
    flow = reader.flow(choose_process(reader, process))
    return BpmnFile(flow, source, _first_few(reader.remarks))


def _first_few(remarks: list[Sentence]) -> tuple[Sentence, ...]:
    more = len(remarks) - _REMARKS
    if more <= 0:
        return tuple(remarks)
    return (*remarks[:_REMARKS], zh("另有 {count} 处类似情况，未逐一列出。", count=more))
