"""What people typed, in boxes.

Opinions and remarks lie under their writer's key, what an objection says under a key of its own,
which is destroyed when it must be forgotten.
"""

from __future__ import annotations

from guiju.base.record import vault
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.define.approval.models import MOST_TEXT

OPINION = "approval_sign.opinion"
REMARK = "approval_comment.text"
OBJECTION = "approval_objection.text"
CONTACT = "approval_objection.contact"
ANSWER = "approval_objection.answer"

ERASED = zh("（已依法删除）")


def checked(text: str, what: Sentence, *, required: bool = True, most: int = MOST_TEXT) -> str:
    """Return a text without blanks around it.

    Raises:
        Invalid: APPROVAL-01 for one that is missing, too long, or holds unseen characters.
    """
    tidy = text.strip().replace("\r\n", "\n")
    is_readable = all(one.isprintable() or one == "\n" for one in tidy)
    if (required and not tidy) or len(tidy) > most or not is_readable:
        raise Invalid(
            "APPROVAL-01",
            zh(
                "「{what}」要写明，最多 {most} 个字，不能有控制字符。请改正。", what=what, most=most
            ),
        )
    return tidy


def sealed(person: str, place: str, text: str) -> bytes:
    """Return the box with a text.

    Raises:
        Denied: RECORD-20 when the person's data was erased.
    """
    return vault.lock(person, place, text)


def opened(person: str, place: str, box: bytes | memoryview | None) -> str | Sentence:
    """Return what is in a box; nothing where there is none, a word where it was erased."""
    if box is None:
        return ""
    value = vault.unlock(person, place, bytes(box))
    return value if isinstance(value, str) else ERASED
