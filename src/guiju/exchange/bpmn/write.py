"""BPMN 2.0 XML out: a new file, or the file that a flow came from with only its changes."""

from __future__ import annotations

from guiju.core.flow.model import Flow
from guiju.exchange.bpmn.diagram import Layout, Routes
from guiju.exchange.bpmn.fresh import check_ids, fresh_file
from guiju.exchange.bpmn.rewrite import rewritten


def write_bpmn(
    flow: Flow,
    *,
    source: bytes | None = None,
    layout: Layout | None = None,
    routes: Routes | None = None,
) -> bytes:
    """Return ``flow`` as BPMN 2.0 XML; reading it gives an equal flow.

    With ``source``, the file that the flow was read from, only what differs is changed:
    prefixes, comments, unknown extensions, coordinates and spacing stay, and an unchanged
    flow gives the very same bytes. Nodes and edges keep the order of the source.

    Args:
        flow: the flow; fields that its nodes' kinds do not have are not written.
        source: the original file, whose process ``flow.id`` is rewritten.
        layout: for each node left, top, width, height; with ``source`` only used for
            nodes that the source does not draw.
        routes: for each edge the points of its line.

    Raises:
        Invalid: BPMN-20 to BPMN-22 a flow that cannot be written, BPMN-04 a flow that is not
            in ``source``, XML-08 a control character, or what ``read_bpmn(source)`` raises.
    """
    check_ids(flow)
    if source is None:
        return fresh_file(flow, layout or {}, routes or {})
    return rewritten(flow, source, layout or {}, routes or {})
