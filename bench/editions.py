"""An edition of 10,000 powers in the product itself: import, checks, pages over HTTP.

    python bench/editions.py --database sqlite --data FOLDER [--powers 10000]

The folder gets an installation with a county of 2,000 people and the edition that
``lists_lint.generated`` makes: four steps, four risks and four controls a power. The workbook
is written, read back and brought in as the wizard does; then pages are opened as a supervisor
of the county. What is there already is kept. Nothing here is asserted by a test.
"""

from __future__ import annotations

import argparse
import io
import signal
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "faults"))

from ground import ORIGIN, Ground, print_row  # noqa: E402 - it lies in a folder beside
from lists import laid_in  # noqa: E402 - after the paths
from record import print_machine  # noqa: E402 - as above

T = TypeVar("T")
_DONE = "edition.txt"
_PEOPLE = 2_000


def main() -> None:
    """Build what is missing, measure, print."""
    parser = argparse.ArgumentParser(description="A large edition of the lists.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, required=True, help="the folder, kept")
    parser.add_argument("--powers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=100, help="pages of each kind")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with laid_in(asked.data.resolve(), asked.database) as laid:
        if (laid.folder / _DONE).exists():
            laid.run("migrate")
        else:
            laid.run("init", "--name", ORIGIN)
        laid.stand()
        print_machine()
        if not (laid.folder / _DONE).exists():
            build(laid, asked.powers)
        judge(laid)
        measure(laid, asked.rounds)


def timed(what: str, work: Callable[[], T]) -> T:
    """Run it and say how long it takes, by the clock and by the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    found = work()
    spent = time.perf_counter() - clock, time.process_time() - cpu
    print(f"{what:<40} {spent[0]:7.2f} s, CPU {spent[1]:6.2f} s", flush=True)
    return found


def build(laid: Ground, powers: int) -> None:
    """Make the county and bring the edition in as a workbook."""
    from lists_accounts import open_accounts  # noqa: PLC0415 - needs Django set up
    from lists_county import Size, make  # noqa: PLC0415 - as above
    from lists_lint import generated  # noqa: PLC0415 - as above

    from guiju.base.org.models import Unit  # noqa: PLC0415 - as above
    from guiju.base.record.actor import SYSTEM  # noqa: PLC0415 - as above
    from guiju.define.lists.actions.drafting import begin_edition  # noqa: PLC0415 - as above
    from guiju.define.lists.actions.importing import import_lists  # noqa: PLC0415 - as above
    from guiju.exchange.lists.intake import read_content  # noqa: PLC0415 - as above
    from guiju.exchange.lists.own_write import write_workbook  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    make(Size(_PEOPLE), now.date())
    open_accounts(laid.folder, now)
    unit = Unit.objects.get(parent=None).reference
    target = io.BytesIO()
    lists = generated(powers)
    timed("write the workbook", lambda: write_workbook(lists, target))
    print(f"{len(target.getvalue()) / 1e6:.1f} MB, {sum(1 for _ in lists.items()):,} items")
    told = timed("read the workbook", lambda: read_content("lists.xlsx", target.getvalue()))
    begun = begin_edition(unit=unit, title="清单", profile="county", based_on="", by=SYSTEM, at=now)
    bring = {"edition": begun.reference, "told": told.edition, "file": "0" * 64, "revision": None}
    timed("import", lambda: import_lists(**bring, by=SYSTEM, at=now))
    timed("import the same again", lambda: import_lists(**bring, by=SYSTEM, at=now))
    (laid.folder / _DONE).write_text(begun.reference, "utf-8")


def judge(laid: Ground) -> None:
    """Check the edition once as it is, and once more while nothing has changed."""
    from guiju.define.lists.models import Edition  # noqa: PLC0415 - needs Django set up
    from guiju.define.lists.reads.checks import report_of  # noqa: PLC0415 - as above

    reference = (laid.folder / _DONE).read_text("utf-8")
    edition = Edition.objects.select_related("unit").get(reference=reference)
    today = datetime.now(UTC).date()
    report = timed("checks", lambda: report_of(edition, today))
    timed("checks again", lambda: report_of(edition, today))
    print(f"{len(report.findings):,} findings")


def measure(laid: Ground, rounds: int) -> None:
    """Print every kind of page: its times over HTTP and its queries."""
    from lists_accounts import read_sign_ins  # noqa: PLC0415 - needs Django set up
    from lists_reader import Reader  # noqa: PLC0415 - as above
    from serving import Served  # noqa: PLC0415 - as above

    served = Served.start(laid, "--no-worker")
    reader = Reader.signed_in(served.port, read_sign_ins(laid.folder)["supervisor"])
    print("| page | p50 ms | p95 ms | p99 ms | queries | KB |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    for what, paths in pages(laid).items():
        warm = max(2, rounds // 10)
        opened = [paths[number % len(paths)] for number in range(rounds + warm)]
        times = [reader.seconds(path) * 1e3 for path in opened][warm:]
        cuts = statistics.quantiles(times, n=100)
        most = max(min(reader.queries(path) for _ in range(2)) for path in set(opened[:10]))
        told = (f"{cuts[place]:.1f}" for place in (49, 94, 98))
        print_row((what, *told, most, len(reader.get(paths[0])) // 1024))


def pages(laid: Ground) -> dict[str, list[str]]:
    """Return the pages that are opened, by kind."""
    from guiju.core.lists.words import ItemKind  # noqa: PLC0415 - needs Django set up
    from guiju.define.lists.models import Edition, Item  # noqa: PLC0415 - as above

    reference = (laid.folder / _DONE).read_text("utf-8")
    edition = Edition.objects.get(reference=reference)
    identity = reference.partition(":")[2]
    codes = list(
        Item.objects.filter(edition=edition, kind=ItemKind.POWER.value)
        .order_by("number")
        .values_list("code", flat=True)[::101]
    )
    at = f"/lists/{identity}"
    return {
        "editions": ["/lists/"],
        "edition": [f"{at}/"],
        **{f"table: {kind.value}": [f"{at}/items/{kind.value}/"] for kind in ItemKind},
        "powers, searched": [f"{at}/items/power/?search={code}" for code in codes],
        "item: power": [f"{at}/items/power/{code}/" for code in codes],
        "checks": [f"{at}/checks/"],
        "power sheet": [f"/views/{identity}/power/{code}/" for code in codes],
    }


if __name__ == "__main__":
    main()
