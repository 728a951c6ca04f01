"""The record as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class RecordConfig(AppConfig):
    """Builds the wall around every connection and registers the record's own event types."""

    name = "guiju.base.record"
    label = "record"
    verbose_name = "记录"

    def ready(self) -> None:
        from guiju.base.record import events, wall  # noqa: F401, PLC0415 - needs loaded models

        connection_created.connect(wall.build, dispatch_uid="guiju.record.wall")
