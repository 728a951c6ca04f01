"""Loading an OCEL 2.0 JSON document and holding it to its specification, section 6.3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.ocel.strict import is_text, parsed, shown

Json = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CHINA = timezone(timedelta(hours=8))
OBJECT, EVENT, OBJECT_TYPE, EVENT_TYPE = zh("对象"), zh("事件"), zh("对象类型"), zh("事件类型")
ATTRIBUTE = zh("属性，属于事件")


@dataclass(frozen=True, slots=True)
class Event:
    """One event: type, instant in microseconds, whether that was local time, ids, attributes."""

    id: str
    type: str
    time: int
    local: bool
    objects: tuple[str, ...]
    attributes: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that keeps the specification.

    Attributes:
        object_types: in file order.
        event_types: in file order.
        objects: id to type, in file order.
        events: in file order; each names only objects that exist.
    """

    object_types: tuple[str, ...]
    event_types: tuple[str, ...]
    objects: dict[str, str]
    events: tuple[Event, ...]


def load(path: Path) -> Document:
    """Load and check a document.

    Raises:
        Invalid: OCEL-01 for what is no JSON, OCEL-02 when it is too large, OCEL-03 when
            nested too deeply, OCEL-04 to OCEL-09 where it breaks the specification, FILE-01.
    """
    root = parsed(path)
    if not isinstance(root, dict):
        raise _no_list("objectTypes")
    object_types = _types(root, "objectTypes", OBJECT_TYPE)
    event_types = _types(root, "eventTypes", EVENT_TYPE)
    objects = {}
    for each in _entries(root, "objects", OBJECT):
        objects[each["id"]] = _type(each, OBJECT, object_types)
    for each in root["objects"]:
        _related(each, OBJECT, objects)
    events = tuple(_event(each, event_types, objects) for each in _entries(root, "events", EVENT))
    return Document(tuple(object_types), tuple(event_types), objects, events)


def _types(root: Json, key: str, kind: Sentence) -> dict[str, None]:
    names: dict[str, None] = {}
    for place, each in enumerate(_list(root, key), start=1):
        name = _text(each, "name", kind, place)
        if name in names:
            raise _twice(kind, name)
        names[name] = None
    return names


def _entries(root: Json, key: str, kind: Sentence) -> Iterator[Json]:
    """Yield the entries of a list, each a mapping with an id of its own."""
    seen = set()
    for place, each in enumerate(_list(root, key), start=1):
        name = _text(each, "id", kind, place)
        if name in seen:
            raise _twice(kind, name)
        seen.add(name)
        yield each


def _list(root: Json, key: str) -> Sequence[Any]:
    entries = root.get(key)
    if not isinstance(entries, list):
        raise _no_list(key)
    return entries


def _no_list(key: str) -> Invalid:
    return Invalid(
        "OCEL-04",
        zh(
            "文件缺少列表「{key}」，不是 OCEL 2.0 的 JSON 日志。请核对文件，或重新导出。",
            key=key,
        ),
    )


def _text(entry: object, key: str, kind: Sentence, place: int | str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    if is_text(value):
        return value
    raise Invalid(
        "OCEL-05",
        zh(
            "{kind}「{place}」缺少「{key}」，或它不是文字。请补上后再试。",
            kind=kind,
            place=shown(str(place)),
            key=key,
        ),
    )


def _type(entry: Json, kind: Sentence, declared: dict[str, None]) -> str:
    name = _text(entry, "type", kind, entry["id"])
    if name not in declared:
        raise Invalid(
            "OCEL-07",
            zh(
                "{kind}「{id}」的类型「{name}」没有在文件开头的类型表里登记。请补上登记。",
                kind=kind,
                id=entry["id"],
                name=name,
            ),
        )
    return name


def _related(entry: Json, kind: Sentence, objects: dict[str, str]) -> tuple[str, ...]:
    """Return the ids of related objects, each once, in file order."""
    ids: dict[str, None] = {}
    for relation in _optional_list(entry, "relationships", kind):
        target = relation.get("objectId") if isinstance(relation, dict) else None
        if not isinstance(target, str) or target not in objects:
            raise Invalid(
                "OCEL-08",
                zh(
                    "{kind}「{id}」关联的对象「{target}」不存在。请补上该对象，或删去这处关联。",
                    kind=kind,
                    id=entry["id"],
                    target=shown(str(target)),
                ),
            )
        ids[target] = None
    return tuple(ids)


def _optional_list(entry: Json, key: str, kind: Sentence) -> Sequence[Any]:
    value = entry.get(key, [])
    if not isinstance(value, list):
        raise Invalid(
            "OCEL-05",
            zh(
                "{kind}「{id}」的「{key}」不是列表。请重新导出。",
                kind=kind,
                id=entry["id"],
                key=key,
            ),
        )
    return value


def _event(entry: Json, types: dict[str, None], objects: dict[str, str]) -> Event:
    name = _type(entry, EVENT, types)
    text = _text(entry, "time", EVENT, entry["id"])
    try:
        at = datetime.fromisoformat(text)
        local = at.tzinfo is None
        time = ((at.replace(tzinfo=_CHINA) if local else at) - _EPOCH) // _MICROSECOND
    except (ValueError, OverflowError):
        raise Invalid(
            "OCEL-09",
            zh(
                "事件「{id}」的时间「{text}」读不成时间。"
                "应为 2024-01-05T09:03:00+08:00 这样的写法。",
                id=entry["id"],
                text=shown(text),
            ),
        ) from None
    attributes = tuple(
        (_text(each, "name", ATTRIBUTE, entry["id"]), each.get("value"))
        for each in _optional_list(entry, "attributes", EVENT)
    )
    return Event(entry["id"], name, time, local, _related(entry, EVENT, objects), attributes)


def _twice(kind: Sentence, name: str) -> Invalid:
    return Invalid(
        "OCEL-06",
        zh("有不止一个{kind}叫「{name}」。请改成各不相同的编号。", kind=kind, name=shown(name)),
    )
