"""GJ406: work that only looks like work: copied, hollow, or entered in bulk (S1-02, S4-40)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from guiju.core.lists.lint.finding import Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.risks import Risk
from guiju.core.lists.texts import plain, says_something
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh

_SHORTEST = 4
"""Characters below which a text cannot say what might go wrong."""

_IN_A_SECOND = 3
"""So many risks nobody types within one second."""


def is_hollow(text: str) -> bool:
    """Say whether a risk's text says nothing that could be looked for."""
    return not says_something(text) or len(plain(text)) < _SHORTEST


def copies(view: View) -> Iterator[list[Risk]]:
    """Yield risks with one text, and with one manifestation, for different powers or steps."""
    same: dict[tuple[str, str], list[Risk]] = defaultdict(list)
    for risk in view.risks:
        if not is_hollow(risk.text):
            same[plain(risk.text), plain(risk.manifestation)].append(risk)
    return (group for group in same.values() if len(group) > 1)


def formal(view: View) -> Iterator[Remark]:
    """GJ406: see above; of copies the first may stay."""
    for risk in view.risks:
        if is_hollow(risk.text):
            yield Remark(risk, "text", zh("风险点没有内容。请写明在哪一步、谁、可能怎样滥用权力。"))
        elif (whose := view.facts.elsewhere.get(plain(risk.text))) is not None:
            yield Remark(
                risk,
                "text",
                zh("与{whose}的风险点一字不差。请按本单位的实际写。", whose=whose),
            )
    for group in copies(view):
        for risk in group[1:]:
            yield Remark(
                risk,
                "text",
                zh(
                    "与 {code} 的风险点和表现形式一字不差。请按这一步的实际写，或者合并。",
                    code=group[0].code,
                ),
            )
    yield from _at_once(view)


def _at_once(view: View) -> Iterator[Remark]:
    entries = view.facts.entries
    seconds: dict[object, list[Risk]] = defaultdict(list)
    for risk in view.risks if entries else ():
        at = entries.get((ItemKind.RISK.value, risk.code))
        if at is not None:
            seconds[at.replace(microsecond=0)].append(risk)
    for group in seconds.values():
        if len(group) >= _IN_A_SECOND:
            yield Remark(
                group[0],
                "text",
                zh(
                    "一秒钟内录入了 {count} 个风险点。请逐个核对是不是认真排查得来的。",
                    count=len(group),
                ),
            )
