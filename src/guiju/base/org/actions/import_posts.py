"""Taking in the posts of a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from guiju.base.org.actions.index import Index, Known
from guiju.base.org.events import POST_ABOLISHED, POST_CHANGED, POST_FOUNDED
from guiju.base.org.models import Post, PostConflict
from guiju.base.org.told import Said, difference, post_columns, said
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, new_reference
from guiju.core.organisation.changes import Changes
from guiju.core.organisation.rows import PostRow

Pair = tuple[PostRow, PostRow]
"""A post as it is on record, and as it will be."""

_BATCH = 500


def apply(changes: Changes, index: Index, *, by: Actor, at: datetime) -> None:
    """Found the new posts, then change the others; new ones may be named by them."""
    new: list[PostRow] = []
    changed: list[Pair] = []
    for one in changes.rows:
        if isinstance(one.row, PostRow):
            if isinstance(one.before, PostRow):
                changed.append((one.before, one.row))
            else:
                new.append(one.row)
    if new:
        _found(new, index, by=by, at=at)
    if changed:
        _change(changed, index, by=by, at=at)


def _found(rows: Sequence[PostRow], index: Index, *, by: Actor, at: datetime) -> None:
    made, drafts = [], []
    for row in rows:
        columns, unit = post_columns(row), index.units[row.unit]
        post = Post(reference=new_reference("post"), unit=unit, **columns)
        made.append(post)
        drafts.append(
            POST_FOUNDED(
                object=post.reference,
                name=post.name,
                code=post.code,
                unit=unit.reference,
                level=post.leader_level,
                date=str(row.founded or ""),
                facts=said({**columns, "incompatible": list(row.incompatible)}),
            )
        )
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        for post in Post.objects.bulk_create(made):
            index.posts[post.code] = Known(post.number, post.reference, post.unit_id)
        PostConflict.objects.bulk_create(_conflicts(rows, index))


def _change(pairs: Sequence[Pair], index: Index, *, by: Actor, at: datetime) -> None:
    made = [
        Post(number=index.posts[after.code].number, **post_columns(after)) for _, after in pairs
    ]
    drafts = [draft for before, after in pairs for draft in _drafts(before, after, index)]
    columns = [name for name in post_columns(pairs[0][1]) if name != "code"]
    named = [after for before, after in pairs if before.incompatible != after.incompatible]
    with recording(drafts[0], by=by, at=at) as passage:
        for draft in drafts[1:]:
            passage.add(draft)
        Post.objects.bulk_update(made, columns, batch_size=_BATCH)
        for start in range(0, len(named), _BATCH):
            numbers = [index.posts[row.code].number for row in named[start : start + _BATCH]]
            PostConflict.objects.filter(one__in=numbers).delete()
        PostConflict.objects.bulk_create(_conflicts(named, index))


def _drafts(before: PostRow, after: PostRow, index: Index) -> list[Draft]:
    """Return the events of one changed post; that it ends is one of its own."""
    reference = index.posts[after.code].reference
    was, now = difference(_all(before), _all(after))
    drafts = []
    if was.pop("abolished_date", None) != (ended := now.pop("abolished_date", None)):
        drafts.append(
            POST_ABOLISHED(object=reference, name=after.name, date=ended or "", document="")
        )
    if now or not drafts:
        drafts.append(POST_CHANGED(object=reference, code=after.code, before=was, after=now))
    return drafts


def _all(row: PostRow) -> Said:
    return {**post_columns(row), "incompatible": list(row.incompatible)}


def _conflicts(rows: Sequence[PostRow], index: Index) -> list[PostConflict]:
    return [
        PostConflict(one_id=index.posts[row.code].number, other_id=index.posts[other].number)
        for row in rows
        for other in dict.fromkeys(row.incompatible)
    ]
