"""Posts and people as the sheets of detail pages show them: sentences with their links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guiju.base.org.pages.ways import Day, name_of
from guiju.base.org.reads.holders import Holder
from guiju.base.org.reads.posts import PostShown
from guiju.base.ui.navigation import page_of
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import Sentence, listing, zh


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a post.

    Attributes:
        link: their page, where the reader may open it.
        how: in what way they act in it; empty for simply holding it.
        until: the first day on which it is over.
        functions: which functions are delegated to them, as one text.
    """

    name: Sentence | str
    link: str
    how: Sentence | str
    since: date
    until: date | None
    functions: Sentence | str


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post with those who hold it and those who stand in."""

    post: PostShown
    link: str
    own: tuple[Who, ...]
    standing_in: tuple[Who, ...]


def who(holder: Holder, seen: frozenset[str]) -> Who:
    """Return somebody in a post; ``seen`` are the people whose pages the reader may open."""
    how = holder.kind.label if holder.kind else holder.how.label
    functions = listing(one.label for one in holder.functions)
    return Who(
        name_of(holder.name),
        page_of("org:person", holder.person) if holder.person in seen else "",
        "" if holder.kind and holder.kind.value == "regular" else how,
        holder.start,
        holder.end,
        zh("限{functions}", functions=functions) if holder.functions else "",
    )


def post_rows(posts: Iterable[PostShown], seen: frozenset[str], day: Day) -> tuple[PostRow, ...]:
    """Return posts as rows; their links stay with the day."""
    return tuple(
        PostRow(
            post,
            page_of("org:post", post.reference) + day.query,
            tuple(who(one, seen) for one in post.holders if one.how is StandIn.HOLDER),
            tuple(who(one, seen) for one in post.holders if one.how is not StandIn.HOLDER),
        )
        for post in posts
    )


def people_in(posts: Iterable[PostShown]) -> frozenset[str]:
    """Return everybody who acts in one of the posts."""
    return frozenset(one.person for post in posts for one in post.holders)
