"""A changed flow into the file that it came from."""

from __future__ import annotations

from guiju.core.flow.model import Flow
from guiju.exchange.bpmn.change import Change
from guiju.exchange.bpmn.change_diagram import change_diagram
from guiju.exchange.bpmn.change_edges import change_edges
from guiju.exchange.bpmn.change_lanes import change_lanes
from guiju.exchange.bpmn.change_nodes import change_nodes
from guiju.exchange.bpmn.choice import choose_process, require_bpmn
from guiju.exchange.bpmn.diagram import Layout, Routes
from guiju.exchange.bpmn.fresh import process_lines, unfold
from guiju.exchange.bpmn.patch import Patch
from guiju.exchange.bpmn.process import ProcessReader
from guiju.exchange.bpmn.render import Renderer
from guiju.exchange.xml_tree import parse


def rewritten(flow: Flow, source: bytes, layout: Layout, routes: Routes) -> bytes:
    """Return ``source`` with its process ``flow.id``, and those it calls, as ``flow`` has them.

    Raises:
        Invalid: BPMN-04 when ``source`` has no such process, or what reading it raises.
    """
    document = parse(source)
    require_bpmn(document.root)
    reader = ProcessReader(document)
    if reader.flow(choose_process(reader, flow.id)) == flow:
        return source
    patch = Patch(document)
    changes = []
    for one in unfold(flow).values():
        process = reader.ids.find(one.id)
        if process in reader.processes and process is not None:
            changes.append(Change(reader, patch, process, one))
        else:
            naming = patch.naming(document.root)
            patch.insert_after(reader.processes[-1], process_lines(one, naming))
    for change in changes:
        _apply(change, layout, routes)
    if any(change.restructures() for change in changes):
        for element in reader.ids.made_up:
            patch.set(element, "id", reader.ids.of[element])
    return patch.result()


def _apply(change: Change, layout: Layout, routes: Routes) -> None:
    if change.old == change.new:
        return
    if change.old.name != change.new.name:
        pool = change.reader.participants.get(change.process)
        named = change.process if change.process.get("name") or pool is None else pool
        change.patch.set(named, "name", change.new.name or None)
    posts = change_lanes(change)
    renderer = Renderer(change.new, change.patch.naming(change.process), posts)
    change_nodes(change, renderer)
    change_edges(change, renderer)
    change_diagram(change, layout, routes)
