"""The portal over one edition of 10,000 powers: publishing it, and pages to strangers over HTTP.

    python bench/portal.py --database sqlite --data FOLDER [--powers 10000]

The folder is that of ``editions.py``, made if it is not there. The edition is put into effect as
it is, without its chain, and published. Nothing here is asserted by a test.
"""

from __future__ import annotations

from datetime import UTC, datetime

from editions import _DONE, build, timed
from laid import Ground, arguments, installed, print_measured
from record import print_machine

QUESTIONS = ("许可", "行政许可审批", "怎么办理登记手续", "处罚", "开餐馆要什么手续", "监督检查")


def main() -> None:
    """Build what is missing, publish, measure, print."""
    parser = arguments("The portal of a large edition.")
    parser.add_argument("--powers", type=int, default=10_000)
    asked = parser.parse_args()
    with installed(asked, _DONE) as (laid, is_built):
        print_machine()
        if not is_built:
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
    print_measured(reader, pages(laid), rounds)


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
