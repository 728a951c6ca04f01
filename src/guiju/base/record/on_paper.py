"""Witnessing on paper: for a body whose witness has no line to it.

The request is a checkpoint with its consistency proof, printed as text and QR codes; the
answer is one signature line, typed or scanned back.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db.models import Max

from guiju.base.record import checkpoints, tree_store
from guiju.base.record.models import Checkpoint, Cosignature, Witness
from guiju.base.record.witnessing import accept_cosignature
from guiju.base.signing_keys import verify
from guiju.base.witness.paper import MOST_TEXT, Kind, parts_of, read_paper
from guiju.base.witness.sheet import request_sheet
from guiju.core.errors import Invalid
from guiju.core.ledger.keys import parse_key
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.proofs import prove_consistency
from guiju.core.ledger.witness import WitnessRequest, add_cosignatures
from guiju.core.sentence import zh
from guiju.exchange.files import opened, replacing

_RECENT = 50
"""Among how many of the newest checkpoints the one that an answer is about is looked for."""


def write_request(name: str, file: Path, *, at: datetime) -> int:
    """Write what witness ``name`` needs: ``file`` as a page to print, and the text beside it.

    Returns:
        How many entries the checkpoint vouches for.

    Raises:
        Invalid: RECORD-35 for no such witness, RECORD-40 without a checkpoint, WITNESS-21
            when it does not fit on paper; FILE-02 when it cannot be written.
    """
    witness = _witness(name)
    newest = checkpoints.require_latest()
    seen = Cosignature.objects.filter(witness=name).aggregate(last=Max("size"))["last"] or 0
    path = prove_consistency(tree_store.nodes(newest.size), old=seen, size=newest.size)
    request = WitnessRequest(seen, path, bytes(newest.note))
    sheet = request_sheet(request, witness=parse_key(witness.vkey), made_at=int(at.timestamp()))
    parts = "".join(f"{part}\n" for part in parts_of(request.encode(), Kind.REQUEST))
    for target, data in ((file, sheet), (file.with_suffix(".txt"), parts.encode())):
        with replacing(target) as stream:
            stream.write(data)
    return newest.size


def accept_answer(name: str, file: Path, *, at: datetime) -> int:
    """Keep the cosignature in an answer, if it is one of ``name`` under a checkpoint of ours.

    Returns:
        How many entries it witnesses.

    Raises:
        Invalid: RECORD-35 for no such witness; RECORD-34 when it fits none of the newest
            checkpoints; what ``read_paper`` raises.
    """
    witness = _witness(name)
    with opened(file) as stream:
        answer = read_paper(stream.read(4 * MOST_TEXT + 1), Kind.ANSWER)
    for checkpoint in Checkpoint.objects.filter(suite="sha256").order_by("-id")[:_RECENT]:
        line = _line(witness, checkpoint, answer)
        if line is not None:
            accept_cosignature(witness, checkpoint, line, at=at)
            return checkpoint.size
    raise Invalid(
        "RECORD-34",
        zh(
            "「{name}」的签名与最近 {most} 个检查点都对不上。请核对录入，或重新写出申请。",
            name=name,
            most=_RECENT,
        ),
    )


def _line(witness: Witness, checkpoint: Checkpoint, answer: bytes) -> str | None:
    keys = (parse_key(witness.vkey),)
    try:
        note, _ = add_cosignatures(
            parse_note(bytes(checkpoint.note)), answer, witnesses=keys, verify=verify
        )
    except Invalid:
        return None
    return str(note.signatures[-1])


def _witness(name: str) -> Witness:
    found = Witness.objects.filter(pk=name, retired_at=None).first()
    if found is None:
        raise Invalid(
            "RECORD-35",
            zh("没有在用的见证方「{name}」。请核对名称。", name=name),
        )
    return found
