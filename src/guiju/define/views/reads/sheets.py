"""One power with all that its page shows; at most five queries, however long the lists are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
from guiju.define.lists.reads.items import of_power
from guiju.define.lists.rows import item_of


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
    """

    sheet: PowerSheet
    profile: Profile
    proof: FlowProof | None
    wanted: int
    held: tuple[HeldPost, ...]


def sheet_for(edition: Edition, code: str, on: date) -> FoundSheet | None:
    """Return a power of an edition on a day; None where there is none of that code.

    The edition's unit must have been read with it.
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
    return FoundSheet(sheet, profile, proof, wanted, held)


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
