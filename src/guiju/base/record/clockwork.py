"""What a worker does between jobs, in two loops: one seals and signs, one asks the witnesses."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record import checkpoints, erasure, sequencer, side_tree, witnessing


def tick(*, at: datetime) -> bool:
    """Seal, sign, enter the side tree's root; tell whether another round is due at once.

    Several workers may do it at the same time.

    Raises:
        Denied: RECORD-10 to RECORD-12 when the record is halted, rolled back or rewritten.
    """
    sealed = sequencer.seal_waiting()
    if sealed == sequencer.BATCH:
        return True
    signed = checkpoints.sign_if_due(at=at)
    rooted = side_tree.enter_root(at=at)
    erasure.apply_erasures()
    return bool(sealed or signed or rooted)


def witness_round(*, at: datetime) -> int:
    """Have the newest checkpoint witnessed; a witness that is away may take its time here.

    Returns:
        How many cosigned.
    """
    return witnessing.witness_latest(at=at)
