"""A drawn flow (BPMN) in place of the one that is there: what was understood, what was not."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from guiju.core.errors import Invalid
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.sentence import Sentence, quoted, zh
from guiju.core.terms import NodeKind
from guiju.define.flows.reads import Around
from guiju.exchange.bpmn import places_of, read_bpmn
from guiju.exchange.lists.step_graph import numbered

MOST_BYTES = 512 * 1024
MOST_NODES = 500
"""Elements of a flow that is drawn and proved while somebody waits."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a file says.

    Attributes:
        flow: the flow as it would be saved; notes of steps that are gone are left out.
        remarks: what the reader did not understand or had to guess.
        counts: how many elements of which kind were understood.
        dropped: keys of the steps whose notes go.
    """

    flow: PowerFlow
    remarks: tuple[Sentence, ...]
    counts: tuple[tuple[Sentence, int], ...]
    dropped: tuple[str, ...]

    def told(self) -> Iterator[Sentence]:
        """Say what goes."""
        if self.dropped:
            yield zh(
                "第 {steps} 步没有了，它们的步骤说明会一并去掉。",
                steps=quoted(self.dropped, most=10),
            )


def drawn(found: Around, content: bytes, process: str = "") -> Drawn:
    """Return what a BPMN file says of the flow that was found.

    Args:
        found: the flow as it is saved; steps keep their numbers by the ids of their elements.
        content: the whole file, which may be hostile.
        process: the id of the process, where the file has several.

    Raises:
        Invalid: FLOWS-04 for nothing or too much, FLOWS-05 for no step; what ``read_bpmn``
            raises.
    """
    if not content or len(content) > MOST_BYTES:
        raise Invalid(
            "FLOWS-04",
            zh(
                "文件是空的，或超过 {most} KB。请核对是否选错了文件。",
                most=MOST_BYTES // 1024,
            ),
        )
    read = read_bpmn(content, process=process.strip() or None)
    nodes = list(read.flow.nodes)
    if len(nodes) > MOST_NODES:
        raise Invalid(
            "FLOWS-04",
            zh(
                "流程有 {count} 个元素，最多 {most} 个。请拆成几套流程。",
                count=len(nodes),
                most=MOST_NODES,
            ),
        )
    graph = replace(numbered(read.flow, found.flow.graph), layout=places_of(content, read.flow))
    flow = replace(found.flow, graph=graph)
    if not flow.steps:
        raise Invalid("FLOWS-05", zh("文件里的流程一个步骤也没有。请画上步骤再上传。"))
    keys = {step_key(node) for node in flow.steps}
    kept = tuple(note for note in found.flow.notes if note.step in keys)
    counted = Counter(node.kind for node in nodes)
    return Drawn(
        replace(flow, notes=kept),
        read.remarks,
        tuple((kind.label, counted[kind]) for kind in NodeKind if counted[kind]),
        tuple(note.step for note in found.flow.notes if note.step not in keys),
    )


def packed(content: bytes) -> str:
    """Return a file as a text that a form carries to its second step."""
    return base64.b64encode(zlib.compress(content)).decode("ascii")


def unpacked(text: str) -> bytes:
    """Return the file that ``packed`` made a text of; nothing for what it did not make."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(text), MOST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        return b""
