"""What passes between a log and a witness, and how the witness decides.

The ``add-checkpoint`` call of C2SP tlog-witness (v1.0.0, where the same size with another
root is a 409), without HTTP, clock or storage: client and server share it. Whoever
runs the server checks and stores in one transaction, and cosigns only then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from guiju.core.errors import Conflict, Invalid, Refusal
from guiju.core.ledger.checkpoint import Checkpoint, parse_checkpoint
from guiju.core.ledger.keys import Key, Signed, Verifier, signed_by
from guiju.core.ledger.lines import read_decimal, to_base64
from guiju.core.ledger.note import (
    SignatureLine,
    SignedNote,
    parse_note,
    parse_signatures,
    read_text,
)
from guiju.core.ledger.proof import read_path
from guiju.core.ledger.proofs import check_consistency
from guiju.core.ledger.tree import Hasher, TreeHead, sha256
from guiju.core.sentence import zh

SIZE_TYPE = "text/x.tlog.size"
"""The media type of a 409 that tells the size the witness knows."""


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """What a log asks of a witness.

    Attributes:
        old: size of the checkpoint that the witness cosigned last, as the log believes.
        path: consistency proof from there to the new checkpoint.
        checkpoint: the signed checkpoint, byte for byte.
    """

    old: int
    path: tuple[bytes, ...]
    checkpoint: bytes

    def encode(self) -> bytes:
        """Return the request's body."""
        head = "\n".join((f"old {self.old}", *map(to_base64, self.path)))
        return head.encode() + b"\n\n" + self.checkpoint


@dataclass(frozen=True, slots=True)
class LogKnown:
    """What a witness knows of a log: its keys, and the last tree that it cosigned."""

    keys: tuple[Key, ...]
    last: TreeHead | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a witness answers.

    Attributes:
        status: 200, 400, 403, 404, 409 or 422.
        checkpoint: for 200, what to store as the last one, and then to cosign.
        refusal: otherwise, why not.
        known: for a 409 by size, the size that the witness cosigned last.
    """

    status: HTTPStatus
    checkpoint: Checkpoint | None = None
    refusal: Refusal | None = None
    known: int | None = None

    @property
    def content_type(self) -> str:
        """The answer's media type."""
        return "text/plain; charset=utf-8" if self.known is None else SIZE_TYPE

    def body(self, *cosignatures: SignatureLine) -> bytes:
        """Return the answer's body; for a 200 it is the lines that the witness signed."""
        if self.known is not None:
            return f"{self.known}\n".encode()
        if self.refusal is not None:
            return f"{self.refusal}\n".encode()
        return "".join(map(str, cosignatures)).encode()


def parse_request(body: bytes) -> WitnessRequest:
    """Read the body of ``add-checkpoint``; nothing in it is verified yet.

    Raises:
        Invalid: LEDGER-60 for another form; what the lines and ``parse_note`` raise.
    """
    head, blank, _ = read_text(body).partition("\n\n")
    first, *path = head.split("\n")
    if not blank or not first.startswith("old "):
        raise Invalid(
            "LEDGER-60",
            zh("请求应依次写明原条数（old 条数）、一致性证明、空行、检查点。请改正后再送。"),
        )
    checkpoint = body[len(head.encode()) + 2 :]
    old = read_decimal(first.removeprefix("old "), line=1)
    return WitnessRequest(old, read_path(path, first_line=2), checkpoint)


def decide(
    body: bytes, logs: Mapping[str, LogKnown], *, verify: Verifier, hasher: Hasher = sha256
) -> Decision:
    """Return the witness's answer to ``add-checkpoint``, checked in the document's order.

    Args:
        body: as it was received.
        logs: by origin, the logs that the witness knows.
        verify: checks Ed25519 signatures.
        hasher: the logs' hash function.
    """
    try:
        request = parse_request(body)
        note = parse_note(request.checkpoint)
        checkpoint = parse_checkpoint(note.text)
    except Invalid as refusal:
        return Decision(HTTPStatus.BAD_REQUEST, refusal=refusal)
    log = logs.get(checkpoint.origin)
    if log is None:
        return Decision(HTTPStatus.NOT_FOUND, refusal=_unknown(checkpoint.origin))
    try:
        signed_by(note, log.keys, verify)
    except Invalid as refusal:
        return Decision(HTTPStatus.FORBIDDEN, refusal=refusal)
    return _compare(request, checkpoint, log.last or TreeHead(0, hasher(b"")), hasher)


def _compare(
    request: WitnessRequest, checkpoint: Checkpoint, last: TreeHead, hasher: Hasher
) -> Decision:
    head = checkpoint.head
    if request.old > head.size:
        return Decision(HTTPStatus.BAD_REQUEST, refusal=_shrunk(request.old, head.size))
    if request.old != last.size:
        refusal = _out_of_step(request.old, last.size)
        return Decision(HTTPStatus.CONFLICT, refusal=refusal, known=last.size)
    if head.size == last.size and head.root != last.root:
        return Decision(HTTPStatus.CONFLICT, refusal=_forked(head.size))
    try:
        check_consistency(last, head, request.path, hasher)
    except Invalid as refusal:
        return Decision(HTTPStatus.UNPROCESSABLE_ENTITY, refusal=refusal)
    return Decision(HTTPStatus.OK, checkpoint)


def read_known_size(body: bytes) -> int:
    """Return the size that a 409 answer of type ``SIZE_TYPE`` tells.

    Raises:
        Invalid: LEDGER-10 when it is no decimal and newline.
    """
    text = read_text(body)
    return read_decimal(text[:-1] if text.endswith("\n") else "", line=1)


def add_cosignatures(
    note: SignedNote, answer: bytes, *, witnesses: Iterable[Key], verify: Verifier
) -> tuple[SignedNote, tuple[Signed, ...]]:
    """Return the note with a 200 answer's valid cosignatures, and whose they are.

    A newer cosignature takes the place of an older one by the same key; lines of
    unknown keys in the answer are left out.

    Raises:
        Invalid: what ``parse_signatures`` and ``signed_by`` raise.
    """
    lines = parse_signatures(read_text(answer))
    signed = signed_by(SignedNote(note.text, lines), witnesses, verify)
    theirs = {(one.key.name, one.key.key_id) for one in signed}
    kept = [line for line in note.signatures if (line.name, line.key_id) not in theirs]
    fresh = {(line.name, line.key_id): line for line in lines}
    added = [line for who, line in fresh.items() if who in theirs]
    return SignedNote(note.text, (*kept, *added)), signed


def _unknown(origin: str) -> Invalid:
    return Invalid(
        "LEDGER-62",
        zh("本见证方没有登记「{origin}」。请先向见证方登记名称和公钥。", origin=origin[:80]),
    )


def _shrunk(old: int, size: int) -> Invalid:
    return Invalid(
        "LEDGER-61",
        zh(
            "原条数 {old} 大于检查点的条数 {size}：记录只能增加。请核对送来的检查点。",
            old=old,
            size=size,
        ),
    )


def _out_of_step(old: int, known: int) -> Conflict:
    return Conflict(
        "LEDGER-63",
        zh(
            "见证方上次见证的是 {known} 条，不是 {old} 条。请从 {known} 条起重做一致性证明。",
            known=known,
            old=old,
        ),
    )


def _forked(size: int) -> Conflict:
    return Conflict(
        "LEDGER-64",
        zh(
            "同是 {size} 条，根摘要却与见证过的不同：记录被改写过。请停止写入并保留两份检查点。",
            size=size,
        ),
    )
