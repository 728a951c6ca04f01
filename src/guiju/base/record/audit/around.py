"""What stands around the record: keys, halt, rights, worker, disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from guiju.base.record import floor, heartbeat, lineage, places
from guiju.base.record.audit import database
from guiju.base.record.audit.flaw import Flaw, refused
from guiju.base.record.models import Cosignature, Outbox, Witness
from guiju.base.record.signing import log_key
from guiju.base.witness.wire import Unreachable
from guiju.core.errors import Denied
from guiju.core.sentence import zh

LEAST_FREE = 1024**3
"""Bytes that the disk should have left."""


def flaws(*, at: datetime) -> Iterator[Flaw]:
    """Yield what is wrong around the record."""
    yield from database.rights()
    yield from refused("AUDIT-41", "halted", floor.require_open)
    yield from refused("AUDIT-42", "keys/log.key", _require_own_key)
    yield from _open_files()
    yield from _worker(at)
    yield from _disk()
    yield from _witnessed()


def _require_own_key() -> None:
    keys, own = lineage.opened_keys(), log_key().key
    if keys and keys[-1] != own:
        raise Denied(
            "BACKUP-11",
            zh(
                "这里的密钥「{name}」不是启用记录的那一把。请取回原来的密钥文件。",
                name=own.name,
            ),
        )


def _open_files() -> Iterator[Flaw]:
    """Yield keys, and folders with keys, that others may enter."""
    keys = places.log_key().parent
    if not keys.is_dir():
        return
    for path in (keys, *keys.rglob("*")):
        if path.lstat().st_mode & 0o077:
            yield Flaw(
                "AUDIT-43",
                _below_data(path),
                zh(
                    "别的账号也能读或进入「{path}」。"
                    "请收回权限（chmod go=）；若已外泄，请换新密钥。",
                    path=_below_data(path),
                ),
            )


def _worker(at: datetime) -> Iterator[Flaw]:
    last = heartbeat.last_heartbeat()
    if last is None and not Outbox.objects.exists():
        return
    if last is None or last.is_late(at):
        yield Flaw(
            "AUDIT-44",
            "worker.json",
            zh("后台进程没有在运行，新的记录没有封存。请启动 guiju worker。"),
        )
    elif last.error:
        yield Flaw(
            "AUDIT-45",
            "worker.json",
            zh("后台进程报告：{error} 请排除原因。", error=last.error),
        )


def _disk() -> Iterator[Flaw]:
    free = shutil.disk_usage(places.data()).free
    if free < LEAST_FREE:
        yield Flaw(
            "AUDIT-46",
            str(places.data()),
            zh("磁盘只剩 {free} MB。请腾出空间，否则记录会写不进去。", free=free // 1024**2),
        )


def _witnessed() -> Iterator[Flaw]:
    """Yield what witnesses have seen and this log does not hold, and who of them is silent."""
    keys = lineage.opened_keys()
    for witness in lineage.active_witnesses() if keys else ():
        sight = lineage.ask_witness(witness, keys[-1])
        if isinstance(sight, Unreachable):
            yield from _unasked(witness)
        if not isinstance(sight, lineage.Sight):
            continue
        try:
            lineage.require_descent(sight)
        except Denied as refusal:
            yield Flaw("AUDIT-47", f"witness {sight.who}", refusal.sentence)


def _unasked(witness: Witness) -> Iterator[Flaw]:
    """Yield that a witness which cosigned before did not answer now."""
    if Cosignature.objects.filter(witness=witness.name).exists():
        yield Flaw(
            "AUDIT-48",
            f"witness {witness.name}",
            zh(
                "见证方「{name}」没有回答，这次没有与它见证过的记录对照。"
                "请检查网络或联系见证方，再运行一次 guiju doctor。",
                name=witness.name,
            ),
        )


def _below_data(path: Path) -> str:
    return path.relative_to(places.data()).as_posix()
