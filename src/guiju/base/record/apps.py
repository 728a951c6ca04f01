"""The record as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class RecordConfig(AppConfig):
    """Builds the wall around every connection, registers event types and the top bar's entry."""

    name = "guiju.base.record"
    label = "record"
    verbose_name = "记录"

    def ready(self) -> None:
        from guiju.base.record import events, exported, wall  # noqa: F401, PLC0415 - needs loaded models
        from guiju.base.record.pages.history import history  # noqa: PLC0415 - as above
        from guiju.base.ui import lists  # noqa: PLC0415 - as above
        from guiju.base.ui.history import tell_history_by  # noqa: PLC0415 - as above

        add_entry(Entry("record:timeline", zh("记录"), 90, Permission.RECORD_READ))
        add_entry(
            Entry("record:own_readings", zh("谁看过我的信息"), 3, Permission.INBOX_USE, is_own=True)
        )
        tell_history_by(history)
        lists.on_export(exported.on_export)
        add_exhibits_of("guiju.base.record.exhibits")
        connection_created.connect(wall.build, dispatch_uid="guiju.record.wall")
