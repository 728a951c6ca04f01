"""Where results go: into a folder that is there, and never over what was read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where to write; None where nothing was asked for."""

    json: Path | None = None
    html: Path | None = None
    xes: Path | None = None

    def written(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.html, self.xes, self.json) if path)


def check_places(targets: tuple[Path, ...], inputs: tuple[Path | None, ...]) -> None:
    """Look at each target before any work is done.

    Raises:
        Invalid: FILE-03 for a missing folder or a folder in place of a file; FILE-04 when a
            target is one of the inputs, or two targets are one.
    """
    for target in targets:
        _check_place(target)
        if any(source and _is_same(target, source) for source in inputs):
            raise Invalid(
                "FILE-04",
                zh(
                    "「{path}」就是要读的文件，写出会把它覆盖。请换一个文件名。",
                    path=str(target),
                ),
            )
    for one, other in combinations(targets, 2):
        if _is_same(one, other):
            raise Invalid(
                "FILE-04",
                zh("「{path}」要写两次，后写的会盖掉先写的。请换一个文件名。", path=str(other)),
            )


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise Invalid(
            "FILE-03",
            zh("「{path}」是文件夹，不能当文件写。请写明其中的文件名。", path=str(path)),
        )
    if not path.parent.is_dir():
        raise Invalid(
            "FILE-03",
            zh(
                "写不了「{path}」：文件夹「{folder}」不存在。请先建好文件夹，或换一个位置。",
                path=str(path),
                folder=str(path.parent),
            ),
        )


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether both lead to one file, through links too."""
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
