"""Events told to people: the sentence of their type, filled with what they say.

What cannot be told is shown as it stands: a kind or version that this program does not
know, or an entry whose bytes are damaged.
"""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from guiju.base.record.event_types import EventType, all_types, event_type
from guiju.base.record.events import DENIED, HELD, RAISED
from guiju.base.ui.badges import Badge
from guiju.base.ui.dates import moment
from guiju.core.errors import Invalid
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import FindingKind, Term

Shown = str | int | Sentence | Listing
"""A value as people read it."""

ERASED = zh("已依法删除")
MASKED = zh("（已密封）")
"""Stands for a personal value: ``unsealing`` opens one at a time, for a reason."""

_GAP = "…"
FINDINGS = {
    RAISED.kind: FindingKind.ALERT,
    DENIED.kind: FindingKind.DENY,
    HELD.kind: FindingKind.HOLD,
}
"""Kinds of events that are findings of supervision."""

_TONES = {FindingKind.ALERT: "warn", FindingKind.HOLD: "wait", FindingKind.DENY: "bad"}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """What supervision found on an event, and which event says so."""

    kind: FindingKind
    code: str
    says: str
    key: UUID

    @property
    def badge(self) -> Badge:
        """Its kind in a shape and a word."""
        return finding_badge(self.kind)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an event says.

    Attributes:
        name: as it stands in the entry.
        label: the name as people read it, or None where the event's type is not known.
        value: as people read it.
        person: the reference of the person that it is about, for personal values.
        is_sealed: whether it is there, and only opened for a reason.
    """

    name: str
    label: Sentence | None
    value: Shown
    person: str = ""
    is_sealed: bool = False

    @property
    def event(self) -> UUID | None:
        """The event that the value points at, if it does."""
        try:
            return UUID(str(self.value)) if self.name == "cause" else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it.

    Attributes:
        id: its row; with ``at`` the key of the timeline.
        key: its identity in addresses and entries.
        kind: of which kind.
        version: of which version of the kind.
        at: when.
        actor: who, by reference; likewise the next four.
        post: as the holder of which post.
        unit: of which unit.
        object: about what.
        matter: in which matter.
        request: together with which other events.
        sentence: what it says; None when its type is not known or its bytes are damaged.
        fields: everything that it says, one by one.
        leaf: its number in the log, from 0; None while it waits to be sealed.
        marks: what supervision found on it.
        names: what people call the references in it.
    """

    id: int
    key: UUID
    kind: str
    version: int
    at: datetime
    actor: str
    post: str
    unit: str
    object: str
    matter: str
    request: UUID
    sentence: Sentence | None
    fields: tuple[Field, ...]
    leaf: int | None = None
    marks: tuple[Mark, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def finding(self) -> Badge | None:
        """What it found, if it is itself a finding of supervision."""
        kind = FINDINGS.get(self.kind)
        return None if kind is None else finding_badge(kind)

    @property
    def who(self) -> Sentence | str:
        """The actor as people call it."""
        return called(self.actor, self.names)

    @property
    def shown(self) -> dict[str, Sentence | str]:
        """Post, unit, object and matter as people call them."""
        columns = {
            "post": self.post,
            "unit": self.unit,
            "object": self.object,
            "matter": self.matter,
        }
        return {name: called(value, self.names) for name, value in columns.items()}


def finding_badge(kind: FindingKind) -> Badge:
    """Return what supervision says, in a shape and a word."""
    return Badge(_TONES[kind], kind.label)


def called(reference: str, names: Mapping[str, str] | None = None) -> Sentence | str:
    """Return how people call a reference; the reference itself where nobody has a name for it."""
    if reference == "system":
        return zh("系统")
    return (names or {}).get(reference, reference)


def kind_labels() -> dict[str, Sentence]:
    """Return every known kind with its newest sentence, in which gaps stand for the values."""
    newest = {one.kind: one for one in all_types()}
    return {kind: _with_gaps(one.sentence) for kind, one in newest.items()}


def known_type(kind: str, version: int) -> EventType | None:
    """Return the type that an event was recorded under, or None when this program has none."""
    try:
        return event_type(kind, version)
    except Invalid:
        return None


def said(entry: bytes) -> Mapping[str, object] | None:
    """Return what an entry says of its own, or None when its bytes are damaged."""
    try:
        data = json.loads(entry)["data"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def tell_fields(
    event: EventType | None,
    data: Mapping[str, object],
    *,
    erased: Iterable[str],
    names: Mapping[str, str] | None = None,
) -> tuple[Field, ...]:
    """Return everything that an event says.

    Args:
        event: its type, which has the words for it.
        data: the event's own part of its entry.
        erased: references of the people whose data was erased.
        names: what people call references.
    """
    known = names or {}
    gone = frozenset(erased)
    labels = event.fields if event else {}
    terms = event.terms if event else {}
    return tuple(
        Field(
            name,
            labels.get(name),
            ERASED if person in gone else MASKED,
            person,
            is_sealed=person not in gone,
        )
        if (person := committed(value)) is not None
        else Field(name, labels.get(name), known.get(str(value)) or _word(terms.get(name), value))
        for name, value in sorted(data.items())
    )


def _word(terms: type[Term] | None, value: object) -> Shown:
    """Return the label of a domain word's code, or the value itself."""
    label = None if terms is None else {term.value: term.label for term in terms}.get(str(value))
    return label or show(value)


def committed(value: object) -> str | None:
    """Return whom a field is about if it holds a commitment to a personal value, else None."""
    if isinstance(value, dict) and value.keys() == {"person", "commitment"}:
        return str(value["person"])
    return None


def tell(event: EventType | None, fields: Iterable[Field], **columns: str) -> Sentence | None:
    """Return the sentence of an event, or None when its type is not known.

    Args:
        event: its type.
        fields: what it says.
        columns: what its sentence may speak of besides, such as ``object``.
    """
    if event is None:
        return None
    values: dict[str, Shown] = {**columns, **{one.name: one.value for one in fields}}
    names = _names(event.sentence.template)
    return Sentence(event.sentence.template, tuple((n, values.get(n, _GAP)) for n in names))


def show(value: object) -> Shown:
    """Return a value of an entry as people read it."""
    if isinstance(value, bool):
        return zh("是") if value else zh("否")
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, str):
        return _shown_text(value)
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return listing(map(str, value))
    return value if isinstance(value, int) else json.dumps(value, ensure_ascii=False)


def _shown_text(text: str) -> Shown:
    if _INSTANT.fullmatch(text):
        try:
            return moment(datetime.fromisoformat(text))
        except (ValueError, OverflowError):
            return text
    return kind_labels().get(text, text) if text.count(".") > 1 else text


def _with_gaps(sentence: Sentence) -> Sentence:
    return Sentence(sentence.template, tuple((n, _GAP) for n in _names(sentence.template)))


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name]
