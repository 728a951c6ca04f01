"""Evidence as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class EvidenceConfig(AppConfig):
    """Registers the event types of files."""

    name = "guiju.base.evidence"
    label = "evidence"
    verbose_name = "材料"

    def ready(self) -> None:
        from guiju.base.evidence import events  # noqa: F401, PLC0415 - needs loaded apps

        add_entry(Entry("evidence:files", zh("材料"), 80, Permission.FILES_READ))
        add_exhibits_of("guiju.base.evidence.exhibits")
