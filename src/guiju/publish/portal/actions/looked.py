"""How far older editions were looked through for what is closed now."""

from __future__ import annotations

from guiju.publish.portal.models import Issue, Looked


def note_looked(issue: Issue, current: Issue) -> None:
    """Note that an older edition was looked through for an edition in use; no act on anything."""
    Looked.objects.update_or_create(issue=issue, defaults={"current": current.edition_id})
