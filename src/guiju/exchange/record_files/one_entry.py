"""One entry and its ``.tlog-proof``: that the log holds it, seen by enough witnesses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import MOST_BYTES as MOST_ENTRY_BYTES
from guiju.core.ledger.entry import decode_entry
from guiju.core.ledger.note import MOST_BYTES
from guiju.core.ledger.proof import parse_proof, verify_proof
from guiju.core.sentence import zh
from guiju.exchange.files import opened, require_lasting
from guiju.exchange.record_files.attested import attest, keys_of
from guiju.exchange.record_files.folder import Folder
from guiju.exchange.record_files.keys import Trust
from guiju.exchange.record_files.report import Broken, ProofReport, blamed
from guiju.exchange.record_files.suites import verify_ed25519


def verify_proof_file(path: Path, entry: Path, trust: Trust) -> ProofReport:
    """Verify that the log holds the bytes of the file ``entry``.

    Keys that were not told are taken from ``log.vkey`` and ``witnesses.vkey`` beside the proof.

    Raises:
        Invalid: FILE-01 when a file cannot be opened; VERIFY-12 and VERIFY-13 for keys that
            are too few.
    """
    proof_data = _bytes(path, MOST_BYTES)
    entry_data = _bytes(entry, MOST_ENTRY_BYTES)
    report = ProofReport(None, None)
    try:
        keys = keys_of(Folder(path.parent), trust)
        report = replace(report, keys=keys)
        with blamed(path.name):
            proof = parse_proof(proof_data)
        report = replace(report, index=proof.index, has_extra=bool(proof.extra))
        attested = attest(proof.checkpoint, path.name, keys.policy)
        with blamed(path.name):
            verify_proof(proof, entry_data, keys.policy, verify=verify_ed25519)
        with blamed(entry.name):
            decode_entry(entry_data)
    except Broken as broken:
        return replace(report, problems=(broken.problem,))
    return replace(report, attested=attested)


def _bytes(path: Path, most: int) -> bytes:
    require_lasting(path)
    with opened(path) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise Invalid(
            "VERIFY-16",
            zh(
                "文件「{path}」超过 {most} 字节，不是记录或证明。请核对路径。",
                path=str(path),
                most=most,
            ),
        )
    return data
