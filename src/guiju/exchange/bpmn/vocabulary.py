"""The names that BPMN 2.0 XML uses, and what they mean in a flow (OMG formal/2011-01-03)."""

from __future__ import annotations

from guiju.core.terms import NodeKind, TaskKind

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
GUIJU = "https://guiju.org/bpmn/1"
"""Namespace of the attributes that carry what BPMN has no word for."""

PREFIXES = {
    MODEL: "bpmn",
    DIAGRAM: "bpmndi",
    BOUNDS: "dc",
    POINTS: "di",
    SCHEMA: "xsi",
    GUIJU: "guiju",
}

TASKS = {
    "task": TaskKind.PLAIN,
    "userTask": TaskKind.USER,
    "manualTask": TaskKind.MANUAL,
    "serviceTask": TaskKind.SERVICE,
    "scriptTask": TaskKind.SERVICE,
    "businessRuleTask": TaskKind.RULE,
    "sendTask": TaskKind.SEND,
    "receiveTask": TaskKind.RECEIVE,
}
TASK_TAGS = {kind: tag for tag, kind in TASKS.items() if tag != "scriptTask"}

PLAIN_TAGS = {
    "subProcess": NodeKind.SUBPROCESS,
    "callActivity": NodeKind.CALL,
    "exclusiveGateway": NodeKind.EXCLUSIVE,
    "parallelGateway": NodeKind.PARALLEL,
    "inclusiveGateway": NodeKind.INCLUSIVE,
}
"""Elements whose kind does not hang on an event definition inside them."""

EVENTS: dict[str, dict[str, NodeKind]] = {
    "startEvent": dict.fromkeys(("", "message", "timer"), NodeKind.START),
    "endEvent": {"": NodeKind.END, "message": NodeKind.END, "terminate": NodeKind.TERMINATE},
    "intermediateCatchEvent": {
        "": NodeKind.MESSAGE,
        "message": NodeKind.MESSAGE,
        "timer": NodeKind.TIMER,
        "link": NodeKind.LINK_CATCH,
    },
    "intermediateThrowEvent": {
        "": NodeKind.MESSAGE,
        "message": NodeKind.MESSAGE,
        "link": NodeKind.LINK_THROW,
    },
    "boundaryEvent": {"timer": NodeKind.BOUNDARY_TIMER},
}
"""For each event element, what each trigger makes of it; "" is an event without trigger.

A message event and an intermediate event without trigger are passed through: they hold
nothing up and leave no event in a log (kind MESSAGE).
"""

UNRUN = frozenset(
    {
        "transaction",
        "adHocSubProcess",
        "complexGateway",
        "eventBasedGateway",
        "implicitThrowEvent",
        "choreographyTask",
        "subChoreography",
        "callChoreography",
    }
)
"""Elements that hold a place in the course of a flow, but are not run."""

NODES = frozenset(TASKS) | frozenset(PLAIN_TAGS) | frozenset(EVENTS) | UNRUN

ASIDE = frozenset(
    {
        "sequenceFlow",
        "laneSet",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "textAnnotation",
        "association",
        "group",
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "ioSpecification",
        "ioBinding",
        "property",
        "auditing",
        "monitoring",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "correlationSubscription",
        "supports",
        "supportedInterfaceRef",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
        "dataInputAssociation",
        "dataOutputAssociation",
        "artifact",
    }
)
"""What may stand in a process or subprocess beside its nodes, and does not run."""
