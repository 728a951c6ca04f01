"""``.tlog-proof`` files: that an entry was logged and witnessed, checkable offline.

Form and words: C2SP tlog-proof, "Format".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.keys import Signed, Verifier
from guiju.core.ledger.lines import read_base64, read_decimal, read_hash, to_base64
from guiju.core.ledger.note import parse_note, read_text
from guiju.core.ledger.proofs import check_inclusion
from guiju.core.ledger.quorum import Policy, open_cosigned
from guiju.core.ledger.tree import Hasher, hash_leaf, sha256
from guiju.core.sentence import zh

FIRST_LINE = "c2sp.org/tlog-proof@v1"

MOST_STEPS = 63
"""How long a Merkle proof may be: no tree that is read here is higher."""


@dataclass(frozen=True, slots=True)
class LogProof:
    """What stands in a proof file.

    Attributes:
        index: which entry of the log, from 0.
        path: its Merkle inclusion proof, from the leaf's sibling up.
        checkpoint: the signed checkpoint, byte for byte.
        extra: data that nothing vouches for.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def encode(self) -> bytes:
        """Return the file's bytes."""
        extra = (f"extra {to_base64(self.extra)}",) if self.extra else ()
        path = map(to_base64, self.path)
        head = "\n".join((FIRST_LINE, *extra, f"index {self.index}", *path))
        return head.encode() + b"\n\n" + self.checkpoint


def parse_proof(data: bytes) -> LogProof:
    """Read a proof file; nothing in it is verified yet.

    Raises:
        Invalid: LEDGER-50 for what is no proof; what its lines and ``parse_note`` raise.
    """
    head, blank, _ = read_text(data).partition("\n\n")
    lines = head.split("\n")
    has_extra = lines[1:2] and lines[1].startswith("extra ")
    at = 2 if has_extra else 1
    if lines[0] != FIRST_LINE or not blank or not "".join(lines[at : at + 1]).startswith("index "):
        raise _no_proof()
    checkpoint = data[len(head.encode()) + 2 :]
    parse_note(checkpoint)
    return LogProof(
        index=read_decimal(lines[at].removeprefix("index "), line=at + 1),
        path=read_path(lines[at + 1 :], first_line=at + 2),
        checkpoint=checkpoint,
        extra=read_base64(lines[1].removeprefix("extra "), line=2) if has_extra else None,
    )


def read_path(lines: Sequence[str], *, first_line: int) -> tuple[bytes, ...]:
    """Read the hashes of a Merkle proof, one to a line.

    Raises:
        Invalid: LEDGER-11 and LEDGER-12 for a line that is no hash, LEDGER-54 for too many.
    """
    if len(lines) > MOST_STEPS:
        raise Invalid(
            "LEDGER-54",
            zh(
                "证明里有 {count} 行摘要，最多 {most} 行。请重新索取证明。",
                count=len(lines),
                most=MOST_STEPS,
            ),
        )
    return tuple(read_hash(text, line=line) for line, text in enumerate(lines, first_line))


def verify_proof(
    proof: LogProof,
    entry: bytes,
    policy: Policy,
    *,
    verify: Verifier,
    hasher: Hasher = sha256,
) -> tuple[Checkpoint, tuple[Signed, ...]]:
    """Check that the log holds ``entry`` and that enough witnesses saw it there.

    Returns:
        The checkpoint, and which witnesses cosigned it and when.

    Raises:
        Invalid: what ``open_cosigned`` and ``check_inclusion`` raise.
    """
    checkpoint, witnessed = open_cosigned(proof.checkpoint, policy, verify)
    check_inclusion(
        hash_leaf(entry, hasher),
        index=proof.index,
        head=checkpoint.head,
        path=proof.path,
        hasher=hasher,
    )
    return checkpoint, witnessed


def _no_proof() -> Invalid:
    return Invalid(
        "LEDGER-50",
        zh(
            "文件不是记录证明（首行应为 {first}，其后为序号、路径、空行、检查点）。请重新索取。",
            first=FIRST_LINE,
        ),
    )
