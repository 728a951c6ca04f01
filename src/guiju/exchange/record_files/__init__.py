"""A record's published files, verified without the database that wrote them.

The files are those of C2SP tlog-tiles: a signed checkpoint, tiles of hashes and
bundles of entries. ``verify_export`` reads every byte of them and computes all again;
``verify_proof_file`` checks one entry with its ``.tlog-proof``. What is wrong with the
files is reported; what keeps them from being read at all is raised.
"""

from __future__ import annotations

from guiju.exchange.record_files.export import verify_export
from guiju.exchange.record_files.keys import Trust, key_or_file, read_keys
from guiju.exchange.record_files.one_entry import verify_proof_file
from guiju.exchange.record_files.report import Attested, ExportReport, Problem, ProofReport

__all__ = [
    "Attested",
    "ExportReport",
    "Problem",
    "ProofReport",
    "Trust",
    "key_or_file",
    "read_keys",
    "verify_export",
    "verify_proof_file",
]
