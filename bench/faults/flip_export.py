"""Random byte flips in an exported record: a stranger without the product must find each.

2,000 flips, each looked for by what ``guiju verify`` calls and by ``tools/guiju_verify.py``;
one in ten by both as processes of their own. The verifier has the keys from elsewhere. About
10 minutes. Whether it was written from SQLite or PostgreSQL makes no difference to the files.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from flips import flip
from ground import Ground, arguments, finish, ground, print_row

TOOL = Path(__file__).parents[2] / "tools" / "guiju_verify.py"
PROCESS_EVERY = 10


@dataclass(slots=True)
class Verifier:
    """One way of verifying an export: tells whether it holds."""

    name: str
    holds: Callable[[], bool]
    is_process: bool
    sees: Callable[[str], bool] = lambda _path: True
    flips: int = 0
    missed: list[str] = field(default_factory=list)

    def look(self, what: str) -> None:
        """Verify an export in which something was flipped."""
        self.flips += 1
        try:
            if self.holds():
                self.missed.append(f"{self.name} did not see {what}")
        except Exception as error:  # noqa: BLE001 - a stranger would be shown a traceback
            self.missed.append(f"{self.name} raised {type(error).__name__} at {what}: {error}")


def main() -> None:
    """Flip, verify, print."""
    asked = arguments(str(__doc__), rounds=2000, seconds=3000)
    random.seed(asked.seed)
    with ground(asked.database) as laid:
        laid.stand()
        export = _exported(laid)
        verifiers = _verifiers(laid, export)
        for verifier in verifiers:
            assert verifier.holds(), f"{verifier.name} does not believe the sound export"
        began = time.monotonic()
        _flip_files(export, verifiers, asked.rounds)
        seconds = round(time.monotonic() - began)
        for verifier in verifiers:
            found = verifier.flips - len(verifier.missed)
            cells = (verifier.name, asked.database, verifier.flips, found, 0)
            print_row((f"byte of an export, by {cells[0]}", *cells[1:], seconds))
        missed = [what for verifier in verifiers for what in verifier.missed]
        proofs = _flip_proofs(laid, asked.rounds // 10)
        finish(
            ("byte of one entry's proof", asked.database, *proofs[0], 0, ""), [*missed, *proofs[1]]
        )


def _flip_files(export: Path, verifiers: Sequence[Verifier], rounds: int) -> None:
    files = sorted(path for path in export.rglob("*") if path.is_file())
    sizes = [path.stat().st_size for path in files]
    for number in range(rounds):
        # Half by size, half by file: a checkpoint is as important as a thousand entries.
        path = random.choices(files, sizes)[0] if number % 2 else random.choice(files)
        sound = path.read_bytes()
        where = path.relative_to(export).as_posix()
        spoilt = flip(sound)
        path.write_bytes(spoilt)
        at = next(i for i, pair in enumerate(zip(sound, spoilt, strict=True)) if pair[0] != pair[1])
        for verifier in verifiers:
            if verifier.sees(where) and (number % PROCESS_EVERY == 0 or not verifier.is_process):
                verifier.look(f"byte {at} of {where}: {sound[at]} -> {spoilt[at]}")
        path.write_bytes(sound)


def _exported(laid: Ground) -> Path:
    """Write an export that two witnesses have cosigned; keep the keys outside of it."""
    from record_to_spoil import fill  # noqa: PLC0415 - needs Django set up

    fill(laid)
    export = laid.folder / "export"
    laid.run("record", "export", str(export))
    for name in ("log.vkey", "witnesses.vkey"):
        (laid.folder / name).write_bytes((export / name).read_bytes())
    return export


def _verifiers(laid: Ground, export: Path) -> list[Verifier]:
    from guiju.core.ledger.keys import KeyKind  # noqa: PLC0415 - the ground first
    from guiju.exchange.record_files import (  # noqa: PLC0415 - as above
        Trust,
        key_or_file,
        read_keys,
        verify_export,
    )

    log, witnesses = laid.folder / "log.vkey", laid.folder / "witnesses.vkey"
    words = (str(export), "--log-key", str(log), "--witness-keys", str(witnesses), "--quorum", "2")
    trust = Trust(key_or_file(str(log)), read_keys(witnesses, KeyKind.COSIGNATURE), 2)
    tool = _tool()

    def by_call() -> bool:
        return verify_export(export, trust).is_verified

    def by_command() -> bool:
        return laid.run("verify", *words, well=(0, 1))[0] == 0

    def by_tool() -> bool:
        sys.argv = ["guiju_verify.py", *words]
        with redirect_stdout(io.StringIO()):
            return bool(tool.run() == 0)

    def by_tool_alone() -> bool:
        return _run_alone(*words)

    return [
        Verifier("guiju verify (called)", by_call, is_process=False),
        Verifier("guiju verify", by_command, is_process=True),
        Verifier("guiju_verify.py (called)", by_tool, is_process=False, sees=_tool_sees),
        Verifier("guiju_verify.py", by_tool_alone, is_process=True, sees=_tool_sees),
    ]


def _tool_sees(path: str) -> bool:
    """Tell whether the citizens' verifier reads a file; where Python lacks SM3, it says so."""
    return not path.startswith("sm3/") or "sm3" in hashlib.algorithms_available


def _flip_proofs(laid: Ground, rounds: int) -> tuple[tuple[int, int], list[str]]:
    """Flip bytes in single entries and in their proofs; return how many, how many found."""
    from guiju.base.record import export, proving  # noqa: PLC0415 - needs Django set up

    proof, entry = laid.folder / "one.tlog-proof", laid.folder / "one.json"
    witnesses = str(laid.folder / "witnesses.vkey")
    keys = ("--log-key", str(laid.folder / "log.vkey"), "--witness-keys", witnesses)
    words = (str(proof), *keys, "--quorum", "2")
    missed: list[str] = []
    for number in range(rounds):
        seq = random.randrange(100)
        sealed = export.entries(seq, seq + 1)[0]
        proved = proving.prove(sealed, seq)
        assert proved is not None
        proof.write_bytes(proved.proof.encode())
        entry.write_bytes(sealed)
        if number == 0:
            assert _run_alone(*words), "the sound proof does not hold"
        path = (proof, entry)[number % 2]
        path.write_bytes(flip(path.read_bytes()))
        for name, holds in (
            ("guiju verify", laid.run("verify", *words, well=(0, 1))[0] == 0),
            ("guiju_verify.py", _run_alone(*words)),
        ):
            if holds:
                missed.append(f"{name} did not see a byte of {path.name} of entry {seq}")
    return (2 * rounds, 2 * rounds - len(missed)), missed


def _run_alone(*words: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(TOOL), *words], capture_output=True, check=False
    )
    if b"Traceback" in done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return done.returncode == 0


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guiju_verify", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
