"""清理: what was decided of each power, beside what the new edition really does (S2-12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiju.core.lists.diff import Difference, compare
from guiju.core.lists.model import Edition
from guiju.core.lists.powers import Power
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import Alteration, ItemKind, PowerState, ReviewVerdict
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a power.

    Attributes:
        reason: the ground, with the document.
        into: for 整合 the code of the power that takes it in; for 下放 and 转移 to whom it goes.
    """

    verdict: ReviewVerdict
    reason: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One power of the old edition.

    Attributes:
        power: as it stood in the old edition.
        decision: None where nothing was decided yet.
        suggested: what the new edition looks like, where nothing was decided.
        doubts: where decision and new edition do not fit together.
    """

    power: Power
    decision: Decision | None
    suggested: ReviewVerdict
    doubts: tuple[Sentence, ...]


def review(old: Edition, new: Edition, decisions: Mapping[str, Decision]) -> tuple[Reviewed, ...]:
    """Return every power of ``old`` with what was decided of it, in the order of codes."""
    difference = compare(old, new)
    now = _now(old, new, difference)
    held = {power.code for power in now.values() if power is not None}
    held |= {power.code for power in new.powers}
    rows = []
    for power in sorted(old.powers, key=lambda power: power.code):
        kept, decision = now.get(power.code), decisions.get(power.code)
        doubts = tuple(_doubts(decision, kept, held)) if decision else ()
        suggested = ReviewVerdict.KEEP if kept else ReviewVerdict.CANCEL
        rows.append(Reviewed(power, decision, suggested, doubts))
    return tuple(rows)


def _now(old: Edition, new: Edition, difference: Difference) -> Mapping[str, Power | None]:
    """Return for each old code the power that stands in its place and is in use."""
    standing = {power.code: power for power in new.powers}
    now: dict[str, Power | None] = {power.code: standing.get(power.code) for power in old.powers}
    for change in difference.of(ItemKind.POWER, Alteration.RENUMBERED):
        if change.before is not None and isinstance(change.after, Power):
            now[change.before.code] = change.after
    return {
        code: None if power is None or power.state is PowerState.REPEALED else power
        for code, power in now.items()
    }


def _doubts(decision: Decision, kept: Power | None, held: set[str]) -> Iterator[Sentence]:
    verdict = decision.verdict
    if verdict is ReviewVerdict.KEEP and kept is None:
        yield zh("决定保留，新版里却没有。请补回，或改为取消。")
    if verdict is ReviewVerdict.CANCEL and kept is not None:
        yield zh("决定取消，新版里仍在用。请删去，或标为废止。")
    if verdict in (ReviewVerdict.DEVOLVE, ReviewVerdict.TRANSFER):
        if not says_something(decision.into):
            yield zh("决定{verdict}，没有写明给谁。请写明承接单位。", verdict=verdict.label)
        if kept is not None:
            yield zh(
                "决定{verdict}，新版里仍由本单位行使。请删去，或写明承接后的分工。",
                verdict=verdict.label,
            )
    if verdict is ReviewVerdict.MERGE:
        if decision.into not in held:
            yield zh("决定整合，并入的那一项不在新版里。请写明并入哪一项的编码。")
        elif kept is not None and kept.code != decision.into:
            yield zh("决定整合，原来的一项在新版里仍单列。请删去，或标为废止。")
    if verdict is not ReviewVerdict.KEEP and not says_something(decision.reason):
        yield zh("没有写明理由和依据。请写明依据哪个文件。")
