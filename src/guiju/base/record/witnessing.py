"""Having the newest checkpoint cosigned by every witness, and noticing when one does not.

A witness that is silent or disagrees is an event. When it can show a checkpoint that our own
key signed and that our tree does not contain, the record was rolled back or rewritten: all
writing stops until somebody has looked. What it merely claims stops nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from guiju.base.record import checkpoints, floor, lineage, tree_store, wall
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft
from guiju.base.record.events import BEGAN, DISAGREED, RETURNED, SILENT
from guiju.base.record.models import Checkpoint, Cosignature, Witness
from guiju.base.record.signing import log_key
from guiju.base.signing_keys import verify
from guiju.base.witness.client import OutcomeKind, witness_checkpoint
from guiju.core.errors import Denied
from guiju.core.ledger.keys import parse_key
from guiju.core.ledger.proofs import prove_consistency
from guiju.core.sentence import Sentence
from guiju.core.terms import WitnessState

_STATES = {
    OutcomeKind.COSIGNED: WitnessState.AGREEING,
    OutcomeKind.SILENT: WitnessState.SILENT,
    OutcomeKind.BEHIND: WitnessState.DISAGREEING,
    OutcomeKind.DISAGREE: WitnessState.DISAGREEING,
}


def witness_latest(*, at: datetime) -> int:
    """Ask every reachable witness that has not cosigned the newest checkpoint; count those that do.

    Network calls are made outside of any transaction.
    """
    checkpoint = checkpoints.latest()
    if checkpoint is None:
        return 0
    done = set(
        Cosignature.objects.filter(checkpoint_id=checkpoint.pk).values_list("witness", flat=True)
    )
    waiting = [one for one in lineage.active_witnesses() if one.url and one.name not in done]
    return sum(_ask(witness, checkpoint, at) for witness in waiting)


def accept_cosignature(
    witness: Witness, checkpoint: Checkpoint, line: str, *, at: datetime
) -> None:
    """Keep a verified cosignature, however it came here."""
    with wall.opened(), transaction.atomic():
        Cosignature.objects.create(
            checkpoint_id=checkpoint.pk,
            witness=witness.name,
            size=checkpoint.size,
            line=line,
            at=at,
        )
    _note_state(witness, WitnessState.AGREEING, None, at)


def _ask(witness: Witness, checkpoint: Checkpoint, at: datetime) -> bool:
    nodes = tree_store.nodes(checkpoint.size)
    last = Cosignature.objects.filter(witness=witness.name).aggregate(last=Max("size"))["last"]
    outcome = witness_checkpoint(
        witness.url,
        checkpoint=bytes(checkpoint.note),
        believed=last or 0,
        prove=lambda old: prove_consistency(nodes, old=old, size=checkpoint.size),
        keys=(parse_key(witness.vkey),),
        verify=verify,
    )
    if outcome.line is not None:
        accept_cosignature(witness, checkpoint, str(outcome.line), at=at)
        return True
    _note_state(witness, _STATES[outcome.kind], outcome.says, at)
    if outcome.kind is not OutcomeKind.SILENT:
        _look_at_evidence(witness)
    return False


def _look_at_evidence(witness: Witness) -> None:
    """Stop writing if the witness holds a checkpoint of ours that our tree does not contain."""
    sight = lineage.ask_witness(witness, log_key().key)
    if not isinstance(sight, lineage.Sight):
        return
    try:
        lineage.require_descent(sight)
    except Denied as refusal:
        floor.halt(refusal.sentence)


def _note_state(witness: Witness, state: WitnessState, says: Sentence | None, at: datetime) -> None:
    """Record a change of a witness's behaviour; the same behaviour again is no event."""
    if witness.state == state:
        return
    try:
        with recording(_event(witness, state, str(says or "")), by=SYSTEM, at=at):
            Witness.objects.filter(pk=witness.pk).update(state=state)
    except Denied:
        return  # writing is halted already; the state is told by whoever halted it


def _event(witness: Witness, state: WitnessState, says: str) -> Draft:
    about = f"witness:{witness.name}"
    if state is WitnessState.SILENT:
        return SILENT(object=about, name=witness.name, says=says)
    if state is WitnessState.DISAGREEING:
        return DISAGREED(object=about, name=witness.name, says=says)
    kind = BEGAN if witness.state == WitnessState.NEW else RETURNED
    return kind(object=about, name=witness.name)
