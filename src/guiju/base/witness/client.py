"""The log's side of C2SP tlog-witness: send a checkpoint, understand what the witness says.

An answer is never taken on trust: a cosignature counts once it is verified, and what a
witness claims to know is a suspicion until its evidence (``fetch_last``) has been looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from http import HTTPStatus

from guiju.base.witness.wire import MOST_BYTES, Reply, Unreachable, exchange
from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import parse_checkpoint
from guiju.core.ledger.keys import Key, Verifier
from guiju.core.ledger.note import (
    SignatureLine,
    SignedNote,
    parse_note,
    parse_signatures,
    read_text,
)
from guiju.core.ledger.witness import (
    SIZE_TYPE,
    WitnessRequest,
    add_cosignatures,
    read_known_size,
)
from guiju.core.sentence import Sentence, zh

TIMEOUT = 10.0
"""Seconds that a witness has to answer."""

Prove = Callable[[int], tuple[bytes, ...]]
"""Gives the consistency proof from a size to the checkpoint's."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A 200: the signature lines that the witness sent, unverified."""

    body: bytes


@dataclass(frozen=True, slots=True)
class KnownSize:
    """A 409: the size that the witness cosigned last."""

    size: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Any other status, and what the witness said with it, cut to what can be shown."""

    status: int
    says: str


Answer = Lines | KnownSize | Refused | Unreachable
"""What one call came to."""


class OutcomeKind(Enum):
    """What asking a witness came to."""

    COSIGNED = "cosigned"
    BEHIND = "behind"
    DISAGREE = "disagree"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What asking a witness came to, and for people why.

    Attributes:
        kind: COSIGNED; BEHIND when the witness knows a larger tree than ours, as after a
            roll-back; DISAGREE when it knows another tree, as after a rewrite; SILENT when
            it gave no usable answer.
        line: the verified cosignature.
        at: when the witness says it cosigned, in seconds since 1970.
        known: for BEHIND, the size that the witness knows.
        says: for all but COSIGNED, what happened.
    """

    kind: OutcomeKind
    line: SignatureLine | None = None
    at: int | None = None
    known: int | None = None
    says: Sentence | None = None


def submit(url: str, request: WitnessRequest, *, timeout: float = TIMEOUT) -> Answer:
    """Send a request to the witness whose submission prefix is ``url``.

    Raises:
        Invalid: WITNESS-20 when ``url`` is no http or https address.
    """
    reply = exchange(f"{url.rstrip('/')}/add-checkpoint", body=request.encode(), timeout=timeout)
    if isinstance(reply, Unreachable):
        return reply
    if reply.status == HTTPStatus.OK:
        return Lines(reply.body)
    kind = reply.content_type.partition(";")[0].strip().lower()
    if reply.status == HTTPStatus.CONFLICT and kind == SIZE_TYPE:
        try:
            return KnownSize(read_known_size(reply.body))
        except Invalid as refusal:
            return Unreachable(refusal.sentence)
    return _refused(reply)


def fetch_last(url: str, origin: str, *, timeout: float = TIMEOUT) -> bytes | Refused | Unreachable:
    """Return the last checkpoint of a log that a witness cosigned, unverified.

    Raises:
        Invalid: WITNESS-20 when ``url`` is no http or https address.
    """
    digest = sha256(origin.encode()).hexdigest()
    reply = exchange(f"{url.rstrip('/')}/{digest}/checkpoint", timeout=timeout)
    if isinstance(reply, Unreachable):
        return reply
    return reply.body if reply.status == HTTPStatus.OK else _refused(reply)


def witness_checkpoint(
    url: str,
    *,
    checkpoint: bytes,
    believed: int,
    prove: Prove,
    keys: Iterable[Key],
    verify: Verifier,
) -> Outcome:
    """Have a checkpoint cosigned; ask once more when the witness knows another, smaller size.

    Args:
        url: the witness's submission prefix.
        checkpoint: signed by the log, byte for byte.
        believed: the size that the witness cosigned last, as we believe; 0 if unknown.
        prove: makes the consistency proofs.
        keys: the witness's keys.
        verify: checks Ed25519 signatures.

    Raises:
        Invalid: when our own checkpoint or proof cannot be made or read; WITNESS-20.
    """
    note = parse_note(checkpoint)
    size = parse_checkpoint(note.text).head.size
    # Larger than the checkpoint, it is no old size: 0 makes the witness tell what it knows.
    old = believed if believed <= size else 0
    answer = submit(url, WitnessRequest(old, prove(old), checkpoint))
    if isinstance(answer, KnownSize) and answer.size <= size and answer.size != old:
        old = answer.size
        answer = submit(url, WitnessRequest(old, prove(old), checkpoint))
    return _outcome(answer, note, size, tuple(keys), verify)


def _outcome(
    answer: Answer, note: SignedNote, size: int, keys: tuple[Key, ...], verify: Verifier
) -> Outcome:
    match answer:
        case Lines(body):
            return _verified(body, note, keys, verify)
        case KnownSize(known) if known > size:
            says = zh("见证方见证过 {known} 条，本机只有 {size} 条", known=known, size=size)
            return Outcome(OutcomeKind.BEHIND, known=known, says=says)
        case KnownSize():
            return Outcome(OutcomeKind.SILENT, says=zh("见证方的答复前后不一"))
        case Refused(HTTPStatus.CONFLICT | HTTPStatus.UNPROCESSABLE_ENTITY, says):
            found = zh("见证方见证过的记录与本机的不同：「{says}」", says=says)
            return Outcome(OutcomeKind.DISAGREE, says=found)
        case Refused(status, says):
            found = zh("见证方不受理（{status}）：「{says}」", status=status, says=says)
            return Outcome(OutcomeKind.SILENT, says=found)
        case Unreachable(why):
            return Outcome(OutcomeKind.SILENT, says=why)


def _verified(body: bytes, note: SignedNote, keys: tuple[Key, ...], verify: Verifier) -> Outcome:
    try:
        signed = add_cosignatures(note, body, witnesses=keys, verify=verify)[1][0]
    except Invalid as refusal:
        return Outcome(OutcomeKind.SILENT, says=refusal.sentence)
    who = (signed.key.name, signed.key.key_id)
    lines = {(line.name, line.key_id): line for line in parse_signatures(read_text(body))}
    return Outcome(OutcomeKind.COSIGNED, line=lines[who], at=signed.at)


def _refused(reply: Reply) -> Refused:
    said = reply.body[:MOST_BYTES].decode("utf-8", "replace").split("\n", 1)[0]
    return Refused(reply.status, "".join(filter(str.isprintable, said))[:200])
