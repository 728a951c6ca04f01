"""Going anywhere by typing: areas say what they find, the shell shows it (Ctrl K)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui import navigation
from guiju.base.ui.language import say
from guiju.core.sentence import Sentence, zh

MOST_HITS = 8
"""Hits that one provider may show."""

MOST_TYPED = 80
"""Characters of a query that are looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found.

    Attributes:
        label: its name.
        link: its page.
        note: a few words beside it, such as the unit of a person.
    """

    label: Sentence | str
    link: str
    note: Sentence | str = ""


Provider = Callable[[HttpRequest, str], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Group:
    """What one provider has found."""

    label: Sentence
    hits: tuple[Hit, ...]


_PROVIDERS: dict[str, tuple[Sentence, Provider]] = {}


def add_provider(name: str, label: Sentence, provider: Provider) -> None:
    """Let an area answer what is typed.

    Args:
        name: unique; one of the same name is replaced.
        label: heading above its hits, such as 人员.
        provider: gives hits within the reader's own scope, the best first. It is asked with
            what was typed, never empty, at most ``MOST_TYPED`` characters.
    """
    _PROVIDERS[name] = label, provider


def find(request: HttpRequest, typed: str) -> list[Group]:
    """Return what every provider finds; the areas themselves while nothing is typed."""
    query = " ".join(typed.replace("\x00", " ").split())[:MOST_TYPED]
    groups = [Group(zh("栏目"), tuple(_areas(request, query)))]
    if query:
        for label, provider in _PROVIDERS.values():
            groups.append(Group(label, tuple(islice(provider(request, query), MOST_HITS))))
    return [group for group in groups if group.hits]


def _areas(request: HttpRequest, query: str) -> Iterable[Hit]:
    for entry in [*navigation.entries(request), *navigation.entries(request, is_own=True)]:
        if query.lower() in say(entry.label).lower():
            yield Hit(entry.label, reverse(entry.view))
