"""Whose word is enough: a log's keys, the witnesses that count, and how many must agree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint, open_checkpoint
from guiju.core.ledger.keys import Key, KeyKind, Signed, Verifier
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True)
class Policy:
    """What a verifier has been told out of band, and believes.

    Attributes:
        origin: the log's unique name.
        log_keys: keys that the log signs with; one signature is enough.
        witnesses: keys of the witnesses that count.
        quorum: how many of them must have cosigned.

    Raises:
        Invalid: LEDGER-53 when the quorum cannot be met, a key is of the wrong kind, or one
            public key would count twice (C2SP tlog-cosignature, "Ed25519 signed message":
            "the same public key can't be used across multiple cosigners").
    """

    origin: str
    log_keys: tuple[Key, ...]
    witnesses: tuple[Key, ...] = ()
    quorum: int = 0

    def __post_init__(self) -> None:
        kinds = {key.kind for key in self.log_keys} == {KeyKind.ED25519} and all(
            key.kind is KeyKind.COSIGNATURE for key in self.witnesses
        )
        publics = {key.public for key in self.witnesses}
        apart = publics.isdisjoint(key.public for key in self.log_keys)
        if not kinds or not apart or len(publics) < len(self.witnesses):
            raise _unsound(zh("密钥种类不对，或同一密钥用了两次"))
        if not 0 <= self.quorum <= len(self.witnesses):
            raise _unsound(zh("所需见证数超出见证方数目"))


def open_cosigned(
    data: bytes, policy: Policy, verify: Verifier
) -> tuple[Checkpoint, tuple[Signed, ...]]:
    """Read a checkpoint, demand the log's signature and the quorum; return who witnessed it.

    Raises:
        Invalid: what ``open_checkpoint`` raises; LEDGER-51 without the log's own signature,
            LEDGER-52 when too few witnesses cosigned.
    """
    keys = (*policy.log_keys, *policy.witnesses)
    checkpoint, signed = open_checkpoint(data, origin=policy.origin, keys=keys, verify=verify)
    if not _by(signed, policy.log_keys):
        raise Invalid(
            "LEDGER-51",
            zh(
                "检查点没有「{origin}」自己的签名。请核对登记的密钥，或取回原来的文件再试。",
                origin=policy.origin,
            ),
        )
    witnessed = _by(signed, policy.witnesses)
    if len(witnessed) < policy.quorum:
        raise Invalid(
            "LEDGER-52",
            zh(
                "检查点需要 {quorum} 家见证，实有 {count} 家。请等待见证，或换一份较早的检查点。",
                quorum=policy.quorum,
                count=len(witnessed),
            ),
        )
    return checkpoint, witnessed


def _by(signed: Collection[Signed], keys: tuple[Key, ...]) -> tuple[Signed, ...]:
    return tuple(one for one in signed if one.key in keys)


def _unsound(why: Sentence) -> Invalid:
    return Invalid("LEDGER-53", zh("见证规则不成立：{why}。请改正后再用。", why=why))
