"""Every checkpoint and every cosignature: are they signed, and say what their rows say?"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.base.record import lineage
from guiju.base.record.audit.flaw import Flaw, blob, onward
from guiju.base.record.models import Checkpoint, Cosignature, Node, Witness
from guiju.base.record.tree_store import SHA256, SM3_SUITE
from guiju.base.signing_keys import verify
from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint as Signed
from guiju.core.ledger.checkpoint import parse_checkpoint
from guiju.core.ledger.keys import Key, parse_key, signed_by
from guiju.core.ledger.note import SignedNote, parse_note, parse_signatures
from guiju.core.ledger.tree import TreeHead
from guiju.core.sentence import Sentence, zh

_CHUNK = 1000
_SUITES = {SHA256.name, SM3_SUITE.name}


def flaws() -> Iterator[Flaw]:
    """Yield checkpoints and cosignatures that do not hold, and rows of no known tree."""
    keys = {key.name: key for key in lineage.opened_keys()}
    for row in Checkpoint.objects.order_by("id").iterator(_CHUNK):
        where = f"record_checkpoint id={row.pk}"
        try:
            is_same = _says(row, keys)
        except Invalid as refusal:
            yield Flaw("AUDIT-25", where, refusal.sentence)
            continue
        if not is_same:
            yield Flaw(
                "AUDIT-26",
                where,
                zh(
                    "检查点的各栏与所签的内容不符：有一栏被改动过。请以所签的内容为准，从备份恢复。"
                ),
            )
    yield from _cosignature_flaws()
    strays = {
        "record_node": Node.objects.exclude(suite__in=_SUITES).exists(),
        "record_checkpoint": Checkpoint.objects.exclude(suite__in=_SUITES).exists(),
    }
    for table, is_there in strays.items():
        if is_there:
            yield Flaw(
                "AUDIT-27",
                table,
                zh("有一行不属于任何一棵树：它的「suite」被改动过。请从备份恢复。"),
            )


def _says(row: Checkpoint, keys: dict[str, Key]) -> bool:
    """Tell whether a row says what its note says; Invalid when the note does not hold."""
    note = parse_note(blob(row.note))
    signed = parse_checkpoint(note.text)
    name = signed.origin
    if row.suite != SHA256.name:
        name = name.removesuffix(f"/{row.suite}")
    signed_by(note, [keys[name]] if name in keys else [], verify)
    suffix = "" if row.suite == SHA256.name else f"/{row.suite}"
    wanted = Signed(name + suffix, TreeHead(row.size, blob(row.root)))
    return signed == wanted and len(note.signatures) == 1


def _cosignature_flaws() -> Iterator[Flaw]:
    keys = {witness.name: witness.vkey for witness in Witness.objects.all()}
    last = 0
    while rows := list(Cosignature.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        heads = Checkpoint.objects.in_bulk([row.checkpoint_id for row in rows])
        for row in rows:
            why = _unheld(row, heads.get(row.checkpoint_id), keys.get(row.witness))
            if why is not None:
                yield Flaw("AUDIT-28", f"record_cosignature id={row.pk}", why)
        last = onward("record_cosignature", last, rows[-1].pk)


def _unheld(row: Cosignature, checkpoint: Checkpoint | None, vkey: str | None) -> Sentence | None:
    """Return why a cosignature does not hold, or None when it does."""
    if checkpoint is None or vkey is None or row.size != checkpoint.size:
        return zh(
            "见证签名所指的检查点、条数或见证方「{witness}」不对：这一行被改动过，"
            "或它所指的行被删了。请从备份核对后恢复。",
            witness=row.witness,
        )
    try:
        lines = parse_signatures(row.line)
        text = parse_note(blob(checkpoint.note)).text
        signed_by(SignedNote(text, lines), [parse_key(vkey)], verify)
    except Invalid as refusal:
        return refusal.sentence
    if len(lines) == 1:
        return None
    return zh("见证签名应恰好一行。请从备份恢复。")
