"""How far large workbooks have come that workers read; nothing of what stands in them."""

from __future__ import annotations

from django.db import models

from guiju.base.org.models.columns import CODE, REFERENCE


class ImportRun(models.Model):
    """A large workbook on its way.

    Attributes:
        token: by which its file and its page are found.
        person: who sent it; nobody else sees it.
        about: the reference of what it is for; empty for the organisation itself.
        name: of the file.
        stage: how far it is (``ImportStage``).
        done: of ``total`` rows, how many were read.
        digest: of the changes that were found.
        counts: once it is taken in, per sheet: its name, new, changed, ended.
        code: of the refusal, if it was refused; ``why`` is its sentence in the sender's language.
    """

    number = models.BigAutoField(primary_key=True)
    token = models.CharField(max_length=CODE, unique=True)
    person = models.CharField(max_length=REFERENCE, db_index=True)
    about = models.CharField(max_length=REFERENCE, blank=True)
    name = models.CharField(max_length=255)
    stage = models.CharField(max_length=20)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=list)
    code = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "org_import_run"

    def __str__(self) -> str:
        return self.token
