"""A draft edition in the database that holds what the small edition says."""

from __future__ import annotations

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
