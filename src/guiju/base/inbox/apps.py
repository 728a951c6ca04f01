"""The inbox as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.record import guards
from guiju.base.ui.navigation import Entry, add_entry
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class InboxConfig(AppConfig):
    """Registers the event types of tasks and notices, and the top bar's entry."""

    name = "guiju.base.inbox"
    label = "inbox"
    verbose_name = "工作台"

    def ready(self) -> None:
        from guiju.base.inbox import events, exhibits, from_org  # noqa: PLC0415 - needs loaded apps
        from guiju.base.inbox.jobs import on_told  # noqa: PLC0415 - as above

        guards.add_listener("inbox.mail", on_told, kinds={events.TOLD.kind})
        from_org.register()
        add_entry(Entry("inbox:workbench", zh("工作台"), 10, Permission.INBOX_USE))
        exhibits.add_exhibits()
