"""The log's own name and key; its two trees are signed by the same key."""

from __future__ import annotations

from guiju.base.record import places
from guiju.base.record.tree_store import SHA256, Suite
from guiju.base.signing_keys import SigningKey, load_signing_key


def log_key() -> SigningKey:
    """Return the key that this log signs with; its name is the log's origin.

    Raises:
        Invalid: FILE-01 when it is missing, WITNESS-02 when it is none.
        Denied: WITNESS-03 when others may read it.
    """
    return load_signing_key(places.log_key())


def origin_of(key: SigningKey, suite: Suite = SHA256) -> str:
    """Return the origin line of a tree's checkpoints (C2SP tlog-checkpoint, "Note text")."""
    return key.key.name if suite is SHA256 else f"{key.key.name}/{suite.name}"
