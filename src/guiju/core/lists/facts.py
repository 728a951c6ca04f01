"""What the lint has to know beyond the edition: people, statutes, reviews, times of entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from guiju.core.lists.words import BasisStatus
from guiju.core.organisation.words import Function, LeaderLevel


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post; the last day ``until`` is no longer among his (None: no end known)."""

    person: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether he holds the post on ``day``."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """A post of the unit, its holders with their terms, and who may stand in."""

    unit: str = ""
    level: LeaderLevel | None = None
    functions: tuple[Function, ...] = ()
    is_key: bool = False
    most_years: int | None = None
    holders: tuple[Holder, ...] = ()
    deputies: tuple[str, ...] = ()

    def present(self, day: date) -> tuple[Holder, ...]:
        """Return who holds the post on ``day``."""
        return tuple(holder for holder in self.holders if holder.holds_on(day))


@dataclass(frozen=True, slots=True)
class CancelledPower:
    """A power that was cancelled, and by which document (S1-37)."""

    name: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class KnownStatute:
    """What is known of a document that is no longer as it was."""

    status: BasisStatus
    since: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything outside the edition, on the day of the lint.

    Attributes:
        posts: the unit's posts by the names that the lists use; None when nobody keeps them,
            so that posts are not judged at all.
        also: other names of these posts, such as with the unit before, and the name above.
        relatives: pairs of persons who declared to be related; None when nobody may look, so
            that it is not judged.
        cancelled: powers that no longer exist.
        statutes: documents that were amended or repealed, by title without 《》.
        reviews: last day on which a power's risks were looked for, by power code.
        checks: last day on which a control was checked, by control code.
        entries: when an item was entered, by the name of its table and its code.
        elsewhere: risk texts of other units, as ``texts.plain`` writes them, and whose.
        failed_gates: which of the 四不放过 somebody found wanting, and why (S3-16).
    """

    posts: Mapping[str, PostFacts] | None = None
    also: Mapping[str, str] = field(default_factory=dict)
    relatives: frozenset[frozenset[str]] | None = None
    cancelled: tuple[CancelledPower, ...] = ()
    statutes: Mapping[str, KnownStatute] = field(default_factory=dict)
    reviews: Mapping[str, date] = field(default_factory=dict)
    checks: Mapping[str, date] = field(default_factory=dict)
    entries: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    failed_gates: Mapping[str, str] = field(default_factory=dict)

    @property
    def named_posts(self) -> Mapping[str, PostFacts]:
        """The posts by every name that they have."""
        posts = self.posts or {}
        return {**{other: posts[name] for other, name in self.also.items()}, **posts}
