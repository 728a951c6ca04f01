"""What a task is before it exists: who should do what until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guiju.core.calendar import Span
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has to do it: a person, as the holder of a post in a unit.

    Attributes:
        path: the unit's place, such as ``1/14/203/``; by it scopes decide.
    """

    person: str
    post: str = ""
    unit: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What opens when the task is dealt with: a view's name and its arguments."""

    view: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be assigned.

    Attributes:
        kind: a code that ``kinds.register_kind`` knows.
        says: one sentence; its values are texts, numbers and sentences. Whom or what it speaks
            of stands in it as a reference, which is called by name when it is shown.
        to: who has to do it.
        about: what it is about, a reference; ``matter`` in which matter.
        limit: how long it may take from ``started_at`` (else from the assigning) on.
        due_at: instead of a limit, the last instant in time.
        link: what opens when it is dealt with.
        remind_before: working days before the last day on which to remind, besides that day.
        origin: what it came from; the same origin makes one task only.
    """

    kind: str
    says: Sentence
    to: Holder
    about: str = ""
    matter: str = ""
    limit: Span | None = None
    started_at: datetime | None = None
    due_at: datetime | None = None
    link: Link | None = None
    remind_before: int | None = None
    origin: str = ""
