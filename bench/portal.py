"""The portal over one edition of 10,000 powers: publishing it, and pages to strangers over HTTP.

    python bench/portal.py --database sqlite --data FOLDER [--powers 10000]

The folder is that of ``editions.py``, made if it is not there. The edition is put into effect as
it is, without its chain, and published. Nothing here is asserted by a test.
"""

from __future__ import annotations

import argparse
import signal
import statistics
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "faults"))

from editions import _DONE, build, timed  # noqa: E402 - after the paths
from ground import ORIGIN, Ground, print_row  # noqa: E402 - it lies in a folder beside
from lists import laid_in  # noqa: E402 - as above
from record import print_machine  # noqa: E402 - as above

QUESTIONS = ("许可", "行政许可审批", "怎么办理登记手续", "处罚", "开餐馆要什么手续", "监督检查")


def main() -> None:
    """Build what is missing, publish, measure, print."""
    parser = argparse.ArgumentParser(description="The portal of a large edition.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--data", type=Path, required=True, help="the folder, kept")
    parser.add_argument("--powers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=100, help="pages of each kind")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    with laid_in(asked.data.resolve(), asked.database) as laid:
        is_there = (laid.folder / _DONE).exists()
        laid.run("migrate") if is_there else laid.run("init", "--name", ORIGIN)
        laid.stand()
        print_machine()
        if not is_there:
            build(laid, asked.powers)
        published(laid)
        measure(laid, asked.rounds)


def published(laid: Ground) -> None:
    """Put the edition into effect and publish it, unless it is."""
    from guiju.base.record import wall  # noqa: PLC0415 - needs Django set up
    from guiju.core.lists.canonical import digest  # noqa: PLC0415 - as above
    from guiju.core.lists.words import EditionState  # noqa: PLC0415 - as above
    from guiju.define.lists.models import Edition  # noqa: PLC0415 - as above
    from guiju.define.lists.reads.whole import whole  # noqa: PLC0415 - as above
    from guiju.publish.portal.actions.publishing import publish_due  # noqa: PLC0415 - as above

    reference = (laid.folder / _DONE).read_text("utf-8")
    row = Edition.objects.select_related("unit").get(reference=reference)
    if row.state != EditionState.EFFECTIVE.value:
        said = digest(whole(row))
        with wall.opened():
            for state in (EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.EFFECTIVE):
                Edition.objects.filter(number=row.number).update(state=state.value, digest=said)
    now = datetime.now(UTC)
    timed("publish", lambda: publish_due(at=now))


def measure(laid: Ground, rounds: int) -> None:
    """Print every kind of page: its times over HTTP, its queries and its size."""
    from lists_reader import Reader  # noqa: PLC0415 - needs Django set up
    from serving import Served  # noqa: PLC0415 - as above

    served = Served.start(laid, "--no-worker")
    reader = Reader(served.port)
    print("| page | p50 ms | p95 ms | p99 ms | queries | KB |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    for what, paths in pages(laid).items():
        warm = max(2, rounds // 10)
        opened = [paths[number % len(paths)] for number in range(rounds + warm)]
        times = [reader.seconds(path) * 1e3 for path in opened][warm:]
        cuts = statistics.quantiles(times, n=100)
        most = max(reader.queries(path) for path in set(opened[:10]))
        told = (f"{cuts[place]:.1f}" for place in (49, 94, 98))
        print_row((what, *told, most, len(reader.get(paths[0])) // 1024))


def pages(laid: Ground) -> dict[str, list[str]]:
    """Return the pages that are opened, by kind."""
    from urllib.parse import quote  # noqa: PLC0415 - beside its use

    from guiju.publish.portal.models import OpenItem  # noqa: PLC0415 - needs Django set up

    identity = (laid.folder / _DONE).read_text("utf-8").partition(":")[2]
    powers = OpenItem.objects.filter(kind="power").order_by("number")
    rows = list(powers.values_list("code", "title")[::101])
    at = f"/open/editions/{identity}"
    return {
        "first page": ["/open/"],
        "search, plain words": [f"/open/search/?q={quote(one)}" for one in QUESTIONS],
        "search, names": [f"/open/search/?q={quote(title)}" for _, title in rows],
        "edition": [f"{at}/?after={place}" for place in range(-1, len(rows) * 100, 1000)],
        "power": [f"{at}/powers/{quote(code)}/" for code, _ in rows],
        "proof": [f"{at}/proof/"],
        "catalogue": ["/open/data/catalogue.json"],
        "feed": ["/open/feed.atom"],
        "CSV of the edition": [f"{at}/lists.csv"],
        "JSON of the edition": [f"{at}/lists.json"],
        "XLSX of all": ["/open/data/lists.xlsx"],
    }


if __name__ == "__main__":
    main()
