"""A log and its witnesses, with keys that nobody else has."""

from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.keys import Key, KeyKind, cosign, sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.ledger.tree import Frontier, grow, hash_leaf, sha256
from ledger_reference import ed25519

ORIGIN = "guiju.example/record"


def party(name, kind, number):
    seed = bytes([number]) * 32
    return Key(name, kind, ed25519.public(seed)), ed25519.signer(seed)


LOG, LOG_SIGN = party(ORIGIN, KeyKind.ED25519, 1)
W1, W1_SIGN = party("audit.example/w1", KeyKind.COSIGNATURE, 2)
W2, W2_SIGN = party("court.example/w2", KeyKind.COSIGNATURE, 3)
STRANGER, STRANGER_SIGN = party("stranger.example", KeyKind.COSIGNATURE, 4)


def grown(entries, hasher=sha256):
    """The frontier of these entries, and a reader of its nodes."""
    frontier, runs = grow(Frontier(), [hash_leaf(entry, hasher) for entry in entries], hasher)
    levels = {run.level: run.hashes for run in runs}
    return frontier, lambda level, index: levels[level][index]


def checkpoint(head, *, origin=ORIGIN, at=1_700_000_000, witnesses=()):
    """A signed checkpoint, cosigned by the (key, sign) pairs given."""
    text = Checkpoint(origin, head).text()
    lines = [cosign(text, key, at=at, sign=sign) for key, sign in witnesses]
    return SignedNote(text, (sign_text(text, LOG, LOG_SIGN), *lines)).encode()
