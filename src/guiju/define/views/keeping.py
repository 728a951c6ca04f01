"""Keeping the outlines of very large editions: a worker works them out after every change."""

from __future__ import annotations

from guiju.core.lists.outline import outline
from guiju.define.lists.checking import is_large, look_after
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.whole import whole
from guiju.define.views.models import KeptOutline
from guiju.define.views.reads.outlines import packed
from guiju.exchange.memory import uncollected


def listen() -> None:
    """Look again after what was done to a very large edition."""
    from guiju.define.views.jobs import keep_outline  # noqa: PLC0415 - it does what is here

    look_after(keep_outline.enqueue)


@uncollected()
def keep(reference: str) -> bool:
    """Work out the outline of an edition as it is now; tell whether there was need to."""
    found = Edition.objects.select_related("unit").filter(reference=reference).first()
    if found is None or not is_large(found):
        return False
    if KeptOutline.objects.filter(edition=found, revision=found.revision).exists():
        return False
    said = {"revision": found.revision, "content": packed(outline(whole(found)))}
    KeptOutline.objects.update_or_create(edition=found, defaults=said)
    return True
