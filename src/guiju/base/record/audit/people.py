"""Personal values: sealed where the record says so, and gone where it says that they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from django.db.models import Exists, OuterRef

from guiju.base.record import places
from guiju.base.record.audit.flaw import UNREADABLE, Flaw, unreadable
from guiju.base.record.event_types import event_type
from guiju.base.record.events import ERASED
from guiju.base.record.key_store import KeyStore
from guiju.base.record.models import Event, Sealed
from guiju.base.record.vault import check_value, key_store
from guiju.core.errors import Invalid
from guiju.core.ledger.lines import read_base64
from guiju.core.sentence import zh

Told = Mapping[Event, Mapping[str, object]]
"""Events, and what each entry says under ``data``."""

_CHUNK = 500
"""Events whose boxes are fetched at once; SQLite bounds the values of one query."""


class Boxes(Protocol):
    """Is shown every event once."""

    def look(self, told: Told) -> Iterator[Flaw]:
        """Look at what is sealed of these events."""

    def finish(self) -> Iterator[Flaw]:
        """Yield what belonged to none of them."""


class Unopened:
    """Sees to it that every box is there and says whose it is; the keys are not at hand."""

    def look(self, told: Told) -> Iterator[Flaw]:
        events = list(told)
        for start in range(0, len(events), _CHUNK):
            chunk = events[start : start + _CHUNK]
            boxes: dict[object, dict[str, Sealed]] = {}
            try:
                found = list(Sealed.objects.filter(event_key__in=[event.key for event in chunk]))
            except UNREADABLE as error:
                yield unreadable("record_sealed", error)
                continue
            for box in found:
                boxes.setdefault(box.event_key, {})[box.path] = box
            for event in chunk:
                yield from self._event(event, told[event], boxes.get(event.key, {}))

    def finish(self) -> Iterator[Flaw]:
        lost = Sealed.objects.exclude(Exists(Event.objects.filter(key=OuterRef("event_key"))))
        for box in lost.order_by("id").iterator():
            yield _strange(box)

    def opened(self, box: Sealed, commitment: bytes) -> None:
        """Open a box and check what is in it; Invalid when it does not fit."""

    def _event(
        self, event: Event, data: Mapping[str, object], boxes: dict[str, Sealed]
    ) -> Iterator[Flaw]:
        for path in _personal(event, data):
            box = boxes.pop(path, None)
            where = f"record_sealed event_key={event.key} path={path}"
            if box is None:
                yield Flaw(
                    "AUDIT-33",
                    where,
                    zh(
                        "事件 {event} 的「{path}」应有密封的内容，却不在了：这一行被删。"
                        "请从备份取回。",
                        event=event.pk,
                        path=path,
                    ),
                )
                continue
            said = data.get(path)
            told = said if isinstance(said, dict) else {}
            if told.get("person") != box.person:
                yield _strange(box)
                continue
            try:
                self.opened(box, read_base64(str(told.get("commitment")), line=1))
            except Invalid as refusal:
                yield Flaw("AUDIT-34", where, refusal.sentence)
        for box in boxes.values():
            yield _strange(box)


class Opened(Unopened):
    """Opens every box too, unless the person's data was erased."""

    def __init__(self) -> None:
        self._store = _Remembering(places.people_keys())
        self._unread: dict[str, int] = {}

    def opened(self, box: Sealed, commitment: bytes) -> None:
        if not check_value(box, commitment, self._store):
            self._unread.setdefault(box.person, box.pk)

    def unread(self) -> Iterator[Flaw]:
        """Yield people whose boxes do not open although nothing says that they were erased."""
        for person, first in self._unread.items():
            if not Event.objects.filter(kind=ERASED.kind, object=person).exists():
                yield Flaw(
                    "AUDIT-35",
                    f"record_sealed id={first}",
                    zh(
                        "「{person}」的密钥不在了，记录里却没有删除其个人信息的决定。"
                        "请从密钥备份取回，并查明是谁所为。",
                        person=person,
                    ),
                )


class _Remembering(KeyStore):
    """Reads each key once while it is asked for again and again."""

    def key(self, person: str) -> bytes | None:
        return self._remembered(person)

    @lru_cache(maxsize=4096)  # noqa: B019 - lives as long as one audit
    def _remembered(self, person: str) -> bytes | None:
        return super().key(person)


def survivors() -> Iterator[Flaw]:
    """Yield erased people whose key still exists."""
    store = key_store()
    erased = Event.objects.filter(kind=ERASED.kind).order_by("id").values_list("object", flat=True)
    for person in erased.iterator():
        if store.key(person) is not None or not store.is_erased(person):
            yield Flaw(
                "AUDIT-36",
                "keys/people",
                zh(
                    "「{person}」的个人信息已决定删除，密钥却还在，或没有留下销毁的标记。"
                    "请运行 guiju worker，它会立即销毁。",
                    person=person,
                ),
            )


def _personal(event: Event, data: Mapping[str, object]) -> list[str]:
    """Return the personal fields of an event; of an unknown type, those that look like it."""
    try:
        return sorted(event_type(event.kind, event.version).personal)
    except Invalid:
        shape = {"person", "commitment"}
        return sorted(k for k, v in data.items() if isinstance(v, dict) and set(v) == shape)


def _strange(box: Sealed) -> Flaw:
    return Flaw(
        "AUDIT-32",
        f"record_sealed id={box.pk}",
        zh(
            "这份密封的内容不属于任何事件的这一栏：它的事件、路径或人被改动过，"
            "或事件被删。请从备份核对后恢复。"
        ),
    )
