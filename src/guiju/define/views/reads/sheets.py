"""One power with all that its page shows; a known number of queries, however long the lists are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.fields.json import KT

from guiju.base.org.reads.staffing import staffing
from guiju.core.lists.facts import PostFacts
from guiju.core.lists.model import Item
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.proof import LEAST, FlowProof, proof_of
from guiju.core.lists.sheet import PowerSheet, sheet_of
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import post_facts
from guiju.define.lists.reads.items import Related, of_power
from guiju.define.lists.reads.kept import Kept
from guiju.define.lists.rows import item_of

_PARTS: Kept[Mapping[str, tuple[Related, ...]]] = Kept(64)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post of the page with who holds it on the day and who stands in.

    Attributes:
        reference: of the post; empty for one that the unit does not have, such as a meeting.
    """

    name: str
    reference: str = ""
    holders: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Whether the unit has the post and nobody acts in it."""
        return bool(self.reference) and not (self.holders or self.deputies)


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A power's page.

    Attributes:
        proof: what is proved of its flow; None without one.
        wanted: how many people must take part at least, as the profile has it for the grade.
        held: the posts that hold the power.
        parts: the sub-items of a main item (子项), in the order of the table.
    """

    sheet: PowerSheet
    profile: Profile
    proof: FlowProof | None
    wanted: int
    held: tuple[HeldPost, ...]
    parts: tuple[Related, ...] = ()


def sheet_for(edition: Edition, code: str, on: date) -> FoundSheet | None:
    """Return a power of an edition on a day; None where there is none of that code.

    The edition's unit must have been read with it. At most five queries, and one more for each
    new revision of the edition.
    """
    items = of_power(edition, code)
    power = next((one for one in items if isinstance(one, Power) and one.code == code), None)
    if power is None:
        return None
    main = of_power(edition, power.parent) if power.parent else []
    sheet = sheet_of(power, items, main, negatives=_negatives(edition, power))
    profile = profile_of(edition)
    staffed = staffing(edition.unit.path, on, {*sheet.posts, *_holding(power)})
    posts = post_facts(staffed).named_posts
    references = {one.name: one.reference for one in reversed(staffed)}
    graph = sheet.flow.graph if sheet.flow else None
    proof = proof_of(graph, posts, on) if graph and graph.nodes else None
    held = tuple(_held(name, posts, references, on) for name in _holding(power))
    wanted = profile.least_people.get(sheet.grade or 0, LEAST)
    parts = _parts_in(edition).get(code, ())
    return FoundSheet(sheet, profile, proof, wanted, held, parts)


def _parts_in(edition: Edition) -> Mapping[str, tuple[Related, ...]]:
    """Return the sub-items of each main item; one query for each revision of an edition."""

    def work() -> Mapping[str, tuple[Related, ...]]:
        kind = ItemKind.POWER
        rows = models.Item.objects.filter(edition=edition, kind=kind.value).order_by("place")
        found: dict[str, tuple[Related, ...]] = {}
        for code, title, main in rows.values_list("code", "title", KT("content__parent")):
            if main:
                found[main] = (*found.get(main, ()), Related(kind, code, title))
        return found

    return _PARTS.of((edition.reference, edition.revision), work)


def _holding(power: Power) -> Sequence[str]:
    return [one for one in dict.fromkeys((power.post, power.leader)) if one]


def _held(
    name: str, posts: Mapping[str, PostFacts], references: dict[str, str], on: date
) -> HeldPost:
    post = posts.get(name)
    if post is None:
        return HeldPost(name)
    holders = tuple(dict.fromkeys(one.person for one in post.present(on)))
    return HeldPost(name, references.get(name, ""), holders, tuple(dict.fromkeys(post.deputies)))


def _negatives(edition: Edition, power: Power) -> list[Item]:
    """Return what the posts that hold the power must not do; one query."""
    rows = models.Item.objects.filter(
        edition=edition, kind=ItemKind.NEGATIVE.value, post__in=_holding(power)
    )
    return [item_of(row) for row in rows.only("kind", "content").order_by("place")]
