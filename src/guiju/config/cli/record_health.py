"""What ``guiju doctor`` says of this installation's record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.config.cli.ground import now, stand_on_ground
from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import late_bar
from guiju.config.environment import data_folder, read_environment
from guiju.core.errors import Invalid, Refusal

MOST_SHOWN = 100
"""How many findings are shown one by one; of the rest only the number is told."""


@dataclass(frozen=True, slots=True)
class Health:
    """One line about the record: where, whether it is well, and what was found."""

    where: str
    is_well: bool
    found: str


def record_health() -> Iterator[Health]:
    """Yield what is wrong, and a summary; nothing where no data directory is initialised."""
    try:
        environment = read_environment(os.environ)
    except Refusal as refusal:
        if _is_initialised(data_folder(os.environ)):
            yield _refused(refusal)
        return
    if environment.database.is_sqlite and not Path(environment.database.name).exists():
        return
    if not environment.database.is_sqlite and not _is_initialised(environment.data):
        return
    stand_on_ground()
    from guiju.config import schema  # noqa: PLC0415 - needs Django set up

    try:
        schema.require_current()
    except Refusal as refusal:
        yield _refused(refusal)  # on another shape of the database nothing more can be said
        return
    yield from _audited()


def _is_initialised(data: Path) -> bool:
    return (data / "keys" / "log.key").exists()


def _audited() -> Iterator[Health]:
    from guiju.base.record import audit, tree_store  # noqa: PLC0415 - needs Django set up

    count = 0
    with late_bar(tr("正在核对记录")) as progress:
        for flaw in audit.flaws(at=now(), progress=progress):
            count += 1
            if count <= MOST_SHOWN:
                found = f"{say(flaw.sentence)} [{flaw.code}]"
                yield Health(flaw.where, is_well=False, found=found)
    for health in _evidence():
        count += 1
        yield health
    size = f"{tree_store.size():,}"
    if count:
        found = tr("共 {size} 条，发现 {count} 处问题。", size=size, count=count)
    else:
        found = tr("共 {size} 条，逐条核对无误。", size=size)
    yield Health(tr("记录"), is_well=not count, found=found)


def _evidence() -> Iterator[Health]:
    """Hash every stored file again, and look for those that are spoken of but not there."""
    from guiju.base.evidence.actions import store_folder  # noqa: PLC0415 - needs Django set up
    from guiju.base.evidence.store import path_of, walk  # noqa: PLC0415 - loaded when called
    from guiju.base.record.audit.flaw import UNREADABLE, unreadable  # noqa: PLC0415 - as above

    root = store_folder()
    for sha256 in walk(root):
        yield from _content(root, sha256)
    try:
        for sha256 in _spoken_of():
            if not path_of(root, sha256).exists():
                yield from _content(root, sha256)
    except UNREADABLE as error:
        flaw = unreadable("evidence_file", error)
        yield Health(flaw.where, is_well=False, found=f"{say(flaw.sentence)} [{flaw.code}]")


def _content(root: Path, sha256: str) -> Iterator[Health]:
    from guiju.base.evidence.store import verify_stored  # noqa: PLC0415 - loaded when called

    where = f"evidence/{sha256[:2]}/{sha256[2:4]}/{sha256}"
    try:
        is_well = verify_stored(root, sha256)
    except Invalid as refusal:
        yield Health(where, is_well=False, found=f"{say(refusal.sentence)} [{refusal.code}]")
        return
    if not is_well:
        found = tr("附件的内容与它的指纹不符：被改动过，或磁盘损坏。请从备份取回这个文件。")
        yield Health(where, is_well=False, found=f"{found} [AUDIT-50]")


def _spoken_of() -> Iterator[str]:
    """Yield the hash of every content that a row of evidence names."""
    from guiju.base.evidence import reads  # noqa: PLC0415 - needs Django set up
    from guiju.base.ui.paging import read_cursor  # noqa: PLC0415 - loaded when called

    page = reads.files(cursor=None)
    while True:
        for shown in page.rows:
            yield from filter(None, {shown.row.sha256, shown.row.clean_sha256})
        if not page.older:
            return
        page = reads.files(cursor=read_cursor({"older": page.older}, parts=2))


def _refused(refusal: Refusal) -> Health:
    return Health(tr("记录"), is_well=False, found=f"{say(refusal.sentence)} [{refusal.code}]")
