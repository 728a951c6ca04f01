"""Founding, correcting and abolishing posts (S0-06, S0-07, S0-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from guiju.base.org import checks, facts, find, policies
from guiju.base.org.actions import closing, tree
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import POST_CHANGED, POST_FOUNDED
from guiju.base.org.models import Appointment, Post, PostConflict, Unit
from guiju.base.org.told import difference, post_columns, post_row, said
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.rows import Organisation, PostRow
from guiju.core.sentence import zh


def found_post(*, row: PostRow, by: Actor, at: datetime) -> Post:
    """Found a post in the unit whose code ``row.unit`` names.

    Raises:
        Invalid: ORG-25 to ORG-51 for a row that is not in order, as in a table.
        Conflict: ORG-02 for a code that is taken, ORG-08.
        Denied: what ``recording`` raises.
    """
    unit = Unit.objects.filter(code=row.unit).first()
    others = _named(row)
    _require_in_order(row, unit, others)
    if unit is None:
        raise Invalid("ORG-01", zh("找不到岗位所属的单位。请从组织树选择单位。"))
    columns = post_columns(row)
    post = Post(reference=new_reference("post"), unit=unit, **columns)
    draft = POST_FOUNDED(
        object=post.reference,
        name=post.name,
        code=post.code,
        unit=unit.reference,
        level=post.leader_level,
        date=str(row.founded or ""),
        facts={**said(columns), "incompatible": sorted(one.reference for one in others)},
    )
    with checks.unless_taken(), recording(draft, by=by, at=at):
        find.hold(unit)
        post.save(force_insert=True)
        PostConflict.objects.bulk_create([pair(post, other) for other in others])
    return post


def change_post(*, post: str, row: PostRow, by: Actor, at: datetime) -> None:
    """Correct what is registered of a post: all but its unit and its last day.

    Raises:
        Invalid: ORG-01, ORG-66 when nothing changes; ORG-25 to ORG-51 as in a table.
        Denied: ORG-15, ORG-16 when its holders could not hold it any more; what ``recording``
            raises.
        Conflict: ORG-02 for a code that is taken, ORG-08.
    """
    found = find.found(Post, post)
    kept = post_row(found, found.unit.code, incompatible(found))
    wanted = replace(row, unit=kept.unit, abolished=kept.abolished, unsaid=frozenset())
    others = _named(wanted)
    _require_in_order(wanted, found.unit, others)
    before = {**post_columns(kept), "incompatible": sorted(kept.incompatible)}
    after = {**post_columns(wanted), "incompatible": sorted(wanted.incompatible)}
    if before == after:
        raise tree.nothing_changes()
    was, now = difference(before, after)
    draft = POST_CHANGED(object=post, code=found.code, before=was, after=now)
    with checks.unless_taken(), recording(draft, by=by, at=at):
        find.hold(found.unit, found)
        Post.objects.filter(number=found.number).update(**post_columns(wanted))
        PostConflict.objects.filter(one=found).delete()
        PostConflict.objects.bulk_create([pair(found, other) for other in others])
        _require_holders_in_order(found)


def abolish_post(*, post: str, reform: Reform, by: Actor, at: datetime) -> None:
    """Abolish a post from a day on.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 on the day of its founding.
        Denied: ORG-06 when it is no more, ORG-19 while somebody holds it then; what
            ``recording`` raises.
    """
    document = checks.text(reform.document, label=zh("文号"), most=100)
    found = find.found(Post, post)
    find.require_endable(found, reform.on)
    held = Appointment.objects.filter(Q(end_date=None) | Q(end_date__gt=reform.on), post=found)
    if held.exists():
        raise Denied(
            "ORG-19",
            zh(
                "「{post}」到 {day} 还有人任职。请先结束任职，再撤销岗位。",
                post=found.name,
                day=str(reform.on),
            ),
        )
    closing.abolish(found, Reform(reform.on, document), by=by, at=at)


def incompatible(post: Post) -> tuple[str, ...]:
    """Return the codes of the posts of which this one says that nobody may hold both."""
    pairs = PostConflict.objects.filter(one=post).order_by("other__code")
    return tuple(pairs.values_list("other__code", flat=True))


def pair(post: Post, other: Post) -> PostConflict:
    """Return the row by which a post says that nobody may hold it with another."""
    return PostConflict(one=post, other=other)


def _named(row: PostRow) -> list[Post]:
    return list(Post.objects.filter(code__in=row.incompatible).select_related("unit"))


def _require_in_order(row: PostRow, unit: Unit | None, others: list[Post]) -> None:
    known = Organisation(
        units=tree.known_line(unit).units,
        posts=tuple(post_row(one, one.unit.code, ()) for one in others),
    )
    checks.require_in_order(Organisation(posts=(row,)), known)


def _require_holders_in_order(post: Post) -> None:
    """Refuse a change after which somebody would hold what cannot be held together."""
    post.refresh_from_db()
    own, conflicts = facts.seat(post), facts.conflicts_of(post)
    for one in Appointment.objects.filter(post=post).select_related("person"):
        held = facts.held_by(one.person)
        mine = [each for each in held if each.seat.reference == post.reference]
        for other in held:
            if other.seat.reference == post.reference:
                continue
            if any(each.period.overlaps(other.period) for each in mine):
                refusal = policies.may_hold_together(own, other.seat, conflicts)
                if refusal is not None:
                    raise refusal
