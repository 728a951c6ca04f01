"""What campaigns add to the checks: when risks were looked for, which gate was not passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from guiju.core.lists.facts import Facts
from guiju.define.campaigns.models import Ask
from guiju.define.lists.models import Edition


def add(edition: Edition, facts: Facts, on: date) -> Facts:
    """Return the facts with what campaigns of the unit know; one query (S1-07, S3-16).

    Looking for risks counts for later editions too; a gate belongs to its own.
    """
    rows = Ask.objects.filter(campaign__edition__unit=edition.unit_id).order_by("number")
    told = rows.values_list(
        "powers", "answered_at", "campaign_id", "campaign__edition_id", "campaign__gates"
    )
    reviews: dict[str, date] = dict(facts.reviews)
    gates: dict[int, dict[str, str]] = {}
    for powers, at, campaign, of_edition, judged in told:
        day = timezone.localdate(at) if at else None
        for power in powers if day and day <= on else ():
            reviews[power] = max(day or on, reviews.get(power, date.min))
        if of_edition == edition.number:
            gates[campaign] = {
                name: one["reason"] for name, one in judged.items() if not one["is_passed"]
            }
    failed = gates[max(gates)] if gates else {}
    return replace(facts, reviews=reviews, failed_gates={**facts.failed_gates, **failed})
