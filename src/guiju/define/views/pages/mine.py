"""我的权力: everything in the lists that binds my posts today (S0-13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.reads.own_posts import OwnPost, own_posts
from guiju.base.ui import dates
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of, standing
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, area_tabs
from guiju.define.views.pages.frame import area_way, edition_note
from guiju.define.views.pages.tied import TiedGroup, groups_of
from guiju.define.views.reads.bound import Bound, bound, times_bound
from guiju.define.views.reads.current import nearest


@dataclass(frozen=True, slots=True)
class MyPost:
    """One of the reader's posts with all that binds it.

    Attributes:
        edition: by which lists; None where its unit has none that the reader may see.
    """

    name: str
    unit: str
    how: Sentence
    edition: Sentence | None
    link: str
    groups: Sequence[TiedGroup]


@needs(Permission.LISTS_READ)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's posts, each with its powers, steps, risks, controls, duties and bars."""
    person, today = standing(request).person, timezone.localdate()
    held = own_posts(person, today)
    editions = nearest({one.path for one in held}, scope_of(request, Permission.LISTS_READ), person)
    found = bound(_asked(held, editions)) if editions else []
    label = zh("我的权力")
    context = {
        "tabs": area_tabs(request, "views:mine"),
        "way": area_way(label),
        "heading": label,
        "today": today,
        "posts": [_mine(one, editions.get(one.path), found) for one in held],
    }
    return render(request, "views/mine.html", context)


def _asked(held: Iterable[OwnPost], editions: dict[str, Edition]) -> dict[Edition, list[str]]:
    asked: dict[Edition, list[str]] = {}
    for one in held:
        if one.path in editions:
            asked.setdefault(editions[one.path], []).extend(names_of(one))
    return asked


def names_of(post: OwnPost) -> tuple[str, ...]:
    """Return how lists may name a post: by its name, with its unit before it, by its code."""
    return post.name, f"{post.unit_name}{post.name}", post.code


def _mine(post: OwnPost, edition: Edition | None, found: Iterable[Bound]) -> MyPost:
    names = names_of(post)
    own = [one for one in found if one.edition == edition and one.binding.post in names]
    return MyPost(
        post.name,
        post.unit_name,
        _how(post),
        edition_note(edition) if edition else None,
        address("lists:edition", edition) if edition else "",
        groups_of(own, times_bound(edition, names) if edition else {}),
    )


def _how(post: OwnPost) -> Sentence:
    if post.how is StandIn.DELEGATE and post.until:
        return zh("{how}，到{day}", how=post.how.label, day=dates.day(post.until))
    return post.how.label
