"""What the inbox must ask about people: who is absent, who is above whom, what they are called.

The inbox knows persons as references only. ``base.org`` (and ``base.access`` for addresses)
fill these registries when they start, so that neither has to be imported here::

    substitutes.add_source("org", absences)

A source may be asked about many people at once and should answer with one query.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

Source = TypeVar("Source", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody stands in for somebody else.

    Attributes:
        absent: whose tasks they are.
        substitute: who does them meanwhile.
        posts: for which of the absent person's posts; empty for all of them.
    """

    absent: str
    substitute: str
    posts: frozenset[str] = frozenset()

    def covers(self, post: str) -> bool:
        """Tell whether it holds for what the absent person does in a post."""
        return not self.posts or post in self.posts


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a task may be handed: the person in one post.

    Attributes:
        name: what people read, for example 王建国 · 财务科长.
        path: place of the unit, such as ``1/14/``.
    """

    person: str
    post: str
    unit: str
    path: str
    name: str

    @property
    def key(self) -> str:
        """How forms name the choice."""
        return f"{self.person}|{self.post}"


@dataclass(frozen=True, slots=True)
class Sources(Generic[Source]):
    """Who is asked; the same name again replaces the earlier source."""

    named: dict[str, Source] = field(default_factory=dict)

    def add_source(self, name: str, source: Source) -> None:
        """Ask ``source`` from now on."""
        self.named[name] = source

    def remove_source(self, name: str) -> None:
        """Ask it no more."""
        self.named.pop(name, None)


substitutes: Sources[Callable[[Collection[str], datetime], Iterable[Absence]]] = Sources()
"""Asked for every absence in which one of these people is the absent one or the substitute."""

superiors: Sources[Callable[[str, str, datetime], str]] = Sources()
"""Asked who stands above a person in a post; empty when the source knows nobody."""

colleagues: Sources[Callable[[str, datetime], Iterable[Colleague]]] = Sources()
"""Asked to whom a person may hand a task."""

names: Sources[Callable[[Collection[str], datetime], Mapping[str, str]]] = Sources()
"""Asked how persons and posts are called, by reference."""

addresses: Sources[Callable[[str], str]] = Sources()
"""Asked for a person's e-mail address; empty when there is none."""


def absences(people: Collection[str], *, at: datetime) -> tuple[Absence, ...]:
    """Return in which absences any of these people is involved at that time."""
    found = (one for ask in substitutes.named.values() for one in ask(people, at))
    return tuple(dict.fromkeys(found))


def superior(person: str, post: str, *, at: datetime) -> str:
    """Return who stands above a person in a post, never themselves; empty when nobody is known."""
    answers = (ask(person, post, at) for ask in superiors.named.values())
    return next((found for found in answers if found and found != person), "")


def colleagues_of(person: str, *, at: datetime) -> tuple[Colleague, ...]:
    """Return to whom a person may hand a task, by name."""
    found = {one.key: one for ask in colleagues.named.values() for one in ask(person, at)}
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.key)))


def names_of(references: Collection[str], *, at: datetime) -> dict[str, str]:
    """Return how these are called; one that nobody knows keeps its reference."""
    found = {reference: reference for reference in references if reference}
    if found:
        for ask in names.named.values():
            found |= {key: name for key, name in ask(tuple(found), at).items() if name}
    return found


def address_of(person: str) -> str:
    """Return a person's e-mail address, or nothing."""
    return next((found for ask in addresses.named.values() if (found := ask(person))), "")
