"""The floor below which the record never goes again: the last tree that left this house.

The highest checkpoint that was signed or cosigned is kept outside the database. At start-up
and before signing, the database must hold that tree as its beginning; otherwise it was
rolled back or rewritten, and writing stops (engine.md, section 4, "Restore").
"""

from __future__ import annotations

from guiju.base.record import places, tree_store
from guiju.core.errors import Denied
from guiju.core.ledger.checkpoint import parse_checkpoint
from guiju.core.ledger.note import parse_note
from guiju.core.ledger.tree import TreeHead
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import replacing


def floor() -> TreeHead | None:
    """Return the highest tree that left this house, or None when none has yet."""
    try:
        note = places.floor_file().read_bytes()
    except FileNotFoundError:
        return None
    return parse_checkpoint(parse_note(note).text).head


def raise_floor(note: bytes) -> None:
    """Remember a signed checkpoint if it is at least as high as the one remembered."""
    known = floor()
    head = parse_checkpoint(parse_note(note).text).head
    if known is None or head.size >= known.size:
        with replacing(places.floor_file()) as stream:
            stream.write(note)


def check_floor() -> None:
    """Refuse a database that was rolled back or rewritten.

    Raises:
        Denied: RECORD-11 when it is smaller than what left this house, RECORD-12 when its
            beginning differs.
    """
    known = floor()
    if known is None:
        return
    size = tree_store.size()
    if size < known.size:
        raise Denied(
            "RECORD-11",
            zh(
                "记录库只有 {size} 条，而已公布的检查点有 {known} 条：数据库被退回到了从前。"
                "为免丢失记录，已停止写入。请恢复较新的备份，或联系见证方核对。",
                size=size,
                known=known.size,
            ),
        )
    if tree_store.head_at(known.size).root != known.root:
        raise Denied(
            "RECORD-12",
            zh(
                "记录库前 {known} 条的根摘要与已公布的检查点不符：记录被改写过。"
                "已停止写入。请保留现场，运行 guiju doctor 查明位置，并报告见证方。",
                known=known.size,
            ),
        )


def halt(why: Sentence) -> None:
    """Stop all writing until somebody has looked."""
    with replacing(places.halt_file()) as stream:
        stream.write(f"{why}\n".encode())


def require_open() -> None:
    """Refuse to write while halted (RECORD-10)."""
    if places.halt_file().exists():
        raise Denied(
            "RECORD-10",
            zh(
                "记录已停止写入：{why} 请联系系统管理员和见证方核对后再办。",
                why=places.halt_file().read_text("utf-8", "replace").strip(),
            ),
        )
