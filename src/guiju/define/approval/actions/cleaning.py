"""Saying what becomes of a power of the edition in use: kept, cancelled, devolved, merged."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.words import ItemKind, ReviewVerdict
from guiju.core.sentence import zh
from guiju.define.approval.events import JUDGED
from guiju.define.approval.models import Verdict
from guiju.define.approval.reads.changes import before
from guiju.define.lists import find
from guiju.define.lists.models import NAME, Edition, Item


def judge(*, edition: str, power: str, decision: Decision, by: Actor, at: datetime) -> None:
    """Decide of a power of the edition in use, while the new edition is a draft (S2-12).

    Args:
        edition: the new edition's reference.
        power: code of the power in the edition in use.
        decision: what was decided, why, and into what or to whom it goes.
        by: who notes it.
        at: when.

    Raises:
        Invalid: EDITION-01; APPROVAL-26 when there is no such power; APPROVAL-22 for texts that
            are too long.
        Denied: EDITION-02; what ``recording`` raises.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    old = before(found)
    kind = ItemKind.POWER.value
    if old is None or not Item.objects.filter(edition=old, kind=kind, code=power).exists():
        raise Invalid("APPROVAL-26", zh("正在使用的版本里没有这项权力。请刷新页面再选。"))
    reason, into = decision.reason.strip(), decision.into.strip()
    if any(len(text) > NAME or not text.isprintable() for text in (reason, into)):
        raise Invalid("APPROVAL-22", zh("请写明原因，最多 {most} 个字，不能换行。", most=NAME))
    said = {"verdict": decision.verdict.value, "reason": reason, "into": into}
    with recording(JUDGED(object=edition, power=power, **said), by=by, at=at):
        find.hold_draft(found, None, at)
        Verdict.objects.update_or_create(edition=found, power=power, defaults=said)


def follow(edition: Edition, kind: ItemKind, code: str, to: str) -> None:
    """Let what is merged into a power of a draft stay with it when it gets another code."""
    if kind is ItemKind.POWER:
        merged = Verdict.objects.filter(edition=edition, verdict=ReviewVerdict.MERGE.value)
        merged.filter(into=code).update(into=to)
