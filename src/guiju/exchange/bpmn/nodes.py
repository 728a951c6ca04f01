"""From an element to a node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.flow.model import Node, Repeat
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind, TaskKind
from guiju.exchange.bpmn import extension
from guiju.exchange.bpmn.identity import Identities
from guiju.exchange.bpmn.naming import describe
from guiju.exchange.bpmn.unrun import trigger_of
from guiju.exchange.bpmn.vocabulary import EVENTS, PLAIN_TAGS, TASKS
from guiju.exchange.xml_tree import Element

TIMER_PARTS = ("timeDuration", "timeDate", "timeCycle")
_HOSTS = frozenset(TASKS) | {"subProcess", "callActivity"}


@dataclass(frozen=True, slots=True)
class Context:
    """What the nodes of one file refer to."""

    ids: Identities
    definitions: Mapping[str, Element]

    def trigger(self, element: Element) -> str:
        """Return what triggers an event."""
        return trigger_of(element, self.definitions)


def node_of(element: Element, *, inside: str, post: str, context: Context) -> Node:
    """Return the node that ``element`` stands for.

    Raises:
        Invalid: BPMN-08 a ``guiju:`` attribute, BPMN-09 a number of repetitions,
            BPMN-12 a boundary event whose host is missing.
    """
    trigger = context.trigger(element) if element.name in EVENTS else ""
    kind = _kind(element, trigger)
    definition = _definition(element, context)
    boundary = kind is NodeKind.BOUNDARY_TIMER
    return Node(
        id=context.ids.of[element],
        kind=kind,
        name=element.get("name"),
        task=TASKS.get(element.name, TaskKind.PLAIN),
        number=extension.attribute(element, "number") or "",
        post=post,
        phase=extension.phase_of(element),
        step=extension.step_of(element),
        limit=extension.limit_of(element),
        signing=extension.signing_of(element),
        repeat=_repeat(element),
        inside=inside,
        attached_to=_host(element, context) if boundary else "",
        interrupting=not (boundary and element.get("cancelActivity") in ("false", "0")),
        default=_default(element, context),
        link=_link(element, definition) if trigger == "link" else "",
        calls=_called(element, context) if kind is NodeKind.CALL else "",
        timer=_timer(definition) if trigger == "timer" else "",
        recorded=extension.recorded_of(element),
    )


def _kind(element: Element, trigger: str) -> NodeKind:
    if element.name in TASKS:
        return NodeKind.TASK
    return PLAIN_TAGS.get(element.name) or EVENTS[element.name][trigger]


def _definition(element: Element, context: Context) -> Element | None:
    """Return the event definition, written in the event or referred to from it."""
    own = next((c for c in element.children if c.name.endswith("EventDefinition")), None)
    reference = element.first("eventDefinitionRef")
    if own or reference is None:
        return own
    return context.definitions.get(reference.text.strip().rpartition(":")[2])


def _timer(definition: Element | None) -> str:
    part = definition and definition.first(*TIMER_PARTS)
    return part.text.strip() if part else ""


def _link(element: Element, definition: Element | None) -> str:
    return (definition.get("name") if definition else "") or element.get("name")


def _default(element: Element, context: Context) -> str:
    """Return the id of the default flow; a stale one, not leaving this node, counts as none."""
    way = context.ids.find(element.get("default"))
    if way is None or way.name != "sequenceFlow":
        return ""
    leaves = context.ids.find(way.get("sourceRef")) is element
    return context.ids.of[way] if leaves else ""


def _called(element: Element, context: Context) -> str:
    process = context.ids.find(element.get("calledElement"))
    known = process is not None and process.name == "process"
    return context.ids.of[process] if process and known else element.get("calledElement")


def _host(element: Element, context: Context) -> str:
    host = context.ids.find(element.get("attachedToRef"))
    if host is None or host.name not in _HOSTS or host.parent is not element.parent:
        raise Invalid(
            "BPMN-12",
            zh(
                "{event}没有依附在同一层的步骤或子流程上。请把它放到所限时的步骤的边框上。",
                event=describe(element),
            ),
        )
    return context.ids.of[host]


def _repeat(element: Element) -> Repeat | None:
    """Return the repetition; a plain loop is done once or more, one after another."""
    if element.first("standardLoopCharacteristics"):
        return Repeat(sequential=True)
    loop = element.first("multiInstanceLoopCharacteristics")
    if loop is None:
        return None
    sequential = loop.flag("isSequential")
    written = loop.first("loopCardinality")
    count = written.text.strip() if written else ""
    if loop.first("completionCondition") or not re.fullmatch("[+-]?[0-9]+", count):
        return Repeat(sequential)  # how often is known only when it runs
    if not re.fullmatch(r"\+?0*[1-9][0-9]{0,5}", count):
        raise Invalid(
            "BPMN-09",
            zh(
                "{step}的多实例次数须是 1 到 999999 的整数。请改正，或删去次数表示不定。",
                step=describe(element),
            ),
        )
    return Repeat(sequential, int(count))
