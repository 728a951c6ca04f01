"""All of an export: every entry, every tile, the root, and who vouches for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import MOST_BYTES as MOST_ENTRY_BYTES
from guiju.core.ledger.bundles import read_bundle
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.note import MOST_BYTES
from guiju.core.ledger.proofs import check_consistency, prove_consistency
from guiju.core.ledger.tiles import WIDTH, Tile, nodes_from_tiles
from guiju.core.ledger.tree import TreeHead, sha256
from guiju.core.sentence import zh
from guiju.exchange.files import Progress, silent
from guiju.exchange.record_files.attested import attest, attest_sm3, keys_of, older
from guiju.exchange.record_files.canonical import CanonicalCheck
from guiju.exchange.record_files.folder import SM3, Folder
from guiju.exchange.record_files.keys import Trust
from guiju.exchange.record_files.report import (
    MOST_NAMED,
    Broken,
    ExportReport,
    Problem,
    Problems,
    blamed,
)
from guiju.exchange.record_files.suites import sm3
from guiju.exchange.record_files.tree import TreeCheck

CHECKPOINT = "checkpoint"

_MOST_BUNDLE_BYTES = WIDTH * (2 + MOST_ENTRY_BYTES)


def verify_export(
    root: Path, trust: Trust, *, since: bytes | None = None, progress: Progress = silent
) -> ExportReport:
    """Verify the export in the folder ``root``; memory holds one bundle at a time.

    Args:
        root: a folder as C2SP tlog-tiles lays it out, with ``log.vkey`` and, if wanted,
            ``witnesses.vkey`` and the SM3 tree below ``sm3/``.
        trust: keys and quorum that were told out of band.
        since: an older checkpoint that the verifier kept; the log must have grown from it.
        progress: told how many entries are done.

    Raises:
        Invalid: VERIFY-01 for a folder that is no export; VERIFY-12 and VERIFY-13 for keys that
            are too few; FILE-01 when the system refuses to read; what ``older`` raises.
    """
    folder, problems = Folder(root), Problems()
    if not folder.has(CHECKPOINT):
        raise Invalid(
            "VERIFY-01",
            zh(
                "「{path}」不是记录的导出目录：里面没有 checkpoint 文件。请指定整个导出目录。",
                path=str(root),
            ),
        )
    report = ExportReport(None, None)
    try:
        keys = keys_of(folder, trust)
        report = replace(report, keys=keys)
        old = None if since is None else older(since, keys.policy)
        attested = attest(folder.read(CHECKPOINT, MOST_BYTES), CHECKPOINT, keys.policy)
        report = replace(report, attested=attested)
        side = attest_sm3(folder, keys.policy) if folder.has(f"{SM3}{CHECKPOINT}") else None
        head = attested.checkpoint.head
        side_head = side.checkpoint.head if side else None
        side_size = side_head.size if side_head else None
        report = _with_trees(report, folder, head, side_head, problems, progress)
        if old is not None:
            _demand_growth(folder, old, attested.checkpoint, problems)
            report = replace(report, since=old.head)
        report = _with_strays(report, folder.strays(head.size, side_size))
    except Broken as broken:
        problems.add(broken.problem)
    return replace(report, problems=tuple(problems.named), problem_count=problems.count)


def _with_trees(
    report: ExportReport,
    folder: Folder,
    head: TreeHead,
    side: TreeHead | None,
    problems: Problems,
    progress: Progress,
) -> ExportReport:
    """Read all entries, and compute the trees from them."""
    if side is not None and side.size > head.size:
        path = f"{SM3}{CHECKPOINT}"
        sentence = zh(
            "{path} 写有 {side} 条，多于记录的 {size} 条。请重新取得完整的导出目录。",
            path=path,
            side=side.size,
            size=head.size,
        )
        raise Broken(Problem("VERIFY-09", path, sentence))
    trees = [TreeCheck(folder, "", head, sha256, problems)]
    if side is not None:
        trees.append(TreeCheck(folder, SM3, side, sm3, problems))
    canonical = CanonicalCheck()
    for path, done, entries in _bundles(folder, head.size):
        fault = canonical.first_fault(entries)
        if fault is not None:
            problems.add(_not_canonical(path, done + fault[0], fault[1]))
        for tree in trees:
            tree.add(entries)
        progress(done + len(entries), head.size)
    for tree in trees:
        tree.finish()
    tiles = sum(tree.tiles for tree in trees)
    return replace(report, entries=head.size, tiles=tiles, sm3=side)


def _bundles(folder: Folder, size: int) -> Iterator[tuple[str, int, tuple[bytes, ...]]]:
    """Yield each bundle: its path, how many entries come before it, and its entries."""
    for start in range(0, size, WIDTH):
        tile = Tile(None, start // WIDTH, min(WIDTH, size - start))
        data = folder.read(tile.path, _MOST_BUNDLE_BYTES)
        with blamed(tile.path):
            entries = read_bundle(data, tile.width)
        yield tile.path, start, entries


def _not_canonical(path: str, entry: int, why: Invalid) -> Problem:
    sentence = zh(
        "序号 {entry} 的记录（{path}）不合规范：{why}", entry=entry, path=path, why=why.sentence
    )
    return Problem("VERIFY-06", path, sentence, entry)


def _demand_growth(folder: Folder, old: Checkpoint, new: Checkpoint, problems: Problems) -> None:
    """Prove from the tiles that the log only grew since the older checkpoint."""
    if old.head.size > new.head.size:
        sentence = zh(
            "您保存的检查点有 {old} 条，这份导出只有 {size} 条：记录变少了，或导出比您保存的更早。"
            "请向记录方索取新的导出，仍然更少则报告见证方。",
            old=old.head.size,
            size=new.head.size,
        )
        problems.add(Problem("VERIFY-14", CHECKPOINT, sentence))
        return
    if problems.count:
        return  # a proof from tiles that are wrong would prove nothing
    nodes = nodes_from_tiles(lambda tile: folder.read(tile.path, 32 * tile.width), new.head.size)
    path = prove_consistency(nodes, old=old.head.size, size=new.head.size)
    try:
        check_consistency(old.head, new.head, path)
    except Invalid:
        sentence = zh(
            "这份 {size} 条的记录不是由您保存的 {old} 条的检查点只增不改而来：记录被改写过。"
            "请保留两份检查点并报告见证方。",
            size=new.head.size,
            old=old.head.size,
        )
        problems.add(Problem("VERIFY-15", CHECKPOINT, sentence))


def _with_strays(report: ExportReport, strays: Iterator[str]) -> ExportReport:
    named = tuple(islice(strays, MOST_NAMED))
    count = len(named) + sum(1 for _ in strays)
    return replace(report, strays=tuple(map(_printable, named)), stray_count=count)


def _printable(name: str) -> str:
    """Return a file's name without what would disturb a terminal."""
    return "".join(char if char.isprintable() else "?" for char in name[:200])
