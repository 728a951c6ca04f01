"""Bringing a backup back, only to where nothing can be lost, and only if it is the whole record.

A restored log that is older than what witnesses have seen never goes on under its name: what
came after it would deny what they vouched for. Under a new name and key it may, visibly.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from django.db import DatabaseError

from guiju.base.record import audit, checkpoints, erasure, floor, lineage, places, tree_store
from guiju.base.record.actions import open_log
from guiju.base.record.actor import SYSTEM
from guiju.base.record.backup.keys import KeyArchive, Merge, open_keys
from guiju.base.record.backup.manifest import KEYS, RECORD, Contents, Manifest, read_contents
from guiju.base.record.backup.take import MEMBERS, private_files
from guiju.base.record.backup.target import Target, Upgrade, require_empty_folder
from guiju.base.record.backup.unpack import (
    make_folder,
    own_key,
    require_space,
    stage,
    staged_key,
    unpack,
)
from guiju.base.record.door import recording
from guiju.base.record.events import RESTORED
from guiju.base.record.lineage import Sight
from guiju.base.signing_keys import SigningKey, create_signing_key, sync_folder
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.keys import KeyKind
from guiju.core.ledger.note import MOST_BYTES, check_name
from guiju.core.sentence import zh
from guiju.exchange.files import Progress, opened, reason, require_lasting, silent


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a backup is to be brought back.

    Attributes:
        keys: the archive of keys that belongs to it, if the keys are not there.
        checkpoint: a file with a signed checkpoint to measure it by, from paper for example.
        origin: a new name to go on under; empty to go on under its own.
        unwitnessed: whether to do without anybody who has seen the record.
    """

    keys: Path | None = None
    checkpoint: Path | None = None
    origin: str = ""
    unwitnessed: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back.

    Attributes:
        manifest: what the backup said.
        sights: who has seen the record, and how much of it.
        missing: how many entries were seen that the backup lacks; under a new name only.
    """

    manifest: Manifest
    sights: tuple[Sight, ...]
    missing: int


def restore_backup(
    path: Path,
    wanted: Wanted,
    *,
    target: Target,
    upgrade: Upgrade,
    at: datetime,
    progress: Progress = silent,
) -> Restored:
    """Restore the backup at ``path``, all of it; after a refusal everything is as it was.

    Args:
        path: the archive.
        wanted: with which keys, measured by what, under which name.
        target: the empty database.
        upgrade: called once the database is filled.
        at: when.
        progress: told about the work.

    Raises:
        Invalid, Denied: BACKUP-05 to BACKUP-21, each with what stands against it.
    """
    with _told_in_words(), private_files(), ExitStack() as ending, ExitStack() as undo:
        stream = _opened(path, ending)
        contents = read_contents(stream, RECORD)
        manifest = contents.manifest
        _require_fit(manifest, wanted, target)
        require_empty_folder()
        make_folder(places.data(), undo)
        target.require_empty()
        folder, beside = stage(places.data(), ending), stage(target.folder, ending)
        keys = _opened_keys(wanted.keys, ending)
        key = _log_key(contents, keys, folder, wanted)
        require_space(contents.size, folder, beside)
        unpack(stream, manifest, database=beside, evidence=folder, progress=progress)
        undo.callback(target.clear)
        target.fill(beside / MEMBERS[target.engine])
        upgrade()
        _require_sound(manifest, progress)
        sights = _compared(key, wanted)
        merge = _keys_brought(keys, wanted, undo)
        if wanted.origin:
            _rename(wanted.origin, undo)
        _record(manifest, wanted, sights, at)
        erasure.apply_erasures()
        _publish(target, folder, undo)
        _set_floor(wanted, sights)
        merge.bury()
        undo.pop_all()
        return Restored(manifest, sights, max(map(lineage.missing, sights), default=0))


def _require_fit(manifest: Manifest, wanted: Wanted, target: Target) -> None:
    if manifest.engine != target.engine:
        raise Invalid(
            "BACKUP-08",
            zh(
                "备份来自 {engine} 数据库，不能恢复到 {wanted}。"
                "请把 GUIJU_DATABASE 指向同类数据库。",
                engine=manifest.engine,
                wanted=target.engine,
            ),
        )
    if wanted.origin and check_name(wanted.origin) == manifest.origin:
        raise Invalid(
            "BACKUP-17",
            zh(
                "--origin 写的就是原来的名称「{origin}」。要换新名称，请写一个从未用过的名称。",
                origin=wanted.origin,
            ),
        )


def _opened_keys(path: Path | None, ending: ExitStack) -> KeyArchive | None:
    if path is None:
        return None
    stream = _opened(path, ending)
    return open_keys(stream, read_contents(stream, KEYS).manifest)


def _opened(path: Path, ending: ExitStack) -> BinaryIO:
    require_lasting(path)
    with opened(path):
        pass  # whoever cannot read it is told so; what goes wrong afterwards is another thing
    return ending.enter_context(path.open("rb"))


def _log_key(
    contents: Contents, keys: KeyArchive | None, folder: Path, wanted: Wanted
) -> SigningKey | None:
    key = own_key(contents, None if keys is None else staged_key(keys.log_key, folder))
    if key is None and not wanted.origin:
        raise Invalid(
            "BACKUP-12",
            zh(
                "没有记录的密钥，恢复后不能以原来的名称继续。请用 --keys 指明密钥备份，"
                "或把原来的 keys 文件夹放进数据目录；密钥确已丢失的，用 --origin 换一个新名称。"
            ),
        )
    return key


def _require_sound(manifest: Manifest, progress: Progress) -> None:
    """Check the restored log by itself: every entry, both trees, every signature."""
    size = tree_store.size()
    why = next(audit.record_flaws(progress=progress), None)
    if why is None and (size != manifest.size or tree_store.head_at(size) != manifest.head):
        why = audit.Flaw("AUDIT-20", "manifest.json", zh("条数或根摘要与备份清单所写的不符。"))
    if why is not None:
        raise Invalid(
            "BACKUP-13",
            zh(
                "备份里的记录不成立，没有恢复：{where}，{why}请换一份备份。",
                where=why.where,
                why=why.sentence,
            ),
        )


def _compared(key: SigningKey | None, wanted: Wanted) -> tuple[Sight, ...]:
    """Measure the restored log by all who have seen it."""
    keys = lineage.opened_keys()
    if not keys or (key is not None and key.key != keys[-1]):
        raise Denied(
            "BACKUP-11",
            zh("密钥与备份里的记录不是一套：记录是用另一把密钥启用的。请换用配套的密钥备份。"),
        )
    sights = [*lineage.ask_witnesses(keys[-1])]
    if wanted.checkpoint is not None:
        with opened(wanted.checkpoint) as stream:
            data = stream.read(MOST_BYTES + 1)
        sights.append(lineage.read_sight(wanted.checkpoint.name, data, keys))
        _require_recent(sights[-1])
    check = lineage.require_same_beginning if wanted.origin else lineage.require_descent
    for sight in sights:
        check(sight)
    if not wanted.origin:
        floor.check_floor()
        if not sights and not wanted.unwitnessed:
            raise Denied(
                "BACKUP-16",
                zh(
                    "没有一家见证方应答，也没有用 --checkpoint 给出检查点，"
                    "看不出这份备份是不是最新的。请连通见证方后再试，"
                    "或用 --checkpoint 给出纸质检查点；"
                    "都没有时可加 --unwitnessed，那么备份之后的记录若已丢失，无人能发现。"
                ),
            )
    return tuple(sights)


def _require_recent(sight: Sight) -> None:
    """Refuse a checkpoint that says less than the backup does by itself."""
    newest = checkpoints.latest()
    if newest is not None and sight.head.size < newest.size:
        raise Invalid(
            "BACKUP-21",
            zh(
                "检查点「{who}」只有 {seen} 条，备份里自带的检查点已有 {size} 条，"
                "证明不了备份是不是最新的。请给出更新的检查点。",
                who=sight.who,
                seen=sight.head.size,
                size=newest.size,
            ),
        )


def _keys_brought(keys: KeyArchive | None, wanted: Wanted, undo: ExitStack) -> Merge:
    merge = Merge()
    make_folder(places.log_key().parent, undo)
    undo.callback(merge.undo)
    if keys is not None:
        merge.take(keys)
        if not wanted.origin:
            merge.take_log_key(keys)
    return merge


def _rename(origin: str, undo: ExitStack) -> None:
    """Make the key of the new name; the old one is kept beside and signs no more."""
    path = places.log_key()
    if path.exists():
        retired = path.with_name(f"retired-{int(path.stat().st_mtime)}.key")
        path.rename(retired)
        undo.callback(retired.rename, path)
    create_signing_key(path, name=origin, kind=KeyKind.ED25519)
    undo.callback(path.unlink)


def _record(manifest: Manifest, wanted: Wanted, sights: tuple[Sight, ...], at: datetime) -> None:
    """Say in the record itself what was restored, who had seen how much, and what is lost."""
    draft = RESTORED(
        object="log",
        made_at=manifest.made_at,
        size=manifest.size,
        missing=max(map(lineage.missing, sights), default=0),
        seen_by=[sight.who for sight in sights],
    )
    with recording(draft, by=SYSTEM, at=at):
        if wanted.origin:
            open_log(by=SYSTEM, at=at)


def _publish(target: Target, folder: Path, undo: ExitStack) -> None:
    brought, place = folder / "evidence", places.data() / "evidence"
    if brought.exists():
        brought.rename(place)
        undo.callback(shutil.rmtree, place)
    target.publish()
    sync_folder(places.data())


def _set_floor(wanted: Wanted, sights: tuple[Sight, ...]) -> None:
    """Remember the highest tree that is known to have left this house under this name."""
    if wanted.origin:
        places.floor_file().unlink(missing_ok=True)
        return
    newest = checkpoints.latest()
    notes = [sight.note for sight in sights]
    for note in notes if newest is None else [bytes(newest.note), *notes]:
        floor.raise_floor(note)


@contextmanager
def _told_in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Invalid(
            "BACKUP-10",
            zh(
                "恢复没有成功：{why}。没有留下任何内容。请排除原因后再试。",
                why=reason(error),
            ),
        ) from None
    except (DatabaseError, psycopg.Error) as error:
        raise Invalid(
            "BACKUP-20",
            zh(
                "备份里的数据库读不了：{why}。没有留下任何内容。请换一份备份。",
                why=str(error).strip().split("\n")[0][:300],
            ),
        ) from None
