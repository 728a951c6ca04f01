"""Totals that a file states about itself, compared with its rows (GJ108)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from guiju.core.lists.model import Edition, StatedCount
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.cells import kind_in
from guiju.exchange.lists.sheet import Sheet, Spot

_STATED = re.compile(
    r"((?:[IVi]{1,3}|[一二三123高中低])\s*[级等]?\s*)?"
    r"(权力清单|权力事项|权责清单|权责事项|职权|权力|事项|(?:廉政|廉洁)?风险点?|防控(?:方法|措施)|负面清单|责任事项"
    r"|行政(?:许可|处罚|强制|征收|给付|检查|确认|奖励|裁决)|其他(?:行政)?权力)"
    r"\s*[:(]?\s*(?:共计|合计|共|计)?\s*(\d{1,6})\s*([项个条])"
)
_ROWS = re.compile(r"(?:合计|总计|共计|共有|共)\s*[:]?\s*(\d{1,6})\s*[项个条]")
_KINDS = {
    "权": ItemKind.POWER,
    "职": ItemKind.POWER,
    "事": ItemKind.POWER,
    "风": ItemKind.RISK,
    "廉": ItemKind.RISK,
    "防": ItemKind.CONTROL,
    "负": ItemKind.NEGATIVE,
    "责": ItemKind.DUTY,
    "行": ItemKind.POWER,
    "其": ItemKind.POWER,
}
_GRADES = {"I": 1, "II": 2, "III": 3, "一": 1, "二": 2, "三": 3, "高": 1, "中": 2, "低": 3}
_LONGEST = 200
_WHOLE = (ItemKind.POWER, ItemKind.RISK, ItemKind.NEGATIVE, ItemKind.STANDARD)


def find_totals(
    sheet: Sheet, account: Account, inside: Iterable[int], main: ItemKind | None
) -> list[StatedCount]:
    """Return what the lines outside the tables state, and account for their cells.

    Args:
        sheet: where to look.
        account: where to tell which cells were understood.
        inside: the numbers of lines that are items; what they say is no total.
        main: what the sheet lists, for a bare 「合计 21 项」.
    """
    items = set(inside)
    found: list[StatedCount] = []
    for line in sheet.lines:
        if line.number in items:
            continue
        for column, text in line.filled():
            stated = list(_stated(text, main)) if len(text) <= _LONGEST else []
            if stated:
                account.take(Spot(line.number, column))
            found += stated
    return found


def _stated(text: str, main: ItemKind | None) -> Iterator[StatedCount]:
    plain = unicodedata.normalize("NFKC", text)
    matches = list(_STATED.finditer(plain))
    for grade, subject, count, _ in (match.groups() for match in matches):
        level = _GRADES.get((grade or "").strip().upper().rstrip("级等 "))
        kind = _KINDS[subject[0]]
        code = kind_in(subject) if subject[0] in "行其" else ""
        yield StatedCount(kind=kind, count=int(count), kind_code=code, grade=level, where=text)
    if not matches and main and (found := _ROWS.search(plain)):
        code = kind_in(plain) if main is ItemKind.POWER else ""
        yield StatedCount(kind=main, count=int(found[1]), kind_code=code, where=text)


def disagreements(edition: Edition) -> Iterator[Sentence]:
    """Yield each total that the rows do not bear out, and parts that do not add up."""
    for stated in edition.stated:
        counted = sum(1 for item in edition.table(stated.kind) if _counts(item, stated))
        if counted != stated.count:
            yield zh(
                "文件写着「{where}」，实际有 {counted}。",
                where=stated.where[:60],
                counted=counted,
            )
    for kind in _WHOLE:
        whole = [s.count for s in edition.stated if s.kind is kind and _is_whole(s)]
        parts = [s.count for s in edition.stated if s.kind is kind and s.grade is not None]
        if whole and len(parts) > 1 and sum(parts) not in whole:
            yield zh(
                "文件里{kind}各级的数目合计 {sum}，与总数 {whole} 不符。",
                kind=kind.label,
                sum=sum(parts),
                whole=whole[0],
            )


def _is_whole(stated: StatedCount) -> bool:
    return stated.grade is None and not stated.kind_code


def _counts(item: object, stated: StatedCount) -> bool:
    if stated.grade is not None and getattr(item, "grade", None) != stated.grade:
        return False
    return not stated.kind_code or getattr(item, "kind", "") == stated.kind_code
