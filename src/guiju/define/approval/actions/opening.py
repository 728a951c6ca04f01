"""Opening how whoever objected can be reached: for a reason, with an event of its own."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record import typed
from guiju.base.record.actor import Actor
from guiju.base.record.unsealing import Opening, Unsealing, unsealing
from guiju.core.sentence import Sentence
from guiju.core.terms import SealedItem
from guiju.define.approval import texts
from guiju.define.approval.find import objection_at


def open_contact(*, objection: str, what: Opening, by: Actor, at: datetime) -> str | Sentence:
    """Return how whoever objected can be reached; empty where they did not say.

    Raises:
        Invalid: APPROVAL-07; SEALED-01, SEALED-02 for the reason.
        Denied, Conflict: as ``unsealing``.
    """
    found = objection_at(objection)
    asked = Unsealing(objection, SealedItem.CONTACT, what.reason, objection, what.bar)
    with unsealing(asked, by=by, at=at, key=what.form):
        return typed.opened(objection, texts.CONTACT, found.contact)
