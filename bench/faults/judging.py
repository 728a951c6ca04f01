"""What is true after the faults, counted by queries and hashes of our own.

Only the last question is put to the product: what its own ``guiju doctor`` says.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ground import Ground, wait_until
from writers import ERROR, Load, has_row, steps_of

_ACTS = "SELECT object, kind FROM record_event WHERE kind LIKE 'bench.act.%'"
_UNSEALED = """
SELECT count(*) FROM record_event e
WHERE (SELECT count(*) FROM record_leaf l WHERE l.event_id = e.id) <> 1"""
_ORPHANS = """
SELECT count(*) FROM record_leaf l
WHERE NOT EXISTS (SELECT 1 FROM record_event e WHERE e.id = l.event_id)"""
_HEAD = """
SELECT size, root FROM record_checkpoint
WHERE suite = 'sha256' ORDER BY size DESC, id DESC"""
_ENTRIES = (
    "SELECT e.entry, l.seq FROM record_leaf l JOIN record_event e ON e.id = l.event_id ORDER BY seq"
)


@dataclass(slots=True)
class Recorded:
    """What the database holds of the acts: how often each, and which are there in part only."""

    times: Counter[int]
    halves: list[int]


@dataclass(slots=True)
class Found:
    """Counts after the faults; ``faults`` names everything that should not be so."""

    acknowledged: int
    missing: int
    doubled: int
    halves: int
    entries: int
    faults: list[str]

    def cells(self) -> tuple[object, ...]:
        """Return what stands in the table."""
        return self.acknowledged, self.missing, self.doubled, self.halves, self.entries


def wait_until_sealed(ground: Ground) -> None:
    """Wait until a worker has sealed and signed everything."""

    def is_so() -> bool:
        waiting = ground.number("SELECT count(*) FROM record_outbox")
        leaves = ground.number("SELECT count(*) FROM record_leaf")
        signed = ground.number("SELECT max(size) FROM record_checkpoint WHERE suite = 'sha256'")
        return not waiting and signed == leaves

    wait_until(is_so, "everything is sealed and signed")


def acts(ground: Ground) -> Recorded:
    """Return the acts of ``writers.act`` that are recorded."""
    times: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for about, kind in ground.ask(_ACTS):
        counted = times if kind == "bench.act.done" else steps
        counted[int(str(about).removeprefix("act:"))] += 1
    rows = {name for (name,) in ground.ask("SELECT name FROM record_witness")}
    halves = [
        n
        for n in times.keys() | steps.keys()
        if n not in times
        or steps[n] != steps_of(n)
        or (f"witness.example/{n}" in rows) != has_row(n)
    ]
    return Recorded(times, halves)


def judge(ground: Ground, load: Load, recorded: Callable[[Ground], Recorded] = acts) -> Found:
    """Count what is missing, doubled or half done; recompute the tree; ask ``guiju doctor``.

    A worker must be running, and everything be sealed.

    Args:
        ground: where.
        load: what was acknowledged.
        recorded: tells what is there of the acts.
    """
    there = recorded(ground)
    missing = [n for n in load.acknowledged if not there.times[n]]
    doubled = [n for n, count in there.times.items() if count > 1]
    faults = [
        *(f"act {n} was acknowledged and is missing" for n in missing),
        *(f"act {n} is doubled" for n in doubled),
        *(f"act {n} is half done" for n in there.halves),
        *(f"act {n} was never acknowledged" for n in load.sent.keys() - load.acknowledged.keys()),
        *load.strange,
        *_told(load),
        *_tree_faults(ground),
        *doctor_faults(ground),
    ]
    entries = ground.number("SELECT count(*) FROM record_leaf")
    counts = (len(load.acknowledged), len(missing), len(doubled), len(there.halves))
    return Found(*counts, entries, faults)


def _told(load: Load) -> Iterator[str]:
    for words, count in load.said.items():
        if words.startswith(ERROR):
            yield f"a writer said: {words} ({count} times)"


def _tree_faults(ground: Ground) -> Iterator[str]:
    for query, what in ((_UNSEALED, "events without exactly one leaf"), (_ORPHANS, "stray leaves")):
        if count := ground.number(query):
            yield f"{count} {what}"
    rows = ground.ask(_ENTRIES)
    if [seq for _, seq in rows] != list(range(len(rows))):
        yield "the numbers of the leaves have gaps"
    size, root = ground.ask(_HEAD)[0]
    leaves = [hashlib.sha256(b"\0" + bytes(entry)).digest() for entry, _ in rows]
    if size != len(leaves) or bytes(root) != root_of(leaves):
        yield f"the signed root over {size} is not that of the {len(leaves)} entries"


def root_of(row: list[bytes]) -> bytes:
    """Return the root by the definition of RFC 6962, section 2.1, level by level."""
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        odd = row[len(row) & ~1 :]
        row = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    return row[0] if row else hashlib.sha256(b"").digest()


def doctor_faults(ground: Ground) -> Iterator[str]:
    """Yield what ``guiju doctor`` finds, and what ``guiju verify`` says of an export."""
    wait_until(lambda: _is_well(ground), "the worker says that all is well again")
    status, said = ground.run("doctor", well=(0, 1))
    if status:
        yield f"doctor: {said}"
    export = ground.folder / "export"
    ground.run("record", "export", str(export))
    status, said = ground.run("verify", str(export), "--quorum", "0", well=(0, 1))
    if status:
        yield f"verify: {said}"


def _is_well(ground: Ground) -> bool:
    """Tell whether the worker's heartbeat names no trouble; it waits between its attempts."""
    heartbeat = ground.data / "worker.json"
    return heartbeat.exists() and not json.loads(heartbeat.read_bytes())["error"]
