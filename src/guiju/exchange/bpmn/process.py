"""From a process to a flow, with the flows that it calls."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow, Node
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn.connections import contradictions, edges_of
from guiju.exchange.bpmn.extension import attribute
from guiju.exchange.bpmn.identity import Identities, flow_elements, scopes
from guiju.exchange.bpmn.lanes import lane_of_nodes
from guiju.exchange.bpmn.naming import describe
from guiju.exchange.bpmn.nodes import Context, node_of
from guiju.exchange.bpmn.unrun import refuse_unrun
from guiju.exchange.xml_tree import Document, Element, brief

MAX_NODES = 50_000
MAX_DEPTH = 60


class ProcessReader:
    """Reads processes of one file; ``remarks`` collects what their author should know."""

    def __init__(self, document: Document) -> None:
        root = document.root
        self.document = document
        self.ids = Identities(root)
        self.processes = list(root.all("process"))
        self.remarks: list[Sentence] = []
        self.participants = {
            self.ids.find(p.get("processRef")): p
            for group in root.all("collaboration")
            for p in group.all("participant")
        }
        definitions = {e.get("id"): e for e in root.children if e.name.endswith("EventDefinition")}
        self.context = Context(self.ids, definitions)
        self._flows: dict[Element, Flow] = {}
        self._sizes: dict[str, tuple[int, int]] = {}

    def title(self, process: Element) -> str:
        """Return a process's name, or that of the pool that shows it."""
        pool = self.participants.get(process)
        return process.get("name") or (pool.get("name") if pool else "")

    def called(self) -> set[Element | None]:
        """Return the processes that call activities of other processes run."""
        return {
            self.ids.find(element.get("calledElement"))
            for process in self.processes
            for element in process.walk()
            if element.name == "callActivity"
            and self.ids.find(element.get("calledElement")) is not process
        }

    def flow(self, process: Element, callers: tuple[Element, ...] = ()) -> Flow:
        """Return the flow of ``process`` and, inside it, those that it calls.

        Raises:
            Invalid: BPMN-05 to BPMN-14 (see ``read_bpmn``).
        """
        if process in callers:
            raise Invalid(
                "BPMN-13",
                zh(
                    "{process}经由调用又调用了自己。请去掉绕回来的那个调用活动。",
                    process=describe(process),
                ),
            )
        if len(callers) > MAX_DEPTH:
            raise _too_big(process)
        if process not in self._flows:
            refuse_unrun(process, self.context.definitions)
            nodes = self._nodes(process)
            inside = {node.id: node.inside for node in nodes}
            edges = tuple(edges_of(process, self.ids, inside))
            self.remarks.extend(contradictions(process, self.ids, edges))
            called = self._called_flows(nodes, (*callers, process))
            flow = Flow(self.ids.of[process], self.title(process), nodes, edges, called)
            self._check_size(flow, process)
            self._flows[process] = flow
        return self._flows[process]

    def _nodes(self, process: Element) -> tuple[Node, ...]:
        lanes = {}
        for container in scopes(process):
            lanes.update(lane_of_nodes(container, self.ids, self.remarks))
        posts: dict[Element | None, str] = {}
        nodes = []
        for element in flow_elements(process):
            if element.name == "sequenceFlow":
                continue
            lane, above = lanes.get(element), element.parent
            natural = lane.get("name") if lane else posts.get(above, "")
            own = attribute(element, "post")
            posts[element] = natural if own is None else own
            inside = "" if above is None or above is process else self.ids.of[above]
            nodes.append(node_of(element, inside=inside, post=posts[element], context=self.context))
        return tuple(nodes)

    def _called_flows(
        self, nodes: Iterable[Node], callers: tuple[Element, ...]
    ) -> tuple[Flow, ...]:
        flows = {}
        for node in nodes:
            if node.kind is not NodeKind.CALL or node.calls in flows:
                continue
            target = self.ids.find(node.calls)
            if target is not None and target.name == "process":
                flows[node.calls] = self.flow(target, callers)
            else:
                self.remarks.append(
                    zh(
                        "调用活动「{title}」要调用的流程「{called}」不在本文件里，按一个普通步骤对待。",
                        title=brief(node.title),
                        called=brief(node.calls) or zh("未写明"),
                    )
                )
        return tuple(flows.values())

    def _check_size(self, flow: Flow, process: Element) -> None:
        """Bound what calls unfold to: one process calls another twice, that one a third twice."""
        count, depth = 0, 0
        levels = {"": 1}
        for node in flow.nodes:
            levels[node.id] = levels[node.inside] + 1
            inner, below = self._sizes.get(node.calls, (0, 0)) if node.calls else (0, 0)
            count += 1 + inner
            depth = max(depth, levels[node.inside] + below)
        self._sizes[flow.id] = count, depth
        if count > MAX_NODES or depth > MAX_DEPTH:
            raise _too_big(process)


def _too_big(process: Element) -> Invalid:
    return Invalid(
        "BPMN-14",
        zh(
            "{process}连同子流程和所调用的流程，展开后超过 {nodes} 个元素或 {depth} 层。"
            "请减少调用的层数，或拆成几个流程。",
            process=describe(process),
            nodes=MAX_NODES,
            depth=MAX_DEPTH,
        ),
    )
