"""What is worked out of very large lists once, and not again by every process that shows them."""

from __future__ import annotations

from django.db import models

from guiju.define.lists.models import Edition


class KeptOutline(models.Model):
    """The outline of an edition (``core.lists.outline``), as one revision of it gave it.

    Attributes:
        content: packed (``reads.outlines``).
    """

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="+")
    revision = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "views_outline"

    def __str__(self) -> str:
        return str(self.revision)
