"""What people typed: checked before it is kept, and read from the box in which it lies."""

from __future__ import annotations

from guiju.base.record import vault
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

ERASED = zh("（已依法删除）")


def checked(text: str, what: Sentence, *, code: str, required: bool = True, most: int) -> str:
    """Return a text of one or more lines without blanks around it.

    Args:
        text: as it was sent.
        what: what people call it.
        code: with which an area refuses it.
        required: whether it must say something.
        most: characters at the most.

    Raises:
        Invalid: with this code, for one that is missing, too long, or holds unseen characters.
    """
    tidy = text.strip().replace("\r\n", "\n")
    is_readable = all(one.isprintable() or one == "\n" for one in tidy)
    if (required and not tidy) or len(tidy) > most or not is_readable:
        words = zh(
            "「{what}」要写明，最多 {most} 个字，不能有控制字符。请改正。", what=what, most=most
        )
        raise Invalid(code, words)
    return tidy


def opened(person: str, place: str, box: bytes | memoryview | None) -> str | Sentence:
    """Return the text in a box; nothing where there is none, a word where it was erased."""
    if box is None:
        return ""
    value = vault.unlock(person, place, bytes(box))
    return value if isinstance(value, str) else ERASED
