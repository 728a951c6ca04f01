"""Posts with their holders, one post's page, the list of key posts, and posts nobody holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from guiju.base.org.models import Appointment, Post, PostConflict, Unit
from guiju.base.org.policies import STANDING_IN
from guiju.base.org.reads.holders import Holder, PastHolder, history, holders_in, holders_of
from guiju.base.org.reads.within import listed, living, running, within
from guiju.base.ui.paging import SIZE, Page, Place
from guiju.core.access import Scope
from guiju.core.organisation.words import Function, LeaderLevel

_LEVELS = {level.value: place for place, level in enumerate(LeaderLevel)}


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post in lists, with who holds it on the day.

    Attributes:
        years: the longest tenure in years; None without a limit.
    """

    reference: str
    code: str
    name: str
    unit: str
    unit_name: str
    level: LeaderLevel | None
    is_key: bool
    years: int | None
    functions: tuple[Function, ...]
    barred: tuple[Function, ...]
    founded: date | None
    abolished: date | None
    unit_number: int
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class PostPage:
    """All that a post's page shows.

    Attributes:
        incompatible: posts that nobody may hold with it: reference, name, reason.
        history: everybody who was ever appointed, the latest first.
    """

    post: PostShown
    duties: str
    incompatible: tuple[tuple[str, str, str], ...]
    history: tuple[PastHolder, ...]


@dataclass(frozen=True, slots=True)
class KeyList:
    """The key units and key posts with those who hold them (S1-05: 重点科室、岗位、人员).

    Attributes:
        units: reference and name.
        posts: with their holders, who are the key persons.
    """

    units: tuple[tuple[str, str], ...]
    posts: tuple[PostShown, ...]

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """The key persons, reference and name, each once."""
        return tuple({one.person: one.name for post in self.posts for one in post.holders}.items())


def post_page(reference: str, scope: Scope, *, on: date) -> PostPage | None:
    """Return a post with all that its page shows, None outside of the scope; four queries."""
    rows = Post.objects.filter(within(scope, "unit__path"), reference=reference)
    post = rows.select_related("unit").first()
    if post is None:
        return None
    pairs = PostConflict.objects.filter(Q(one=post) | Q(other=post)).select_related("one", "other")
    others = {one.other if one.one_id == post.pk else one.one: one.reason for one in pairs}
    held = holders_of([reference], on).get(reference, ())
    return PostPage(
        _shown(post, held),
        post.duties,
        tuple((other.reference, other.name, reason) for other, reason in others.items()),
        history(reference),
    )


def posts_in(units: Iterable[int], on: date) -> tuple[PostShown, ...]:
    """Return the posts of units, given by number, heads first, with holders; two queries."""
    numbers = list(units)
    rows = Post.objects.filter(living(on), unit__in=numbers).select_related("unit")
    return _with_holders(rows, holders_in(Q(post__unit__in=numbers), on))


def posts(
    scope: Scope, *, on: date, search: str = "", place: Place | None = None, size: int = SIZE
) -> Page[PostShown]:
    """Return posts by name, those whose name or code contains or begins with a text.

    One query, and one for the holders.
    """
    rows = Post.objects.filter(within(scope, "unit__path"), living(on)).select_related("unit")
    text = search.strip()
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(code__startswith=text))
    found = listed(rows, "name", place, show=lambda one: one, size=size)
    held = holders_of([one.reference for one in found.rows], on)
    shown = tuple(_shown(one, held.get(one.reference, ())) for one in found.rows)
    return Page(shown, found.newer, found.older)


def key_list(scope: Scope, *, on: date) -> KeyList:
    """Return key units, key posts and who holds them (S0-07, S1-05); three queries."""
    units = Unit.objects.filter(within(scope, "path"), living(on), is_key=True)
    rows = Post.objects.filter(within(scope, "unit__path"), living(on), is_key=True)
    held = holders_in(Q(post__is_key=True) & within(scope, "post__unit__path"), on)
    return KeyList(
        tuple(units.order_by("code").values_list("reference", "name")),
        _with_holders(rows.select_related("unit"), held),
    )


def vacancies(
    scope: Scope, *, on: date, key_only: bool = False, place: Place | None = None
) -> Page[PostShown]:
    """Return posts that nobody holds on a day, by code (S0-08); two queries.

    Who stands in is shown with them: that somebody is acting fills no post.
    """
    acting = [kind.value for kind in STANDING_IN]
    held = Appointment.objects.filter(running(on), post=OuterRef("pk")).exclude(kind__in=acting)
    rows = Post.objects.filter(within(scope, "unit__path"), living(on), ~Exists(held))
    if key_only:
        rows = rows.filter(is_key=True)
    found = listed(rows.select_related("unit"), "code", place, show=lambda one: one)
    standing = holders_of([one.reference for one in found.rows], on)
    shown = tuple(_shown(one, standing.get(one.reference, ())) for one in found.rows)
    return Page(shown, found.newer, found.older)


def _with_holders(
    rows: QuerySet[Post], held: dict[str, tuple[Holder, ...]]
) -> tuple[PostShown, ...]:
    ordered = sorted(
        rows, key=lambda one: (one.unit.path, _LEVELS.get(one.leader_level, 9), one.code)
    )
    return tuple(_shown(one, held.get(one.reference, ())) for one in ordered)


def _shown(post: Post, held: tuple[Holder, ...]) -> PostShown:
    return PostShown(
        post.reference,
        post.code,
        post.name,
        post.unit.reference,
        post.unit.name,
        LeaderLevel.of(post.leader_level) if post.leader_level else None,
        post.is_key,
        post.longest_tenure_years,
        tuple(map(Function.of, post.functions)),
        tuple(map(Function.of, post.barred_functions)),
        post.founded_date,
        post.abolished_date,
        post.unit.number,
        held,
    )
