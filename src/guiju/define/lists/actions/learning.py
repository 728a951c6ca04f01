"""Remembering what columns mean, so that nobody has to say it twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.define.lists.events import COLUMNS_LEARNED
from guiju.define.lists.models import LearnedColumn
from guiju.define.lists.reads.learned import learned
from guiju.exchange.lists.dictionary import LONGEST_HEADER, Learned, bare, targets
from guiju.exchange.lists.words import TableKind


@contextmanager
def learning(*, edition: str, said: Learned, by: Actor, at: datetime) -> Iterator[None]:
    """Remember what a person said that columns mean, together with what is done inside.

    The event does not repeat the names of columns: what somebody takes for a header may be a
    row, and a row may name a person. Where all is known already there is no event.

    Args:
        edition: the reference of the edition into which the table is brought.
        said: what each column means, for every upload to come.
        by: who said so.
        at: when.

    Raises:
        Invalid: EDITION-15 for a place that such a table does not have, or a name too long.
        Denied: what ``recording`` raises.
    """
    new = _news(said)
    if not new:
        yield
        return
    tables = "、".join(dict.fromkeys(kind.label.template for kind, _ in new))
    with recording(COLUMNS_LEARNED(object=edition, count=len(new), tables=tables), by=by, at=at):
        LearnedColumn.objects.bulk_create(
            [
                LearnedColumn(table=kind.value, header=header, target=target)
                for (kind, header), target in new.items()
            ],
            update_conflicts=True,
            unique_fields=["table", "header"],
            update_fields=["target"],
        )
        yield


def _news(said: Learned) -> dict[tuple[TableKind, str], str]:
    """Return what is not known so already."""
    known = learned()
    new: dict[tuple[TableKind, str], str] = {}
    for kind, columns in said.items():
        for name, target in columns.items():
            header = bare(name)
            if target not in targets(kind) or not 0 < len(header) <= LONGEST_HEADER:
                raise Invalid(
                    "EDITION-15",
                    zh("「{kind}」里的这一列不能这样对应。请在页面上重新选择。", kind=kind.label),
                )
            if known.get(kind, {}).get(header) != target:
                new[kind, header] = target
    return new
