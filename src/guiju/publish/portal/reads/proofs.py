"""What proves a published edition: its events in the record, as files that anyone can check."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from uuid import UUID

from guiju.base.record import lineage, proving, reads
from guiju.base.record.signing import log_key
from guiju.core.ledger.entry import canonical
from guiju.publish.portal.models import Issue

_DAY = (2025, 1, 1, 0, 0, 0)

Files = Mapping[str, bytes]


def sealed_of(issue: Issue) -> dict[str, int | None]:
    """Return the numbers of an edition's events, by the names of their files; one query."""
    keys = _keys(issue)
    numbers = proving.numbers(keys.values())
    return {name: numbers.get(key) for name, key in keys.items()}


def _keys(issue: Issue) -> dict[str, UUID]:
    effective = {"effective": issue.effect} if issue.effect else {}
    closings = {f"closed-{n}": UUID(key) for n, key in enumerate(issue.closings, 1)}
    return {"published": issue.event} | effective | closings


def content_of(issue: Issue) -> bytes:
    """Return the canonical bytes of the public form."""
    return zlib.decompress(issue.content)


def withheld_bytes(withheld: object) -> bytes:
    """Return what is not public and why, as its digest in the record stands for it."""
    return canonical({"format": "guiju.withheld/1", "withheld": withheld})


def bundle(issue: Issue, readme: str) -> bytes | None:
    """Return everything that proves an edition, as one archive; None while it is not sealed.

    Args:
        issue: the edition, with its content.
        readme: how to check it, in words.
    """
    proofs = _proofs(issue)
    if proofs is None:
        return None
    witnesses = "".join(f"{one.vkey}\n" for one in lineage.active_witnesses())
    proved = {
        "lists.json": content_of(issue),
        "withheld.json": withheld_bytes(issue.withheld),
        **proofs,
    }
    files = {
        "README.txt": readme.encode(),
        **proved,
        "SHA256SUMS": _sums(proved),
        "log.vkey": f"{log_key().key}\n".encode(),
        **({"witnesses.vkey": witnesses.encode()} if witnesses else {}),
    }
    return _packed(files)


def _proofs(issue: Issue) -> Files | None:
    files: dict[str, bytes] = {}
    for name, key in _keys(issue).items():
        found = reads.event(key)
        if found is None or found[0].leaf is None:
            return None
        proved = proving.prove(found[1], found[0].leaf)
        if proved is None:
            return None
        files |= {f"{name}.json": found[1], f"{name}.tlog-proof": proved.proof.encode()}
    return files


def _sums(files: Files) -> bytes:
    """Return the digests of files as ``sha256sum -c`` reads them."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    ).encode()


def _packed(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
