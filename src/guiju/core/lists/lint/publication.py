"""GJ701: everything is public, or says by which right it is not (S0-31, S2-09)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Item
from guiju.core.lists.texts import says_something
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, Severity
from guiju.core.sentence import Sentence, day, zh


def hidden(view: View) -> Iterator[Remark]:
    """GJ701: see above."""
    for item in _published(view):
        held: Publication | None = getattr(item, "publication", None)
        if held is None:
            yield Remark(
                item,
                "publication.audience",
                zh("没有写明公开范围。请选公开范围，不公开的写明依据、批准人和复核日期。"),
            )
        elif held.audience in (None, Audience.INTERNAL):
            for field, sentence in _lacking(held):
                yield Remark(item, f"publication.{field}", sentence)
            if held.review_date is not None and held.review_date < view.today:
                yield Remark(
                    item,
                    "publication.review_date",
                    zh(
                        "不公开的复核日期 {day} 已过。请复核：能公开的公开，不能的另定日期。",
                        day=day(held.review_date),
                    ),
                )


def _published(view: View) -> Iterator[Item]:
    yield from view.powers
    yield from view.edition.negatives
    yield from view.flows
    yield from view.risks
    yield from view.edition.controls
    yield from view.edition.standards


def _lacking(held: Publication) -> Iterator[tuple[str, Sentence]]:
    if not says_something(held.exemption):
        yield "exemption", zh("不公开，却没有写明理由和依据。请写明依据哪一条，或者公开。")
    if not says_something(held.approver):
        yield "approver", zh("不公开，却没有写明谁批准。请写明批准人。")
    if held.review_date is None:
        yield "review_date", zh("不公开，却没有复核日期。请写明什么时候再看能不能公开。")


CHECKS = (Check("GJ701", zh("没有公开也没有豁免"), Severity.ERROR, "S0-31, S2-09", hidden),)
"""The checks of this theme."""
