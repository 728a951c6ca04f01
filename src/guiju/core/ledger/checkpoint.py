"""Checkpoints: which tree a log vouches for (C2SP tlog-checkpoint, "Note text")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.ledger.keys import Key, Signed, Verifier, signed_by
from guiju.core.ledger.lines import (
    HASH_SIZE,
    MOST_LEAVES,
    is_text,
    read_decimal,
    read_hash,
    to_base64,
)
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.tree import TreeHead
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The text of a checkpoint.

    Attributes:
        origin: which log, its unique name.
        head: size and root of its tree.
        extensions: further lines, opaque; the document advises against them.

    Raises:
        Invalid: LEDGER-40 when it could not be written as the document demands.
    """

    origin: str
    head: TreeHead
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        fits = 0 <= self.head.size <= MOST_LEAVES and len(self.head.root) == HASH_SIZE
        if not fits or not all(map(_is_line, lines)):
            raise _no_checkpoint()

    def text(self) -> str:
        """Return the text that is signed."""
        root = to_base64(self.head.root)
        return "\n".join((self.origin, str(self.head.size), root, *self.extensions, ""))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint.

    Raises:
        Invalid: LEDGER-40 when a line is missing or empty, LEDGER-10 to LEDGER-12 for
            a size or root that is none.
    """
    *lines, rest = text.split("\n")
    if rest or len(lines) < 3 or not all(lines):
        raise _no_checkpoint()
    head = TreeHead(read_decimal(lines[1], line=2), read_hash(lines[2], line=3))
    return Checkpoint(lines[0], head, tuple(lines[3:]))


def open_checkpoint(
    data: bytes, *, origin: str, keys: Iterable[Key], verify: Verifier
) -> tuple[Checkpoint, tuple[Signed, ...]]:
    """Read a signed checkpoint of one log and say which of the keys signed it.

    Raises:
        Invalid: what ``parse_note``, ``parse_checkpoint`` and ``signed_by`` raise, and
            LEDGER-41 when it is of another log.
    """
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != origin:
        raise Invalid(
            "LEDGER-41",
            zh(
                "检查点属于「{found}」，不属于「{wanted}」。请取用对应记录的检查点。",
                found=checkpoint.origin,
                wanted=origin,
            ),
        )
    return checkpoint, signed_by(note, keys, verify)


def _is_line(text: str) -> bool:
    return text != "" and "\n" not in text and is_text(text)


def _no_checkpoint() -> Invalid:
    return Invalid(
        "LEDGER-40",
        zh("检查点应依次写明记录名称、条数、根摘要，每行不空。请取回原来的文件再试。"),
    )
