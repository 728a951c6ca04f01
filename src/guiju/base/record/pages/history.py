"""The history tab of a thing's own page: what the record tells of it, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.record import reads
from guiju.base.record.telling import Told
from guiju.base.record.unsealing import is_kept_from
from guiju.base.ui.history import MOST_STEPS, History
from guiju.base.ui.parts import Step
from guiju.base.ui.reader import may, standing
from guiju.core.terms import Permission


def history(
    request: HttpRequest,
    reference: str,
    *,
    size: int = MOST_STEPS,
    keep: Callable[[Told], bool] = lambda _: True,
) -> History:
    """Return the newest events about a thing; whoever may read the record can go on from here.

    The page that shows it has decided already that its reader may see the thing.

    Args:
        request: who asks.
        reference: of the thing.
        size: how many events are looked at.
        keep: which of them are shown, for a part of the thing that has no reference.
    """
    page = reads.timeline(reads.Filters(object=reference), size=size)
    is_linked = may(request, Permission.RECORD_READ)
    all_at = f"{reverse('record:timeline')}?{urlencode({'object': reference})}"
    person, today = standing(request).person, timezone.localdate()
    told = [one for one in page.rows if keep(one) and not is_kept_from(one, person, today)]
    steps = tuple(_step(one, is_linked=is_linked) for one in told)
    return History(steps, all_at if is_linked and page.older else "")


def _step(told: Told, *, is_linked: bool) -> Step:
    link = reverse("record:event", args=[told.key]) if is_linked else ""
    return Step(told.at, told.sentence or told.kind, told.who, link)
