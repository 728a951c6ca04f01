"""One edition: where it stands, what it holds, how complete it is, what may be done with it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Definition
from guiju.base.ui.reader import scope_of, standing
from guiju.core.lists.fields import label
from guiju.core.lists.model import TABLES
from guiju.core.lists.profile import Profile
from guiju.core.lists.score import Score
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, deeds, full_name, head, reached
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.checks import score_of
from guiju.define.lists.reads.editions import other_editions
from guiju.define.lists.reads.items import grouped

_MOST_GAPS = 12


@needs(Permission.LISTS_READ)
@require_safe
def edition(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the edition."""
    found = reached(request, identity)
    frame = head(request, found, "lists:edition")
    counts: dict[ItemKind, int] = frame["counts"]  # type: ignore[assignment] # head makes it so
    counted, profile = score_of(found, sum(counts.values())), profile_of(found)
    shown = frame | {
        "tables": [
            (kind, counts.get(kind, 0), address("lists:table", found, kind.value))
            for kind in ItemKind
        ],
        "kinds": kinds_of(found, profile),
        "sheet": _sheet(found, profile),
        "score": counted,
        "gaps": gaps_of(counted) if counted else (),
        "deeds": deeds(request, found),
        "others": [
            (full_name(one), reverse("lists:edition", args=[one.reference.partition(":")[2]]), one)
            for one in other_editions(
                scope_of(request, Permission.LISTS_READ), standing(request).person, found
            )
        ],
    }
    return render(request, "lists/edition.html", shown)


@needs(Permission.LISTS_READ)
@require_safe
def history(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what happened to the edition, from the record."""
    found = reached(request, identity)
    return render(request, "lists/history.html", head(request, found, "lists:history"))


def kinds_of(edition: Edition, profile: Profile) -> list[tuple[Sentence | str, int, str]]:
    """Return how many powers of each kind there are, with the list of them (S0-04)."""
    link = address("lists:table", edition, ItemKind.POWER.value)
    return [
        (profile.kind_label(kind) or kind or zh("没有写类型"), count, _of_kind(link, kind))
        for kind, count in grouped(edition, ItemKind.POWER).items()
    ]


def _of_kind(link: str, kind: str) -> str:
    return f"{link}?{urlencode({'group': kind})}" if kind else link


def gaps_of(counted: Score) -> list[tuple[Sentence, Sentence | str, int]]:
    """Return where most places are open: table, field, how many."""
    most = sorted(counted.gaps.items(), key=lambda one: -one[1])[:_MOST_GAPS]
    return [(kind.label, _place(kind, field), count) for (kind, field), count in most]


_TABLES = {name: kind for kind, name in TABLES.items()}
_STEPS = {"post": zh("步骤的岗位"), "limit": zh("步骤的时限"), "phase": zh("步骤的阶段")}


def _place(kind: ItemKind, field: str) -> Sentence | str:
    """Return what is not filled: a field, what a step says, or what should lead to the item."""
    if kind is ItemKind.FLOW and field in _STEPS:
        return _STEPS[field]
    return _TABLES[field].label if field in _TABLES else label(kind, field)


def _sheet(edition: Edition, profile: Profile) -> tuple[Definition, ...]:
    older = edition.based_on
    return (
        Definition(zh("单位"), edition.unit.name, _unit_page(edition)),
        Definition(zh("配置"), profile.name or edition.profile),
        Definition(
            zh("依据的版本"),
            full_name(older) if older else None,
            address("lists:edition", older) if older else "",
        ),
        Definition(zh("生效日期"), edition.valid_from),
        Definition(zh("失效日期"), edition.valid_to),
        Definition(zh("内容摘要"), edition.digest or None),
        Definition(zh("最近改动"), edition.changed_at),
    )


def _unit_page(edition: Edition) -> str:
    return reverse("org:unit", args=[edition.unit.reference.partition(":")[2]])
