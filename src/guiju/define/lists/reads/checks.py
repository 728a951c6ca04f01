"""What the checks say of an edition; a page does not judge again what it has judged already."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import TypeAlias

from guiju.core.lists import lint as checks
from guiju.core.lists.lint import Report
from guiju.core.lists.words import ItemKind
from guiju.define.lists.models import Accepted, Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.facts import facts_for
from guiju.define.lists.reads.whole import whole

_Key: TypeAlias = tuple[int, int, date, str]
_MOST_KEPT = 16
_KEPT: OrderedDict[_Key, Report] = OrderedDict()
_LOCK = Lock()


def report_of(edition: Edition, on: date) -> Report:
    """Judge an edition as things stand on a day, with the reasons that were given.

    Five queries, and one more for its items where it, its profile, the posts, the reasons or
    the day changed since it was judged last. The unit must have been read with it.
    """
    facts, profile = facts_for(edition, on), profile_of(edition, on)
    reasons = accepted_of(edition)
    told = hashlib.sha256(repr((facts, profile, reasons)).encode("utf-8", "replace"))
    key = (edition.number, edition.revision, on, told.hexdigest())
    with _LOCK:
        if key in _KEPT:
            _KEPT.move_to_end(key)
            return _KEPT[key]
    report = checks.lint(whole(edition), facts, profile, on, accepted=reasons)
    with _LOCK:
        _KEPT[key] = report
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return report


def accepted_of(edition: Edition) -> list[checks.Accepted]:
    """Return the findings that may stay, with their reasons; one query."""
    rows = Accepted.objects.filter(edition=edition).order_by("number")
    return [checks.Accepted(mark, reason) for mark, reason in rows.values_list("mark", "reason")]


def findings_of(report: Report, kind: ItemKind, code: str) -> list[checks.Finding]:
    """Return what was found at one item."""
    return [one for one in report.findings if one.kind is kind and one.item == code]
