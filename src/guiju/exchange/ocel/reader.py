"""Object-centric logs as event logs: each object of one type is a case."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

from guiju.core.check.log import EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.exchange.files import Progress, silent
from guiju.exchange.ocel.document import Document, Event, load
from guiju.exchange.ocel.strict import is_text

CASE_LIKE = frozenset({"case", "cases", "案件", "办件", "案卷", "业务", "申请", "application"})
PERSON_LIKE = frozenset(
    {"resource", "resources", "user", "users", "employee", "employees", "person", "people"}
    | {"org:resource", "operator", "人员", "工作人员", "办理人", "经办人", "处理人", "承办人"}
)
"""Names of object types, and of event attributes, that stand for who acted."""


@dataclass(frozen=True, slots=True)
class ObjectLog:
    """An event log out of an object-centric one.

    Attributes:
        log: one case for each object of the chosen type, in file order.
        object_type: the chosen type.
        remarks: what the user should know about how the log was flattened.
    """

    log: EventLog
    object_type: str
    remarks: tuple[Sentence, ...]


def read_ocel(
    path: Path,
    wanted: Wanted,
    *,
    object_type: str | None = None,
    progress: Progress = silent,
) -> ObjectLog:
    """Read OCEL 2.0 JSON; a case is an object of one type with its events in time order.

    Events at the same instant keep the file's order. The performer is an event
    attribute with a name of ``PERSON_LIKE``, else the first related object of such a type.

    Args:
        path: a JSON file.
        wanted: whether to fill people and times.
        object_type: what a case is; None to choose, where the file leaves no doubt.
        progress: told events done and events there are.

    Raises:
        Invalid: OCEL-01 to OCEL-09 for the document, OCEL-10 when the type has to be
            named, OCEL-11 when it does not exist, OCEL-12 when it has no events, FILE-01.
    """
    document = load(path)
    progress(0, len(document.events))
    chosen = _chosen(document, object_type)
    log, remarks = _flattened(document, chosen, wanted)
    progress(len(document.events), len(document.events))
    return ObjectLog(log, chosen, tuple(remarks))


def _chosen(document: Document, object_type: str | None) -> str:
    types = document.object_types
    if object_type is not None:
        if object_type not in types:
            raise Invalid(
                "OCEL-11",
                zh(
                    "没有名为「{name}」的对象类型。"
                    "文件里有（括号内为对象数、事件数）：{types}。请核对 --object-type。",
                    name=object_type,
                    types=_census(document),
                ),
            )
        return object_type
    things = [name for name in types if name.casefold() not in PERSON_LIKE]
    if len(things) > 1:
        things = [name for name in things if name.casefold() in CASE_LIKE]
    if len(things) != 1:
        raise Invalid(
            "OCEL-10",
            zh(
                "看不出一个案件是哪一类对象。"
                "文件里有（括号内为对象数、事件数）：{types}。请用 --object-type 类型名 指明。",
                types=_census(document),
            ),
        )
    return things[0]


def _census(document: Document) -> Listing:
    """List the object types, each with its numbers of objects and of events."""
    objects = Counter(document.objects.values())
    events = Counter(
        chain.from_iterable(
            {document.objects[related] for related in event.objects} for event in document.events
        )
    )
    counted = (
        zh("「{name}」（{objects}，{events}）", name=n[:50], objects=objects[n], events=events[n])
        for n in document.object_types
    )
    return listing(counted, most=30)


def _flattened(document: Document, chosen: str, wanted: Wanted) -> tuple[EventLog, list[Sentence]]:
    cases: dict[str, list[Event]] = {
        name: [] for name, kind in document.objects.items() if kind == chosen
    }
    for event in sorted(document.events, key=lambda event: event.time):
        for related in event.objects:
            if related in cases:
                cases[related].append(event)
    if not any(cases.values()):
        raise Invalid(
            "OCEL-12",
            zh("没有事件属于「{type}」类的对象。请用 --object-type 指明别的类型。", type=chosen),
        )
    events = list(chain.from_iterable(cases.values()))
    code_of: dict[str, int] = {}
    codes = [code_of.setdefault(event.type, len(code_of)) for event in events]
    people, performers = _performers(document, chosen, events) if wanted.people else ([], [])
    log = EventLog(
        list(cases),
        array("I", accumulate(map(len, cases.values()), initial=0)),
        tuple(code_of),
        array("I", codes),
        tuple(people),
        array("I", performers),
        array("q", [event.time for event in events] if wanted.times else []),
    )
    return log, _remarks(document, chosen, cases)


def _performers(
    document: Document, chosen: str, events: Sequence[Event]
) -> tuple[list[str], list[int]]:
    kinds = {name for name in document.object_types if name.casefold() in PERSON_LIKE} - {chosen}
    numbers = {"": 0}
    performers = [
        numbers.setdefault(_performer(event, document.objects, kinds), len(numbers))
        for event in events
    ]
    return list(numbers), performers


def _performer(event: Event, objects: Mapping[str, str], kinds: AbstractSet[str]) -> str:
    stated = (
        str(value) if isinstance(value, int) else value
        for name, value in event.attributes
        if name.casefold() in PERSON_LIKE
    )
    related = (name for name in event.objects if objects[name] in kinds)
    return next((name for name in chain(stated, related) if is_text(name)), "")


def _remarks(
    document: Document, chosen: str, cases: Mapping[str, Sequence[Event]]
) -> list[Sentence]:
    shared = [sum(related in cases for related in event.objects) for event in document.events]
    outside, several = shared.count(0), sum(times > 1 for times in shared)
    idle = sum(not events for events in cases.values())
    remarks = [
        zh(
            "把每个「{type}」对象当作一个案件；OCEL 不记载先后，"
            "案件内的事件按时间排列，时间相同的按文件中的先后。",
            type=chosen,
        )
    ]
    if any(event.local for event in document.events):
        remarks.append(zh("有的事件时间没写时区，按北京时间（东八区）读取。"))
    if outside:
        remarks.append(
            zh("有 {count} 个事件不属于任何「{type}」对象，没有计入。", count=outside, type=chosen)
        )
    if several:
        remarks.append(
            zh(
                "有 {count} 个事件属于不止一个「{type}」对象，在每个案件里各算一次。",
                count=several,
                type=chosen,
            )
        )
    if idle:
        remarks.append(
            zh(
                "有 {count} 个「{type}」对象没有任何事件，按没有步骤的案件计入。",
                count=idle,
                type=chosen,
            )
        )
    return remarks
