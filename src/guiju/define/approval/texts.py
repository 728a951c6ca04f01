"""What people typed, in boxes.

Opinions and remarks lie under their writer's key, what an objection says under a key of its own,
which is destroyed when it must be forgotten.
"""

from __future__ import annotations

from functools import partial

from guiju.base.record import typed
from guiju.define.approval.models import MOST_TEXT

OPINION = "approval_sign.opinion"
REMARK = "approval_comment.text"
OBJECTION = "approval_objection.text"
CONTACT = "approval_objection.contact"
ANSWER = "approval_objection.answer"

checked = partial(typed.checked, code="APPROVAL-01", most=MOST_TEXT)
