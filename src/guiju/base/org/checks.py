"""The checks of a form are those of a row in a table (``core.organisation``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from django.db import IntegrityError

from guiju.core.errors import Conflict, Invalid
from guiju.core.organisation.alone import each_alone
from guiju.core.organisation.books import Books
from guiju.core.organisation.lives import life_faults
from guiju.core.organisation.references import unknown
from guiju.core.organisation.rows import Organisation
from guiju.core.organisation.tree import tree_faults
from guiju.core.sentence import Sentence, zh


def require_in_order(told: Organisation, known: Organisation) -> None:
    """Refuse rows that a table could not bring in either.

    Args:
        told: what somebody wants to be so.
        known: what of the organisation it touches: units above, the unit of a post.

    Raises:
        Invalid: ORG-25 to ORG-51, as in a table, with the column before the sentence.
    """
    books = Books.of(told, known)
    faults = chain(each_alone(told), unknown(told, books), tree_faults(books), life_faults(books))
    for fault in faults:
        raise Invalid(
            fault.code, zh("「{column}」：{why}", column=fault.column or "", why=fault.sentence)
        )


def text(value: str, *, label: Sentence, most: int, required: bool = False) -> str:
    """Return a text that somebody typed, without blanks around it.

    Raises:
        Invalid: ORG-03 for one that is missing, too long or holds unseen characters.
    """
    trimmed = value.strip()
    if (required and not trimmed) or len(trimmed) > most or not trimmed.isprintable():
        raise Invalid(
            "ORG-03",
            zh(
                "「{label}」{need}，最多 {most} 个字，不能有换行或看不见的字符。请重新填写。",
                label=label,
                need=zh("必须填写") if required else zh("可以不填"),
                most=most,
            ),
        )
    return trimmed


@contextmanager
def unless_taken() -> Iterator[None]:
    """Say in words that the database refused two rows where only one may be.

    Raises:
        Conflict: ORG-02.
    """
    try:
        yield
    except IntegrityError:
        raise Conflict(
            "ORG-02",
            zh(
                "编号、证件号码或名称已被另一条记录使用，或刚才有人同时在改。"
                "请刷新页面，核对后再提交。"
            ),
        ) from None
