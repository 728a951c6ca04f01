"""Where a file waits while its sender goes through the steps, and what they said of it so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from guiju.base.evidence.kept import Kept, Shelf
from guiju.core.errors import Invalid
from guiju.core.plain import made, plain
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.lists import find
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import reached
from guiju.exchange.lists.asked import Asked, CardsAsked, HeadAsked
from guiju.exchange.lists.dictionary import Learned
from guiju.exchange.lists.words import TableKind

_SAID = "said"


def _gone() -> Invalid:
    return Invalid(
        "EDITION-17",
        zh("这份文件已经导入、作废，或搁置超过一小时，没有导入任何内容。请重新上传。"),
    )


SHELF = Shelf("lists.import", "lists", _gone)


@dataclass(frozen=True, slots=True)
class Directions:
    """What the sender said about a file.

    Attributes:
        name: of the file.
        asked: where headers stand, and of what kind their tables are.
        columns: what columns mean that were not known for sure.
    """

    name: str
    asked: Asked = field(default_factory=dict)
    columns: Learned = field(default_factory=dict)


def said_of(token: str, key: str) -> Directions:
    """Return what was said of a file so far.

    Raises:
        Invalid: EDITION-17 when it is gone.
    """
    told = json.loads(SHELF.content_of(token, key, _SAID))
    return Directions(
        told["name"],
        {(sheet, line): _asked_of(one) for sheet, line, one in told["asked"]},
        {TableKind.of(kind): columns for kind, columns in told["columns"].items()},
    )


def say_of(token: str, key: str, said: Directions) -> None:
    """Keep what was said of a file beside it."""
    told = {
        "name": said.name,
        "asked": [[*place, plain(one)] for place, one in said.asked.items()],
        "columns": {kind.value: dict(columns) for kind, columns in said.columns.items()},
    }
    SHELF.put(token, key, _SAID, json.dumps(told).encode())


def _asked_of(told: Mapping[str, object]) -> HeadAsked | CardsAsked:
    return made(HeadAsked, told) if "levels" in told else made(CardsAsked, told)


def joined(one: Learned, other: Learned) -> Learned:
    """Return both, the other going first."""
    found: dict[TableKind, Mapping[str, str]] = dict(one)
    for kind, columns in other.items():
        found[kind] = {**one.get(kind, {}), **columns}
    return found


def draft_at(request: HttpRequest, identity: UUID) -> Edition:
    """Return the draft that an address names, into which the reader may import.

    Raises:
        Http404: as ``frame.reached``.
        Denied: EDITION-02 when it is no draft.
    """
    found = reached(request, identity, Permission.LISTS_EDIT)
    find.require_draft(found)
    return found


def kept_at(request: HttpRequest, edition: Edition, token: str) -> Kept:
    """Return the file that this session sent for an edition under that token.

    Raises:
        Invalid: EDITION-17 when there is none, or no more.
    """
    kept = SHELF.known(request, token, at=timezone.now())
    if kept.about != edition.reference:
        raise SHELF.gone()
    return kept
