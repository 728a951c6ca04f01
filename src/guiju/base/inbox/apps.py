"""The inbox as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.record import guards
from guiju.base.ui import plain
from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.base.ui.palette import add_provider
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class InboxConfig(AppConfig):
    """Registers the event types of tasks and notices, and the top bar's entry."""

    name = "guiju.base.inbox"
    label = "inbox"
    verbose_name = "工作台"

    def ready(self) -> None:
        from guiju.base.inbox import events, from_org  # noqa: PLC0415 - needs loaded apps
        from guiju.base.inbox.jobs import on_told  # noqa: PLC0415 - as above
        from guiju.base.inbox.pages import office  # noqa: PLC0415 - as above
        from guiju.base.inbox.pages import plain as bench  # noqa: PLC0415 - as above
        from guiju.base.org.pages.body import offer_tab  # noqa: PLC0415 - as above

        guards.add_listener("inbox.mail", on_told, kinds={events.TOLD.kind})
        from_org.register()
        add_entry(Entry("inbox:workbench", zh("工作台"), 10, Permission.INBOX_USE))
        add_exhibits_of("guiju.base.inbox.exhibits", "guiju.base.inbox.exhibits_lists")
        plain.add_entry("inbox.to_do", 10, bench.to_do)
        plain.add_entry("inbox.told", 30, bench.told)
        plain.add_entry("inbox.offices", 35, office.own_offices)
        offer_tab(office.body_tab)
        add_provider("inbox.offices", zh("办公室工作台"), office.find_offices)
