"""What people typed, in boxes under their own keys."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.base.record import vault
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

PROPOSAL = "campaigns_proposal.text"
REASON = "campaigns_ask.reason"
REJECTION = "campaigns_proposal.reason"

MOST_TEXT = 500
ERASED = zh("（已依法删除）")


def checked(text: str, what: Sentence, *, required: bool = True, most: int = MOST_TEXT) -> str:
    """Return a text without blanks around it.

    Raises:
        Invalid: CAMPAIGN-01 for one that is missing, too long, or holds unseen characters.
    """
    tidy = text.strip().replace("\r\n", "\n")
    is_readable = all(one.isprintable() or one == "\n" for one in tidy)
    if (required and not tidy) or len(tidy) > most or not is_readable:
        raise Invalid(
            "CAMPAIGN-01",
            zh("「{what}」要写明，最多 {most} 字，不能有控制字符。请改正。", what=what, most=most),
        )
    return tidy


def sealed(person: str, place: str, said: str | Mapping[str, str]) -> bytes:
    """Return the box with what somebody typed.

    Raises:
        Denied: RECORD-20 when the person's data was erased.
    """
    return vault.lock(person, place, said)


def opened(person: str, place: str, box: bytes | memoryview | None) -> str | Sentence:
    """Return a text from its box; nothing where there is none, a word where it was erased."""
    if box is None:
        return ""
    value = vault.unlock(person, place, bytes(box))
    return value if isinstance(value, str) else ERASED


def opened_texts(person: str, box: bytes | memoryview) -> tuple[str, str]:
    """Return text and manifestation of a proposal; both empty where they were erased."""
    value = vault.unlock(person, PROPOSAL, bytes(box))
    said = value if isinstance(value, dict) else {}
    return str(said.get("text", "")), str(said.get("manifestation", ""))
