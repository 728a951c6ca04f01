"""GJ104: powers that are one power twice, or a cancelled power under another name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from guiju.core.lists.likeness import alike, core_of, repeated, told_apart
from guiju.core.lists.lint.finding import Remark
from guiju.core.lists.lint.view import View, grouped
from guiju.core.lists.powers import Power
from guiju.core.lists.texts import plain
from guiju.core.lists.words import Severity
from guiju.core.sentence import zh

_BY_NAME = 85
"""From this share of common pairs on two names say the same, whatever they rest on."""

_BY_BASIS = 65
"""From this share on, if both rest on the same article."""


def look_alikes(view: View) -> Iterator[Remark]:
    """Yield each power that repeats or resembles another, and each that was cancelled.

    The same name in two offices or at two layers is no repetition.
    """
    for powers in grouped(view.powers, _place).values():
        yield from _within(view, powers)
    yield from _cancelled(view)


def _place(power: Power) -> str:
    return "\n".join((power.subject, power.office, power.layer or ""))


def _within(view: View, powers: list[Power]) -> Iterator[Remark]:
    told: set[int] = set()
    cores = repeated([core_of(power.name) for power in powers])
    for pair in chain(cores, alike([power.name for power in powers], least=_BY_BASIS)):
        one, other = powers[pair.one], powers[pair.other]
        if pair.other in told or one.code == other.parent or other.code == one.parent:
            continue
        if plain(one.name) == plain(other.name):
            told.add(pair.other)
            yield Remark(
                other,
                "name",
                zh(
                    "与 {code}「{name}」重名。请合并成一项，或在名称里写明区别。",
                    code=one.code,
                    name=one.name,
                ),
            )
        elif _says_the_same(view, one, other, pair.percent):
            told.add(pair.other)
            yield Remark(
                other,
                "name",
                zh(
                    "与 {code}「{name}」很像。请核对是不是同一项权力，是就合并，不是就写明区别。",
                    code=one.code,
                    name=one.name,
                ),
            )


def _says_the_same(view: View, one: Power, other: Power, percent: int) -> bool:
    if told_apart(one.name, other.name):
        return False
    if percent >= _BY_NAME or core_of(one.name) == core_of(other.name):
        return True
    return bool(_articles(view, one) & _articles(view, other))


def _articles(view: View, power: Power) -> set[tuple[str, str]]:
    bases = view.bases_of.get(power.code, ())
    return {(plain(b.name), plain(b.article)) for b in bases if plain(b.name) and plain(b.article)}


def _cancelled(view: View) -> Iterator[Remark]:
    """Yield powers that say what a cancelled one said, in whatever form (S1-37)."""
    gone = {core_of(power.name): power for power in view.facts.cancelled if plain(power.name)}
    names = [power.name for power in view.facts.cancelled]
    found = {place: gone.get(core_of(power.name)) for place, power in enumerate(view.powers)}
    if names:
        both = [*names, *(power.name for power in view.powers)]
        for pair in alike(both, least=_BY_NAME):
            is_across = pair.one < len(names) <= pair.other
            if is_across and not told_apart(both[pair.one], both[pair.other]):
                place = pair.other - len(names)
                found[place] = found[place] or view.facts.cancelled[pair.one]
    for place, cancelled in found.items():
        if cancelled is not None:
            yield Remark(
                view.powers[place],
                "name",
                zh(
                    "与已取消的「{name}」{document}很像。已取消的不得改头换面再设，"
                    "请删去这一项，或写明它为什么不同。",
                    name=cancelled.name,
                    document=zh("（{document}）", document=cancelled.document)
                    if cancelled.document
                    else "",
                ),
                severity=Severity.ERROR,
            )
