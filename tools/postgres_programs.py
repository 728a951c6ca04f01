"""PostgreSQL's own programs: where they are, and as whom they run."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OLDEST = 15
"""The oldest major version that Guiju supports: since 15 only owners create in ``public``."""

_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")


class ClusterError(Exception):
    """PostgreSQL is missing, or did not do what it should; says which, and what to do."""

    def __init__(self, sentence: str, **fields: object) -> None:
        super().__init__(sentence.format(**fields))


def binaries() -> Path:
    """Return the folder of initdb and postgres, ``OLDEST`` or newer, the one in PATH first.

    Raises:
        ClusterError: there is none.
    """
    for folder in _folders():
        if (folder / "initdb").exists() and _version(folder / "postgres") >= OLDEST:
            return folder
    raise ClusterError(
        "没有找到 PostgreSQL {oldest} 或更新的版本。"
        "请安装（Debian：apt-get install postgresql），或把 initdb 所在的目录加入 PATH。",
        oldest=OLDEST,
    )


def account() -> dict[str, Any]:
    """Return the words for ``subprocess`` that take root's rights away; none for others.

    PostgreSQL refuses to run as root, so an account that is there already lends its name.

    Raises:
        ClusterError: root runs this where neither ``postgres`` nor ``nobody`` exists.
    """
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    raise ClusterError("PostgreSQL 不能由 root 运行，而这里没有 postgres 或 nobody 账号可用。")


def own(folder: Path) -> None:
    """Hand ``folder`` to the account that the server runs as.

    Raises:
        ClusterError: that account cannot reach it.
    """
    lent = account()
    if not lent:
        return
    os.chown(folder, lent["user"], lent["group"])
    reached = subprocess.run(["test", "-x", str(folder)], check=False, **lent)  # noqa: S603, S607
    if reached.returncode:
        raise ClusterError(
            "PostgreSQL 不能由 root 运行，而没有权限的账号进不了「{folder}」。"
            "请换一个人人可以经过的目录，或不用 root 运行。",
            folder=folder,
        )


def environment() -> dict[str, str]:
    """Return the few variables that PostgreSQL's programs need; messages in English."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def call(program: str, *words: str, cwd: Path) -> None:
    """Run one of the programs to its end.

    Raises:
        ClusterError: it is missing, or failed; with its own last words.
    """
    done = subprocess.run(  # noqa: S603 - our own words
        [str(binaries() / program), *words],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment(),
        **account(),
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise ClusterError("{program} 没有成功：\n{said}", program=program, said=said)


def children(pid: int) -> list[int]:
    """Return the process numbers of the children of ``pid``; none where Linux does not say."""
    with contextlib.suppress(OSError):
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    return []


def _folders() -> Iterator[Path]:
    if in_path := shutil.which("initdb"):
        yield Path(in_path).resolve().parent
    installed = [path for glob in _FOLDERS for path in Path("/").glob(glob)]
    yield from sorted(installed, key=_version_named, reverse=True)


def _version_named(folder: Path) -> float:
    return float("".join(re.findall(r"\d+\.?\d*", str(folder))[:1]) or 0)


def _version(program: Path) -> int:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(rb"\) (\d+)", done.stdout)
    return int(found[1]) if found else 0
