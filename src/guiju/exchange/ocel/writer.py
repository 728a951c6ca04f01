"""Writing an event log as OCEL 2.0 JSON: one object for each case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import BinaryIO

from guiju.core.check.log import NO_TIME, EventLog
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH = 2**16


def write_ocel(stream: BinaryIO, log: EventLog, *, object_type: str = "case") -> None:
    """Write the log piece by piece; performers become the event attribute ``resource``.

    Raises:
        Invalid: OCEL-20 when an event has no time, which OCEL demands, OCEL-21 when two
            cases share an id or a name is blank.
    """
    _refuse_unfit(log)
    pieces: list[str] = []
    size = 0
    for piece in _pieces(log, object_type):
        pieces.append(piece)
        size += len(piece)
        if size > _BATCH:
            stream.write("".join(pieces).encode())
            pieces, size = [], 0
    stream.write("".join(pieces).encode())


def _pieces(log: EventLog, object_type: str) -> Iterator[str]:
    kind = _json(object_type)
    attributes = '[{"name":"resource","type":"string"}]' if log.performers else "[]"
    yield f'{{"objectTypes":[{{"name":{kind},"attributes":[]}}],\n"eventTypes":['
    yield ",\n".join(
        f'{{"name":{_json(name)},"attributes":{attributes}}}' for name in log.activities
    )
    yield '],\n"objects":['
    for before, case in zip(_commas(), log.cases, strict=False):
        yield f'{before}{{"id":{_json(case)},"type":{kind},"attributes":[],"relationships":[]}}'
    yield '],\n"events":['
    yield from _events(log)
    yield "]}\n"


def _events(log: EventLog) -> Iterator[str]:
    activities = [_json(name) for name in log.activities]
    attributes = ["", *(f'{{"name":"resource","value":{_json(name)}}}' for name in log.people[1:])]
    comma = _commas()
    for case, (start, end) in zip(log.cases, log.traces(), strict=True):
        relation = f'{{"objectId":{_json(case)},"qualifier":""}}'
        for event in range(start, end):
            who = attributes[log.performers[event]] if log.performers else ""
            yield (
                f'{next(comma)}{{"id":"e{event + 1}","type":{activities[log.codes[event]]},'
                f'"time":"{_instant(log.times[event])}","attributes":[{who}],'
                f'"relationships":[{relation}]}}'
            )


def _commas() -> Iterator[str]:
    return ("" if place == 0 else ",\n" for place in count())


def _instant(micros: int) -> str:
    return (_EPOCH + timedelta(microseconds=micros)).isoformat().replace("+00:00", "Z")


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _refuse_unfit(log: EventLog) -> None:
    if len(log.times) != len(log.codes) or NO_TIME in log.times:
        raise Invalid(
            "OCEL-20",
            zh("日志里有步骤没有时间，而 OCEL 要求每个事件都有时间。请改存为 XES 或 CSV。"),
        )
    if len(set(log.cases)) < len(log.cases):
        raise Invalid(
            "OCEL-21", zh("日志里有案件共用一个编号，OCEL 里写不下。请先改成各不相同的编号。")
        )
    if not all(name.strip() for name in (*log.cases, *log.activities)):
        raise Invalid("OCEL-21", zh("日志里有空白的案件编号或步骤名称，OCEL 里写不下。请先补上。"))
