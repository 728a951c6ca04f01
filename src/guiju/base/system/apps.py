"""The system's state as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class SystemConfig(AppConfig):
    """Registers the event type and the top bar's entry."""

    name = "guiju.base.system"
    label = "system"
    verbose_name = "系统状态"

    def ready(self) -> None:
        from guiju.base.system import events  # noqa: F401, PLC0415 - needs loaded apps

        add_entry(Entry("system:state", zh("系统状态"), 95, Permission.HEALTH_READ))
        add_exhibits_of("guiju.base.system.exhibits")
