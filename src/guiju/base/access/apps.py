"""Access as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.record import wall
from guiju.base.record.guards import add_listener
from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.base.ui.reader import Reader, name_readers_by
from guiju.base.ui.saved_views import keep_views_by
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class AccessConfig(AppConfig):
    """Accounts, roles, and what stands before every page."""

    name = "guiju.base.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        from guiju.base.access import events  # noqa: F401, PLC0415 - needs loaded apps
        from guiju.base.access.actions.erasing import on_erased  # noqa: PLC0415 - as above
        from guiju.base.access.models import Account  # noqa: PLC0415 - as above
        from guiju.base.access.pages.views import shelf  # noqa: PLC0415 - as above
        from guiju.base.access.shells import begins_plain  # noqa: PLC0415 - as above
        from guiju.base.record.events import ERASED  # noqa: PLC0415 - as above
        from guiju.base.ui import plain  # noqa: PLC0415 - as above

        for table in ("auth_permission", "django_content_type"):
            wall.exempt(table, "Django lists its models here after a migration; nobody asks it")
        wall.exempt(
            "access_answered",
            "what was answered to a program, to be said again; the act went through the door",
        )
        name_readers_by(
            lambda request: (
                Reader(request.user.display_name) if isinstance(request.user, Account) else None
            )
        )
        keep_views_by(shelf)
        plain.usually_by(begins_plain)
        add_exhibits_of("guiju.base.access.exhibits", "guiju.base.access.exhibits_more")
        add_listener("access.erased", on_erased, kinds=[ERASED.kind])
        add_entry(Entry("access:accounts", zh("账号与权限"), 95, Permission.ACCOUNT_READ))
