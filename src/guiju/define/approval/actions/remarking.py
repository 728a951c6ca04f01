"""Remarks on an edition, at an item or at the whole, and answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Invalid
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.define.approval import texts
from guiju.define.approval.events import REMARKED, REMARKED_WHOLE
from guiju.define.approval.models import Comment
from guiju.define.lists import find
from guiju.define.lists.models import CODE


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a remark stands.

    Attributes:
        kind: of the item that it is about; None for the edition as a whole.
        code: of that item; one that is gone from this edition may be spoken of too.
        answers: the remark that it answers, which gives it its place; empty for none.
    """

    kind: ItemKind | None = None
    code: str = ""
    answers: str = ""


WHOLE = Spot()


def remark(*, edition: str, text: str, spot: Spot = WHOLE, by: Actor, at: datetime) -> Comment:
    """Say something about an edition; whoever may open it reads it.

    Args:
        edition: its reference.
        text: what is said.
        spot: where it stands.
        by: who says it.
        at: when.

    Raises:
        Invalid: EDITION-01; APPROVAL-01 for the text; APPROVAL-25 for a remark of another
            edition, or a code that is none.
        Denied: what ``recording`` raises.
    """
    kind, code, answers = spot.kind, spot.code, spot.answers
    found, said = find.edition_at(edition), texts.checked(text, zh("留言"))
    above = Comment.objects.filter(edition=found, reference=answers).first() if answers else None
    if (answers and above is None) or len(code) > CODE or (kind is None) != (not code):
        raise Invalid("APPROVAL-25", zh("没有找到要留言的地方，可能已经变动。请刷新页面再写。"))
    row = Comment(
        reference=new_reference("comment"),
        edition=found,
        kind=above.kind if above else kind.value if kind else "",
        code=above.code if above else code,
        person=by.person,
        text=vault.lock(by.person, texts.REMARK, said),
        answers=above,
        at=at,
    )
    personal = Personal(by.person, said)
    draft = (
        REMARKED(object=edition, kind=row.kind, code=row.code, text=personal)
        if row.kind
        else REMARKED_WHOLE(object=edition, text=personal)
    )
    with recording(draft, by=by, at=at):
        row.save(force_insert=True)
    return row
