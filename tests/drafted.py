"""A draft edition in the database that holds what the small edition says."""

from __future__ import annotations

from datetime import date

from guiju.base.record import wall
from guiju.define.lists.actions import drafting, importing
from guiju.define.lists.models import Edition
from organised import ACT
from small_edition import SOUND


def drafted(unit, told=SOUND, *, title="交通局清单", based_on=""):
    """Begin an edition of a unit and bring the lists in; return it with its unit."""
    begun = drafting.begin_edition(
        unit=unit.reference, title=title, profile="county", based_on=based_on, **ACT
    )
    importing.import_lists(edition=begun.reference, told=told, file="0" * 64, revision=None, **ACT)
    return Edition.objects.select_related("unit").get(number=begun.number)


def in_use(edition, on=date(2026, 1, 1)):
    """Put an edition in use as if everybody had signed it."""
    with wall.opened():
        for state in ("in_review", "approved", "effective"):
            Edition.objects.filter(number=edition.number).update(
                state=state,
                digest="d" * 64,
                valid_from=on if state == "effective" else None,
            )
    edition.refresh_from_db()
    return edition
