"""An edition of 10,000 powers in the product itself: import, checks, pages over HTTP.

    python bench/editions.py --database sqlite --data FOLDER [--powers 10000]

The folder gets an installation with a county of 2,000 people and the edition that
``lists_lint.generated`` makes: four steps, four risks and four controls a power. The workbook
is written, read back and brought in as the wizard does; then pages are opened as a supervisor
of the county. What is there already is kept. Nothing here is asserted by a test.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from laid import Ground, arguments, installed, print_measured, tidy
from record import print_machine

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from guiju.define.lists.models import Edition, Item

T = TypeVar("T")
_DONE = "edition.txt"
_PEOPLE = 2_000


def main() -> None:
    """Build what is missing, measure, print."""
    parser = arguments("A large edition of the lists.")
    parser.add_argument("--powers", type=int, default=10_000)
    parser.add_argument("--only", default="", help="kinds of pages whose name holds this text")
    parser.add_argument("--no-checks", action="store_true", help="measure nothing but pages")
    asked = parser.parse_args()
    with installed(asked, _DONE) as (laid, is_built):
        print_machine()
        if not is_built:
            build(laid, asked.powers)
        if not asked.no_checks:
            judge(laid)
        measure(laid, asked)


def timed(what: str, work: Callable[[], T]) -> T:
    """Run it and say how long it takes, by the clock and by the processor, with its processes."""
    clock, cpu = time.perf_counter(), _processor()
    found = work()
    spent = time.perf_counter() - clock, _processor() - cpu
    load = os.getloadavg()[0]
    print(f"{what:<40} {spent[0]:7.2f} s, CPU {spent[1]:6.2f} s, load {load:.1f}", flush=True)
    return found


def _processor() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def build(laid: Ground, powers: int) -> None:
    """Make the county and bring the edition in as a workbook, as a worker does for the wizard."""
    from lists_accounts import open_accounts  # noqa: PLC0415 - needs Django set up
    from lists_county import Size, make  # noqa: PLC0415 - as above
    from lists_lint import generated  # noqa: PLC0415 - as above

    from guiju.base.org.models import Unit  # noqa: PLC0415 - as above
    from guiju.base.record.actor import SYSTEM  # noqa: PLC0415 - as above
    from guiju.define.lists.actions.drafting import begin_edition  # noqa: PLC0415 - as above
    from guiju.define.lists.checking import check  # noqa: PLC0415 - as above
    from guiju.define.views.keeping import keep  # noqa: PLC0415 - as above
    from guiju.exchange.lists.own_write import write_workbook  # noqa: PLC0415 - as above

    now = datetime.now(UTC)
    make(Size(_PEOPLE), now.date())
    open_accounts(laid.folder, now)
    unit = Unit.objects.get(parent=None).reference
    book = laid.folder / "lists.xlsx"
    lists = generated(powers)
    timed("write the workbook", lambda: write_workbook(lists, book))
    print(f"{book.stat().st_size / 1e6:.1f} MB, {sum(1 for _ in lists.items()):,} items")
    begun = begin_edition(unit=unit, title="清单", profile="county", based_on="", by=SYSTEM, at=now)
    bring_in(laid, begun, now)
    timed("outline for the views", lambda: keep(begun.reference))
    timed("checks, kept for their pages", lambda: check(begun.reference, now))
    tidy()
    (laid.folder / _DONE).write_text(begun.reference, "utf-8")


def bring_in(laid: Ground, edition: Edition, now: datetime) -> None:
    """Read the workbook by the command line, then bring it in as the wizard's worker does."""
    import secrets  # noqa: PLC0415 - beside its use

    from nacl.secret import Aead  # noqa: PLC0415 - needs Django set up

    from guiju.base.record.actor import SYSTEM  # noqa: PLC0415 - as above
    from guiju.define.lists import find  # noqa: PLC0415 - as above
    from guiju.define.lists.pages.importing.reading import examine  # noqa: PLC0415 - as above
    from guiju.define.lists.pages.importing.shelf import (  # noqa: PLC0415 - as above
        SHELF,
        Directions,
        say_of,
    )
    from guiju.define.lists.pages.importing.working import take_in  # noqa: PLC0415 - as above

    book = laid.folder / "lists.xlsx"
    told = str(laid.folder / "lists.json")
    timed("guiju lists import -o", lambda: laid.run("lists", "import", str(book), "-o", told))
    token, key = secrets.token_urlsafe(18), secrets.token_hex(Aead.KEY_SIZE)
    SHELF.put(token, key, "", book.read_bytes())
    say_of(token, key, Directions(book.name))
    found = find.edition_at(edition.reference)
    timed("wizard: read and compare", lambda: examine(token, key, found))
    timed("wizard: bring in", lambda: take_in(token, key, found.reference, by=SYSTEM, at=now))
    SHELF.remove(token)


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


def measure(laid: Ground, asked: argparse.Namespace) -> None:
    """Print every kind of page: its times over HTTP and its queries."""
    from lists_accounts import read_sign_ins  # noqa: PLC0415 - needs Django set up
    from lists_reader import Reader  # noqa: PLC0415 - as above
    from serving import Served  # noqa: PLC0415 - as above

    served = Served.start(laid, "--no-worker")
    reader = Reader.signed_in(served.port, read_sign_ins(laid.folder)["supervisor"])
    wanted = {what: paths for what, paths in pages(laid).items() if asked.only in what}
    print_measured(reader, wanted, asked.rounds)


def pages(laid: Ground) -> dict[str, list[str]]:
    """Return the pages that are opened, by kind."""
    from urllib.parse import quote  # noqa: PLC0415 - beside its use

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
    at, views = f"/lists/{identity}", f"/views/{identity}"
    posts = _some(Item.objects.filter(edition=edition, kind=ItemKind.CONTROL.value), "post")
    steps = (f"{views}/flows/?after={after}.{after}" for after in range(0, 30_000, 1_000))
    return {
        "editions": ["/lists/"],
        "edition": [f"{at}/"],
        **{f"table: {kind.value}": [f"{at}/items/{kind.value}/"] for kind in ItemKind},
        "powers, searched": [f"{at}/items/power/?search={code}" for code in codes],
        "item: power": [f"{at}/items/power/{code}/" for code in codes],
        "checks": [f"{at}/checks/"],
        "power sheet": [f"{views}/power/{code}/" for code in codes],
        "power sheets, list": [f"{views}/", f"{views}/?search={quote('许可')}"],
        "my powers": ["/views/mine/"],
        "coverage": [f"{views}/coverage/"],
        "coverage, deep": [
            f"{views}/coverage/?after={after}.{after}" for after in range(0, 30_000, 999)
        ],
        "coverage, one hole": [f"{views}/coverage/?hole=any"],
        "coverage, searched": [f"{views}/coverage/?search={code}" for code in codes],
        "coverage of all units": ["/views/coverage/"],
        "by post": [f"{views}/posts/"],
        "by post, one": [f"{views}/posts/{quote(post)}/" for post in posts],
        "by flow": [f"{views}/flows/", *steps],
        "by regulation": [f"{views}/regulations/"],
        "risk map": ["/views/risk-map/"],
        "catalogue": [f"{views}/risks/", f"{views}/risks/?grade=1"],
        "catalogue of all units": ["/views/risks/"],
        "palette": [f"/search/?q={quote(text)}&as=json" for text in ("许可", "设立", "A-1")],
    }


def _some(rows: QuerySet[Item], field: str) -> list[str]:
    return list(rows.exclude(**{field: ""}).values_list(field, flat=True).distinct()[:20])


if __name__ == "__main__":
    main()
