"""Exports of a record as the log writes them, and keys that nobody else has, for tests."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
from contextlib import chdir, redirect_stdout
from functools import cache
from pathlib import Path
from unittest.mock import patch

from guiju.core.ledger.bundles import write_bundle
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.entry import encode_entry
from guiju.core.ledger.keys import cosign, sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.ledger.proof import LogProof
from guiju.core.ledger.proofs import prove_inclusion
from guiju.core.ledger.tiles import WIDTH, tiles_of, write_tile
from guiju.core.ledger.tree import TreeHead, sha256
from guiju.exchange.record_files.suites import sm3
from ledger_reference.parties import LOG, LOG_SIGN, ORIGIN, W1, W1_SIGN, W2, W2_SIGN, grown

AT = 1_795_223_520
"""2026-11-21 09:12 in Beijing."""

WITNESSES = ((W1, W1_SIGN), (W2, W2_SIGN))


def entries(size, *, word="受理"):
    """Entries of several shapes, as the door of the record writes them."""
    return [encode_entry(_entry(number, word)) for number in range(size)]


def _entry(number, word):
    data = {"fee": number * 100 - 50, "note": f"{word}“{number}”\n已核"}
    if number % 3 == 0:
        data |= {"people": [f"p{number}", "p1"], "open": number % 2 == 0, "why": None}
    return {
        "actor": f"p{number % 7:03d}",
        "at": f"2026-03-04T05:06:07.{number % 10**6:06d}Z",
        "data": data,
        "kind": "run.matter.accepted",
        "matter": f"M-{number:07d}",
        "version": 1,
    }


def signed(head, *, origin=ORIGIN, witnesses=WITNESSES, at=AT):
    """A checkpoint by the log, cosigned by witnesses one minute after the other."""
    text = Checkpoint(origin, head).text()
    lines = [
        cosign(text, key, at=at + 60 * number, sign=sign)
        for number, (key, sign) in enumerate(witnesses)
    ]
    return SignedNote(text, (sign_text(text, LOG, LOG_SIGN), *lines)).encode()


@cache
def export(size, *, side=None, word="受理", witnesses=WITNESSES):
    """The files of an export by their paths; with an SM3 tree of ``side`` entries."""
    rows = entries(size, word=word)
    files = _tree(rows, sha256, "")
    frontier, _ = grown(rows)
    files["checkpoint"] = signed(frontier.head(), witnesses=witnesses)
    files["log.vkey"] = f"{LOG}\n".encode()
    files["witnesses.vkey"] = "".join(f"{key}\n" for key, _ in WITNESSES).encode()
    for tile in tiles_of(size):
        if tile.level is None:
            files[tile.path] = write_bundle(rows[tile.index * WIDTH :][: tile.width])
    if side is not None:
        files |= _tree(rows[:side], sm3, "sm3/")
        frontier, _ = grown(rows[:side], sm3)
        head = frontier.head(sm3)
        files["sm3/checkpoint"] = signed(head, origin=f"{ORIGIN}/sm3", witnesses=())
    return files


def _tree(rows, hasher, prefix):
    _, nodes = grown(rows, hasher)
    return {
        prefix + tile.path: write_tile(tile, nodes)
        for tile in tiles_of(len(rows))
        if tile.level is not None
    }


def write(folder, files):
    """Write the files of an export into a folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def keys(folder):
    """Write the keys as the verifier has them from elsewhere; return the options for them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "log-key.txt").write_text(f"{LOG}\n", "utf-8")
    text = "".join(f"{key}\n" for key, _ in WITNESSES)
    (folder / "witness-keys.txt").write_text(f"# 见证方\n\n{text}", "utf-8")
    return (
        *("--log-key", folder / "log-key.txt"),
        *("--witness-keys", folder / "witness-keys.txt", "--quorum", 2),
    )


def proof(index, size):
    """One entry and its proof file."""
    rows = entries(size)
    frontier, nodes = grown(rows)
    path = prove_inclusion(nodes, index=index, size=size)
    return rows[index], LogProof(index, path, signed(frontier.head())).encode()


def forged(files, size, root=b"\x01" * 32):
    """The files with a checkpoint that the log itself signed, but over another tree."""
    return {**files, "checkpoint": signed(TreeHead(size, root))}


def said(path):
    """What a JSON report says."""
    return json.loads(path.read_text("utf-8"))


def citizen(*arguments, cwd):
    """Run the verifier for citizens in this process; return status and words."""
    out = io.StringIO()
    argv = ["guiju_verify.py", *map(str, arguments)]
    with chdir(cwd), patch.object(sys, "argv", argv), redirect_stdout(out):
        status = CITIZEN.run()
    return status, out.getvalue()


def _loaded():
    path = Path(__file__).parents[1] / "tools" / "guiju_verify.py"
    spec = importlib.util.spec_from_file_location("guiju_verify", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CITIZEN = _loaded()
