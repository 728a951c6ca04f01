"""An event's proof: its place in the tree, the checkpoint that covers it, who witnessed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from guiju.base.record import checkpoints, tree_store
from guiju.base.record.models import Checkpoint, Cosignature, Event, Leaf, Quorum
from guiju.base.record.tree_store import SHA256
from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import parse_checkpoint
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.proof import LogProof
from guiju.core.ledger.proofs import check_inclusion, prove_inclusion
from guiju.core.ledger.tree import TreeHead, hash_leaf

MOST_LINES = 1_000
"""How many of the newest cosignatures are looked through for a checkpoint with the quorum."""


@dataclass(frozen=True, slots=True)
class Cosigned:
    """That a witness cosigned a checkpoint, and when this reached us."""

    witness: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proved:
    """Everything that proves an entry.

    Attributes:
        proof: what stands in the ``.tlog-proof`` file.
        origin: which log.
        head: size and root of the tree for which the proof is made.
        signed_at: when its checkpoint was signed.
        cosigned: which witnesses cosigned it.
        quorum: how many of them are demanded.
        holds: whether the entry's bytes, the proof and the root fit together.
    """

    proof: LogProof
    origin: str
    head: TreeHead
    signed_at: datetime
    cosigned: tuple[Cosigned, ...]
    quorum: int
    holds: bool

    @property
    def is_witnessed(self) -> bool:
        """Whether enough witnesses cosigned."""
        return len(self.cosigned) >= self.quorum


def prove(entry: bytes, leaf: int) -> Proved | None:
    """Return the proof of an entry, or None while no checkpoint covers it.

    Five queries at most. The newest checkpoint with the quorum is taken, else the newest.
    """
    newest = _newest_covering(leaf)
    if newest is None:
        return None
    chosen = newest_witnessed(newest.quorum, since=newest.first) or newest.checkpoint
    head = TreeHead(chosen.size, bytes(chosen.root))
    nodes = tree_store.nodes(chosen.size, around=leaf)
    path = prove_inclusion(nodes, index=leaf, size=chosen.size)
    rows = checkpoints.cosignatures(chosen)
    note = checkpoints.note_with(chosen, rows)
    return Proved(
        proof=LogProof(leaf, path, note),
        origin=parse_checkpoint(parse_note(note).text).origin,
        head=head,
        signed_at=chosen.at,
        cosigned=cosigned(rows),
        quorum=newest.quorum,
        holds=_holds(entry, leaf, head, path),
    )


def numbers(keys: Iterable[UUID]) -> dict[UUID, int | None]:
    """Return the numbers of events in the log, None while one waits to be sealed; one query."""
    leaf = Leaf.objects.filter(event_id=OuterRef("pk")).values("seq")[:1]
    rows = Event.objects.filter(key__in=list(keys)).annotate(leaf=Subquery(leaf))
    return dict(rows.values_list("key", "leaf"))


def covered() -> int:
    """Return how many entries the newest checkpoint covers; later ones cannot be proved yet."""
    return Checkpoint.objects.order_by("-id").values_list("size", flat=True).first() or 0


def required() -> int:
    """Return how many witnesses must have cosigned; 0 while nobody has said."""
    return Quorum.objects.filter(id=1).values_list("count", flat=True).first() or 0


def cosigned(rows: Iterable[Cosignature]) -> tuple[Cosigned, ...]:
    """Return who cosigned a checkpoint, each witness once, in the order of their first lines."""
    first: dict[str, datetime] = {}
    for row in rows:
        first.setdefault(row.witness, row.at)
    return tuple(Cosigned(witness, at) for witness, at in first.items())


def newest_witnessed(quorum: int, *, since: int = 0) -> Checkpoint | None:
    """Return the newest checkpoint from row ``since`` on that enough witnesses cosigned."""
    lines = Cosignature.objects.filter(checkpoint_id__gte=since).order_by("-checkpoint_id", "-id")
    witnesses: dict[int, set[str]] = defaultdict(set)
    for pk, witness in lines.values_list("checkpoint_id", "witness")[:MOST_LINES]:
        witnesses[pk].add(witness)
    enough = [pk for pk, names in witnesses.items() if len(names) >= max(quorum, 1)]
    return Checkpoint.objects.filter(suite=SHA256.name, pk__in=enough).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class _Covering:
    """The newest checkpoint that covers a leaf, the row of the first, and what is demanded."""

    checkpoint: Checkpoint
    first: int
    quorum: int


def _newest_covering(leaf: int) -> _Covering | None:
    covering = Checkpoint.objects.filter(suite=SHA256.name, size__gt=leaf)
    found = covering.annotate(
        first=Subquery(covering.order_by("size", "id").values("pk")[:1]),
        quorum=Subquery(Quorum.objects.filter(id=1).values("count")),
    )
    newest = found.order_by("-size", "-id").first()
    return None if newest is None else _Covering(newest, newest.first, newest.quorum or 0)


def _holds(entry: bytes, leaf: int, head: TreeHead, path: tuple[bytes, ...]) -> bool:
    try:
        check_inclusion(hash_leaf(entry), index=leaf, head=head, path=path)
    except Invalid:
        return False
    return True
