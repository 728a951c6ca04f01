"""A small record in which everything occurs: nodes, checkpoints, cosignatures, sealed values.

Nobody in it was erased: what is left of an erased value is noise, in which no flip shows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ground import Ground
from writers import act, is_erased

from guiju.base.record import checkpoints, clockwork
from guiju.base.record.actions import register_witness, set_quorum
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Witness
from guiju.base.record.witnessing import accept_cosignature
from guiju.base.signing_keys import SigningKey, create_signing_key
from guiju.core.ledger.keys import KeyKind, cosign
from guiju.core.ledger.note import parse_note

ACTS = 135
"""More than 256 entries, so that there are nodes."""


def fill(ground: Ground, *, acts: int = ACTS) -> None:
    """Act, seal, sign and cosign by turns; some acts wait to be sealed at the end."""
    signing = [_witness(ground.folder / f"w{number}.key", number) for number in (1, 2)]
    set_quorum(count=1, by=SYSTEM, at=datetime.now(UTC))
    for number in range(1, acts + 1):
        if not is_erased(number):
            assert act(number)[0] == "done"
        if number % 20 == 0 or number == acts:
            clockwork.tick(at=datetime.now(UTC))
            for key in signing:
                _cosign(key)
    assert act(acts + 1)[0] == "done"


def _witness(path: Path, number: int) -> SigningKey:
    signing = create_signing_key(path, name=f"w{number}.example", kind=KeyKind.COSIGNATURE)
    register_witness(vkey=str(signing.key), url="", by=SYSTEM, at=datetime.now(UTC))
    return signing


def _cosign(signing: SigningKey) -> None:
    newest = checkpoints.require_latest()
    at = datetime.now(UTC)
    text = parse_note(bytes(newest.note)).text
    line = cosign(text, signing.key, at=int(at.timestamp()), sign=signing.sign)
    witness = Witness.objects.get(pk=signing.key.name)
    accept_cosignature(witness, newest, str(line), at=at)
