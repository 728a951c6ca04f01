"""A checkpoint of the export, opened by the keys that the verifier believes."""

from __future__ import annotations

from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint, open_checkpoint
from guiju.core.ledger.keys import Key, KeyKind
from guiju.core.ledger.note import MOST_BYTES, parse_note
from guiju.core.ledger.quorum import Policy, open_cosigned
from guiju.core.sentence import zh
from guiju.exchange.record_files.folder import SM3, Folder
from guiju.exchange.record_files.keys import MOST_BYTES as MOST_KEY_BYTES
from guiju.exchange.record_files.keys import Keys, Trust, policy_of, read_own_keys
from guiju.exchange.record_files.report import Attested, Broken, Problem, blamed
from guiju.exchange.record_files.suites import verify_ed25519

LOG_KEY = "log.vkey"
WITNESS_KEYS = "witnesses.vkey"


def keys_of(folder: Folder, trust: Trust) -> Keys:
    """Return the keys to go by: those told out of band, before those that the files name.

    Raises:
        Broken: VERIFY-02 to VERIFY-04, VERIFY-10, VERIFY-11 and LEDGER-35 for key files of the
            export; VERIFY-05 when its log key is not the one that was told; LEDGER-53.
        Invalid: VERIFY-12 when the quorum exceeds the witnesses; VERIFY-13 without a log key.
    """
    own = _own(folder, LOG_KEY, KeyKind.ED25519)
    claimed = _own(folder, WITNESS_KEYS, KeyKind.COSIGNATURE)
    if trust.log_keys and not set(own) <= set(trust.log_keys):
        sentence = zh(
            "{path} 里的公钥不是您给的那一把：这份导出属于别的记录，或公钥被换过。请向记录方核对。",
            path=LOG_KEY,
        )
        raise Broken(Problem("VERIFY-05", LOG_KEY, sentence))
    if not trust.log_keys and not own:
        raise Invalid(
            "VERIFY-13",
            zh("没有记录方的公钥，无从核对签名。请用 --log-key 给出公钥或公钥文件。"),
        )
    witnesses = claimed if trust.witnesses is None else trust.witnesses
    try:
        policy = policy_of(trust.log_keys or own, witnesses, trust.quorum)
    except Invalid as refusal:
        if refusal.code == "VERIFY-12" or (trust.log_keys and trust.witnesses is not None):
            raise
        sentence = refusal.sentence
        raise Broken(Problem(refusal.code, WITNESS_KEYS, sentence)) from None
    return Keys(policy, not trust.log_keys, trust.witnesses is None and bool(claimed))


def attest(data: bytes, path: str, policy: Policy) -> Attested:
    """Return the checkpoint in ``data`` when log and witnesses stand behind it.

    Raises:
        Broken: what ``open_cosigned`` refuses, as a problem of the file at ``path``.
    """
    with blamed(path):
        checkpoint, witnessed = open_cosigned(data, policy, verify_ed25519)
        known = {(key.name, key.key_id) for key in (*policy.log_keys, *policy.witnesses)}
        lines = parse_note(data).signatures
    strangers = (line.name for line in lines if (line.name, line.key_id) not in known)
    return Attested(checkpoint, witnessed, tuple(dict.fromkeys(strangers)))


def attest_sm3(folder: Folder, main: Policy) -> Attested:
    """Return the checkpoint of the SM3 tree: the same log's key, under the tree's own origin."""
    path = f"{SM3}checkpoint"
    aside = tuple(Key(f"{key.name}/sm3", key.kind, key.public) for key in main.log_keys)
    policy = Policy(f"{main.origin}/sm3", (*main.log_keys, *aside), main.witnesses)
    return attest(folder.read(path, MOST_BYTES), path, policy)


def older(data: bytes, policy: Policy) -> Checkpoint:
    """Return a checkpoint that the verifier kept, if the log signed it.

    Raises:
        Invalid: VERIFY-17 when it did not, or the file holds no checkpoint.
    """
    keys = policy.log_keys
    try:
        checkpoint, _ = open_checkpoint(
            data, origin=policy.origin, keys=keys, verify=verify_ed25519
        )
    except Invalid as refusal:
        why = refusal.sentence
        raise Invalid("VERIFY-17", zh("您保存的旧检查点不能采信：{why}", why=why)) from None
    return checkpoint


def _own(folder: Folder, path: str, kind: KeyKind) -> tuple[Key, ...]:
    if not folder.has(path):
        return ()
    data = folder.read(path, MOST_KEY_BYTES)
    with blamed(path):
        return read_own_keys(data, kind, path)
