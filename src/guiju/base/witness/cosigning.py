"""The act of witnessing: check and remember in one transaction, hand out the cosignature after.

The cosignature is made while the transaction holds the only right to write, and leaves
this module once the transaction is committed. Made later, it could claim that a tree was
the largest at a time when a larger one had already been cosigned (C2SP
tlog-cosignature, "Ed25519 signed message").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guiju.base.signing_keys import verify
from guiju.base.witness.folder import Witness
from guiju.base.witness.store import Kept
from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint, parse_checkpoint
from guiju.core.ledger.keys import Key, cosign
from guiju.core.ledger.note import SignatureLine, SignedNote, parse_note
from guiju.core.ledger.witness import Decision, decide, parse_request
from guiju.core.sentence import zh

Clock = Callable[[], int]
"""Tells the time in seconds since 1970."""

_DOUBTFUL = {"LEDGER-64", "LEDGER-16"}
"""Refusals of requests that the log did sign: another root, or a proof that does not hold."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A cosignature, what it is under, and when it was made (seconds since 1970)."""

    checkpoint: Checkpoint
    line: SignatureLine
    at: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What a witness answers; for a 200 with the cosignature."""

    decision: Decision
    cosigned: Cosigned | None = None

    def body(self) -> bytes:
        return self.decision.body(*([self.cosigned.line] if self.cosigned else []))

    def demanded(self) -> Cosigned:
        """Return the cosignature, or raise why there is none."""
        if self.cosigned is None:
            raise self.decision.refusal or unable()
        return self.cosigned


def unable() -> Invalid:
    """Say that the witness itself failed (WITNESS-17), without telling how."""
    return Invalid(
        "WITNESS-17",
        zh("见证方暂时不能工作，这次没有签名。请稍后再送，或联系见证方。"),
    )


def add_checkpoint(witness: Witness, body: bytes, *, now: Clock) -> Answered:
    """Decide on a request; remember and cosign its checkpoint when all is well.

    Args:
        witness: whose memory and key.
        body: as it was received.
        now: read once the request's turn has come.

    Raises:
        Refusal: what the store raises; nothing was cosigned then.
    """
    decision = decide(body, witness.store.known(), verify=verify)
    if decision.checkpoint is not None:
        return _cosigned(witness, body, now)
    if decision.refusal is not None and decision.refusal.code in _DOUBTFUL:
        checkpoint = parse_request(body).checkpoint
        origin = parse_checkpoint(parse_note(checkpoint).text).origin
        witness.store.doubt(origin, checkpoint, body, code=decision.refusal.code, at=now())
    return Answered(decision)


def _cosigned(witness: Witness, body: bytes, now: Clock) -> Answered:
    """Decide again while nobody else can write, and keep what is cosigned."""
    with witness.store.turn() as turn:
        logs = turn.known()
        decision = decide(body, logs, verify=verify)
        if (checkpoint := decision.checkpoint) is None:
            return Answered(decision)
        at = now()
        line = cosign(checkpoint.text(), witness.key, at=at, sign=witness.signing.sign)
        note = _note(body, checkpoint, logs[checkpoint.origin].keys, line)
        turn.keep(Kept(checkpoint.origin, checkpoint.head, note, at))
    return Answered(decision, Cosigned(checkpoint, line, at))


def _note(
    body: bytes, checkpoint: Checkpoint, keys: tuple[Key, ...], cosignature: SignatureLine
) -> bytes:
    """Return the checkpoint with the signatures that were verified, and the cosignature."""
    known = {(key.name, key.key_id) for key in keys}
    lines = parse_note(parse_request(body).checkpoint).signatures
    theirs = {(line.name, line.key_id): line for line in lines}
    kept = [line for who, line in theirs.items() if who in known]
    return SignedNote(checkpoint.text(), (*kept, cosignature)).encode()
