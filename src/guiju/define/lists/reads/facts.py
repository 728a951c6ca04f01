"""What the checks have to know beyond an edition, from the organisation and other editions.

Declared relatives are sealed and are not looked at here: a finding would tell whoever keeps
lists what was declared in confidence. Whoever may open them has that one check run by itself
(``actions.relatives``); the report says that it did not look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from guiju.base.org.reads.staffing import StaffedPost, staffing
from guiju.core.lists.facts import CancelledPower, Facts, Holder, PostFacts
from guiju.core.lists.states import IN_USE
from guiju.core.lists.texts import plain
from guiju.core.lists.words import EditionState, ItemKind, PowerState
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.kept import Kept

More = Callable[[Edition, Facts, date], Facts]
_MORE: list[More] = []
_TEXTS: Kept[dict[str, str]] = Kept(16)


def add_facts(more: More) -> None:
    """Let an area add what it knows: reviews of risks, checks of controls, failed gates."""
    _MORE.append(more)


def facts_for(edition: Edition, on: date) -> Facts:
    """Return the facts by which an edition is judged on a day; four queries.

    The unit must have been read with it.
    """
    facts = replace(
        post_facts(staffing(edition.unit.path, on)),
        cancelled=_cancelled(edition),
        elsewhere=_elsewhere(edition),
    )
    for more in _MORE:
        facts = more(edition, facts, on)
    return facts


def post_facts(staffed: Sequence[StaffedPost]) -> Facts:
    """Return what is known of posts alone, by their names and with their units before them."""
    also = {f"{one.unit_name}{one.name}": one.name for one in staffed}
    return Facts(posts=_posts(staffed), also=also)


def _posts(staffed: Iterable[StaffedPost]) -> dict[str, PostFacts]:
    """Return posts by their names.

    Posts of several offices that bear one name are one under that name, held by all their
    holders; people of one name are told apart by their codes.
    """
    posts = list(staffed)
    said = called_in(posts)
    found: dict[str, PostFacts] = {}
    for post in posts:
        own = tuple(Holder(said[h.person], h.start, h.end) for h in post.own)
        told = PostFacts(
            unit=post.unit_name,
            level=post.level,
            functions=post.functions,
            is_key=post.is_key,
            most_years=post.years,
            holders=own,
            deputies=tuple(said[h.person] for h in post.standing_in),
        )
        known = found.get(post.name)
        found[post.name] = _both(known, told) if known else told
    return found


def called_in(staffed: Iterable[StaffedPost]) -> dict[str, str]:
    """Return what the checks call the people of these posts, by their references."""
    people = {h.person: h for post in staffed for h in post.holders}
    names = Counter(h.name for h in people.values())
    return {person: _said(h.name, h.code, names) for person, h in people.items()}


def _said(name: str, code: str, names: Counter[str]) -> str:
    return f"{name}（{code}）" if names[name] > 1 or not name else name


def _both(one: PostFacts, other: PostFacts) -> PostFacts:
    return replace(
        one,
        holders=(*one.holders, *other.holders),
        deputies=(*one.deputies, *other.deputies),
    )


def _cancelled(edition: Edition) -> tuple[CancelledPower, ...]:
    """Return powers of the unit's older editions that were repealed (S1-37)."""
    rows = Item.objects.filter(
        edition__unit=edition.unit_id,
        edition__ordinal__lt=edition.ordinal,
        kind=ItemKind.POWER.value,
        state=PowerState.REPEALED.value,
    ).exclude(edition__state=EditionState.GIVEN_UP.value)
    told = rows.values_list("title", "edition__title").distinct().order_by("title")
    return tuple(CancelledPower(name, where) for name, where in told)


def _elsewhere(edition: Edition) -> dict[str, str]:
    """Return the risk texts of other units' lists in use, and whose they are (S4-40).

    Lists in use do not change, so their texts are read once for as long as the same are in use.
    """
    used = Edition.objects.filter(state__in=[one.value for one in IN_USE])
    others = used.exclude(unit=edition.unit_id).order_by("number")
    whose = dict(others.values_list("reference", "unit__name"))
    return _TEXTS.of(tuple(whose.items()), lambda: _texts_of(whose))


def _texts_of(whose: Mapping[str, str]) -> dict[str, str]:
    rows = Item.objects.filter(kind=ItemKind.RISK.value, edition__reference__in=list(whose))
    found: dict[str, str] = {}
    for text, edition in rows.order_by("number").values_list("title", "edition__reference"):
        found.setdefault(plain(text), whose[edition])
    return found
