"""Event types: what may be recorded, what it says to people, how personal data is shed.

A type is registered once, in an area's ``events.py``, with its version. Old versions stay
registered for ever, so that everything that was ever recorded can be shown (pretix's
log entry types; sentry's registry).
"""

from __future__ import annotations

import re
import string
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

_KIND = re.compile(r"[a-z_]+(\.[a-z_]+){2,3}")
_REFERENCE = re.compile(r"[!-~]{0,120}")


@dataclass(frozen=True, slots=True)
class Personal:
    """A value about a natural person, to be sealed under that person's key.

    Attributes:
        person: the person's pseudonymous reference, for example ``person:0190…``.
        value: what is known, as canonical JSON can hold it.
    """

    person: str
    value: object


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is about to be recorded: its type, what it is about, what it says."""

    type: EventType
    data: Mapping[str, object]
    object: str
    matter: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event.

    Attributes:
        kind: ``area.noun.past_participle``, never changed.
        version: counts up when the fields change.
        sentence: what people read; its fields are those of the event.
        fields: what an event of this kind carries, all of it always, and how people call it.
        personal: those of the fields that hold a ``Personal`` value. What stands there is
            shed by destroying that person's key. An empty set says that there is none.
        terms: for fields that hold the code of a word of the domain, which words those are.
    """

    kind: str
    sentence: Sentence
    fields: Mapping[str, Sentence]
    personal: frozenset[str]
    version: int = 1
    terms: Mapping[str, type[Term]] = field(default_factory=dict)

    def __call__(self, *, object: str, matter: str = "", **data: object) -> Draft:  # noqa: A002 - the record's word
        """Return an event of this type about ``object``, not yet recorded.

        Raises:
            Invalid: RECORD-02 for missing or strange fields, RECORD-03 for a personal value
                in an open field or the reverse, RECORD-04 for a reference that is none.
        """
        if data.keys() != self.fields.keys():
            raise Invalid(
                "RECORD-02",
                zh(
                    "事件「{kind}」应恰好写明 {wanted}，实际写了 {found}。请按登记的事件格式提交。",
                    kind=self.kind,
                    wanted="、".join(sorted(self.fields)) or "—",
                    found="、".join(sorted(data)) or "—",
                ),
            )
        for name, value in data.items():
            if isinstance(value, Personal) != (name in self.personal):
                raise Invalid(
                    "RECORD-03",
                    zh(
                        "事件「{kind}」的「{name}」是否属于个人信息，与登记的不一致。请按登记的格式提交。",
                        kind=self.kind,
                        name=name,
                    ),
                )
        for reference in (object, matter):
            check_reference(reference)
        return Draft(self, data, object, matter)


def check_reference(reference: str) -> str:
    """Return a reference such as ``unit:0190…`` if it is one.

    Raises:
        Invalid: RECORD-04 for anything but up to 120 visible ASCII characters.
    """
    if not _REFERENCE.fullmatch(reference):
        raise Invalid(
            "RECORD-04",
            zh(
                "「{reference}」不能用作记录里的编号：只能有英文字母、数字和符号，至多 120 个。"
                "请改用登记的编号。",
                reference=ascii(reference[:80]),
            ),
        )
    return reference


@dataclass(slots=True)
class _Registry:
    types: dict[tuple[str, int], EventType] = field(default_factory=dict)
    latest: dict[str, EventType] = field(default_factory=dict)


_REGISTRY = _Registry()


def register(event_type: EventType) -> EventType:
    """Make a type known; return it.

    Raises:
        ValueError: for a kind that is none, is taken, or whose sentence or personal fields
            name fields that it does not have. It is a fault of the program.
    """
    name = (event_type.kind, event_type.version)
    known = {*event_type.fields, "object", "matter"}
    if not _KIND.fullmatch(event_type.kind) or name in _REGISTRY.types:
        raise ValueError(f"{name} is no event kind, or is registered twice")
    if (
        not _fields_of(event_type.sentence) <= known
        or not event_type.personal <= event_type.fields.keys()
    ):
        raise ValueError(f"{name} speaks of fields that it does not have")
    _REGISTRY.types[name] = event_type
    latest = _REGISTRY.latest.get(event_type.kind)
    if latest is None or latest.version < event_type.version:
        _REGISTRY.latest[event_type.kind] = event_type
    return event_type


def _fields_of(sentence: Sentence) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence.template) if name}


def event_type(kind: str, version: int) -> EventType:
    """Return the type that an event was recorded under.

    Raises:
        Invalid: RECORD-01 when no such type is registered.
    """
    found = _REGISTRY.types.get((kind, version))
    if found is None:
        raise Invalid(
            "RECORD-01",
            zh(
                "事件「{kind}」第 {version} 版没有登记，不能记录。请先登记它的格式和说法。",
                kind=kind,
                version=version,
            ),
        )
    return found


def all_types() -> tuple[EventType, ...]:
    """Return every registered type, by kind and version."""
    return tuple(_REGISTRY.types[name] for name in sorted(_REGISTRY.types))


def require_registered(draft: Draft) -> None:
    """Refuse an event whose type is not the newest registered one of its kind (RECORD-01)."""
    if _REGISTRY.latest.get(draft.type.kind) is not draft.type:
        event_type(draft.type.kind, -draft.type.version)


def new_reference(noun: str) -> str:
    """Return a fresh reference, for example ``unit:…``, that says nothing about its object."""
    return f"{noun}:{uuid.uuid4()}"
