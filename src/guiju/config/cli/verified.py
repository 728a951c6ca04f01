"""What ``guiju verify`` tells: in a few lines for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import out
from guiju.core.ledger.keys import Signed
from guiju.core.ledger.lines import to_base64
from guiju.core.sentence import listing
from guiju.exchange.files import replacing
from guiju.exchange.record_files import Attested, ExportReport, Problem, ProofReport
from guiju.exchange.record_files.keys import Keys

_BEIJING = timezone(timedelta(hours=8))


def print_export(report: ExportReport) -> None:
    """Print whether an export holds, what it vouches for, and what was noticed."""
    if report.is_verified:
        _good(tr("核对无误：全部 {size} 条记录与检查点相符。", size=f"{report.entries:,}"))
    _print_problems(report.problems, report.problem_count)
    _print_attested(report.attested, report.keys)
    if report.sm3 is not None and report.is_verified:
        _plain(tr("国密（SM3）副本：{size} 条，一并核对。", size=f"{report.sm3.size:,}"))
    if report.since is not None and report.is_verified:
        size = f"{report.since.size:,}"
        _plain(tr("与您保存的 {size} 条的检查点一致：其后只增不改。", size=size))
    _print_whose_word(report.keys)
    if report.strays:
        _remark(
            tr(
                "目录里有 {count} 个不属于这份记录的文件，没有核对：{names}。",
                count=f"{report.stray_count:,}",
                names=listing(report.strays, most=5),
            )
        )


def print_proof(report: ProofReport) -> None:
    """Print whether one entry's proof holds."""
    if report.is_verified:
        _good(tr("核对无误：这条记录在册，序号 {index}（从 0 数起）。", index=report.index or 0))
    _print_problems(report.problems, len(report.problems))
    _print_attested(report.attested, report.keys)
    _print_whose_word(report.keys)
    if report.has_extra:
        _remark(tr("证明文件里的附加数据（extra）没有任何签名，不要采信。"))


def write_report(path: Path | None, report: ExportReport | ProofReport) -> None:
    """Write the report as JSON, if a path is given; hashes in base64 as checkpoints write them."""
    if path is None:
        return
    content: dict[str, object] = {
        "verified": report.is_verified,
        "problems": [
            {"code": p.code, "path": p.path, "entry": p.entry, "message": say(p.sentence)}
            for p in report.problems
        ],
        **_attested_json(report.attested),
        **_keys_json(report.keys),
    }
    if isinstance(report, ProofReport):
        content |= {"index": report.index, "has_extra": report.has_extra}
    else:
        content |= {
            "problem_count": report.problem_count,
            "entries": report.entries,
            "tiles": report.tiles,
            "sm3_size": report.sm3.size if report.sm3 else None,
            "since_size": report.since.size if report.since else None,
            "strays": list(report.strays),
            "stray_count": report.stray_count,
        }
    with replacing(path) as stream:
        stream.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")
    _plain(tr("已写出 {path}", path=str(path)))


def beijing(seconds: int | None) -> str:
    """Return an instant in seconds since 1970 as people in China write it."""
    if seconds is None:
        return ""
    try:
        at = datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING)
    except (OverflowError, ValueError, OSError):
        return tr("时间不可信（{seconds}）", seconds=seconds)
    return tr(
        "{year}年{month}月{day}日 {time}",
        year=at.year,
        month=at.month,
        day=at.day,
        time=f"{at:%H:%M}",
    )


def _print_problems(problems: Sequence[Problem], count: int) -> None:
    if not count:
        return
    out().print(tr("不成立：发现 {count} 处问题。", count=f"{count:,}"), style="bold red")
    for problem in problems:
        _plain(f"  {say(problem.sentence)} [{problem.code}]")
    if len(problems) < count:
        _plain(tr("  另有 {count} 处没有列出。", count=f"{count - len(problems):,}"))


def _print_attested(attested: Attested | None, keys: Keys | None) -> None:
    if attested is None or keys is None:
        return
    head = attested.checkpoint.head
    _plain(tr("记录名称：{origin}", origin=attested.checkpoint.origin))
    size = f"{head.size:,}"
    _plain(tr("检查点：{size} 条，根摘要 {root}", size=size, root=to_base64(head.root)))
    if keys.policy.witnesses:
        count, quorum = len(attested.witnessed), keys.policy.quorum
        _plain(tr("见证：{count} 家（要求 {quorum} 家）", count=count, quorum=quorum))
        for signed in attested.witnessed:
            _plain(f"  {signed.key.name}  {beijing(signed.at)}")
    if attested.strangers:
        names = listing(attested.strangers, most=5)
        _remark(tr("检查点上还有不认识的签名，没有核对：{names}。", names=names))


def _print_whose_word(keys: Keys | None) -> None:
    if keys is None:
        return
    if keys.log_keys_own:
        _remark(
            tr(
                "记录方的公钥取自导出本身，不能证明记录方是谁。"
                "请从别处取得公钥，用 --log-key 给出。"
            )
        )
    if keys.witnesses_own:
        _remark(
            tr(
                "见证方的公钥取自导出本身，不能证明真有见证。"
                "请从见证方取得公钥，用 --witness-keys 给出。"
            )
        )
    if not keys.policy.witnesses:
        _remark(tr("没有见证方的公钥，见证没有核对：记录方仍可能给不同的人看不同的记录。"))


def _attested_json(attested: Attested | None) -> dict[str, object]:
    if attested is None:
        return {"checkpoint": None, "witnessed": []}
    checkpoint = attested.checkpoint
    root = to_base64(checkpoint.head.root)
    return {
        "checkpoint": {"origin": checkpoint.origin, "size": checkpoint.head.size, "root": root},
        "witnessed": [_signed_json(one) for one in attested.witnessed],
        "unknown_signatures": list(attested.strangers),
    }


def _signed_json(signed: Signed) -> dict[str, object]:
    return {"key": str(signed.key), "name": signed.key.name, "at": signed.at}


def _keys_json(keys: Keys | None) -> dict[str, object]:
    if keys is None:
        return {}
    return {
        "quorum": keys.policy.quorum,
        "log_keys_from_export": keys.log_keys_own,
        "witness_keys_from_export": keys.witnesses_own,
    }


def _good(text: str) -> None:
    out().print(text, style="bold green", markup=False)


def _plain(text: str) -> None:
    out().print(text, markup=False)


def _remark(text: str) -> None:
    out().print(tr("说明：") + text, style="yellow", markup=False)
