"""Which files are kept, as what, and since when; the content lies in the store."""

from __future__ import annotations

import uuid

from django.db import models


class StoredFile(models.Model):
    """A file as it was handed in once; the same content may be handed in many times.

    Attributes:
        key: by which addresses and events name it.
        clean_sha256: the copy without traces; empty where none can be made.
        rows: what its metadata say, as pairs of a label's template and a value.
        remarks: what the receiver should know, as JSON of sentences.
        about: what it belongs to, a reference; empty while it stands alone.
        unit: of which unit whoever handed it in acted, by reference; may be empty.
    """

    number = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    clean_sha256 = models.CharField(max_length=64, blank=True)
    scan = models.CharField(max_length=20)
    rows = models.JSONField()
    remarks = models.JSONField()
    about = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=120)
    unit = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "evidence_file"
        indexes = [
            models.Index(fields=["received_at", "number"], name="evidence_file_received"),
            models.Index(fields=["about", "received_at", "number"], name="evidence_file_about"),
            models.Index(fields=["unit", "received_at", "number"], name="evidence_file_unit"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How events name this file."""
        return f"file:{self.key}"
