"""Taking in the lists of a folder: what became of the rows and cells of each file, and how fast.

The folder is the first argument, or GUIJU_LISTS, or ``../shared/data/lists`` beside the
repository. With a number as second argument also a made-up county of so many powers, with
four times as many steps and risks, is written as the product's workbook and read back.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from pathlib import Path

from guiju.core.flow.model import Flow
from guiju.core.lists.model import Control, Edition, LegalBasis, Power, PowerFlow, Risk
from guiju.core.lists.words import BasisLevel, PowerKind
from guiju.exchange.lists.intake import read_content, read_lists
from guiju.exchange.lists.own_write import write_workbook
from guiju.exchange.lists.straight import straight_flow

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("GUIJU_LISTS", ROOT.parent / "shared" / "data" / "lists"))
_ROUNDS = 5


def table(folder: Path) -> None:
    """Print a line for each file of ``folder``."""
    print(
        "| file | rows seen | understood | doubtful | not understood | cells | u. | d. | n. | s |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for path in sorted(folder.iterdir()):
        spent = []
        for _ in range(_ROUNDS):
            began = time.process_time()
            intake = read_lists([path])
            spent.append(time.process_time() - began)
        counts = [
            f"{count:,}"
            for found in (intake.rows, intake.cells)
            for count in (found.seen, found.understood, found.doubtful, found.unread)
        ]
        print(f"| {path.name} | {' | '.join(counts)} | {statistics.median(spent):.3f} |")


def county(powers: int) -> Edition:
    """Return an edition of so many powers, each with a flow of four steps and four risks."""
    kinds = list(PowerKind)
    flow = straight_flow("受理→审查→决定→送达")
    assert isinstance(flow, Flow)
    numbers = range(powers)
    return Edition(
        profile="county",
        powers=tuple(
            Power(code=f"Q{n}", name=f"第{n}项许可", kind=kinds[n % 10].value, subject="某局")
            for n in numbers
        ),
        bases=tuple(
            LegalBasis(
                code=f"Y{n}", power=f"Q{n}", name="某法", article=f"第{n}条", level=BasisLevel.LAW
            )
            for n in numbers
        ),
        flows=tuple(
            PowerFlow(code=f"L{n}", power=f"Q{n}", name=f"第{n}项许可", graph=flow) for n in numbers
        ),
        risks=tuple(
            Risk(code=f"F{n}-{k}", power=f"Q{n}", text=f"第{n}项第{k}步放宽条件", grade=k % 3 + 1)
            for n in numbers
            for k in range(4)
        ),
        controls=tuple(
            Control(code=f"K{n}-{k}", risk=f"F{n}-{k}", text="两人审查", person="某科长")
            for n in numbers
            for k in range(4)
        ),
    )


def large(powers: int) -> None:
    """Print how long a whole county takes to write and to read back."""
    edition = county(powers)
    stream = io.BytesIO()
    began = time.process_time()
    write_workbook(edition, stream)
    written = time.process_time()
    again = read_content("county.xlsx", stream.getvalue())
    read = time.process_time()
    assert again.edition == edition
    print(
        f"\n{powers:,} powers, {again.rows.seen:,} rows, {again.cells.seen:,} cells, "
        f"{len(stream.getvalue()) / 2**20:.1f} MB: "
        f"written in {written - began:.1f} s, read in {read - written:.1f} s of CPU"
    )


if __name__ == "__main__":
    table(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
    if len(sys.argv) > 2:
        large(int(sys.argv[2]))
