"""The portal as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of


class PortalConfig(AppConfig):
    """Registers its event, listens to what has to be published, and is where strangers land."""

    name = "guiju.publish.portal"
    label = "portal"
    verbose_name = "公开"

    def ready(self) -> None:
        from guiju.base.record import guards, wall  # noqa: PLC0415 - needs loaded apps
        from guiju.base.ui.navigation import set_front  # noqa: PLC0415 - as above
        from guiju.define.approval import events as approval  # noqa: PLC0415 - as above
        from guiju.publish.portal import events  # noqa: F401, PLC0415 - as above
        from guiju.publish.portal.jobs import ask_to_publish  # noqa: PLC0415 - as above

        told = (
            *(approval.NOTICED, approval.TOOK_EFFECT, approval.SUPERSEDED),
            *(approval.SUSPENDED, approval.RESUMED, approval.REPEALED),
        )
        guards.add_listener("portal", ask_to_publish, kinds=[one.kind for one in told])
        wall.exempt("portal_file", "made of what was published, and each publication is an event")
        for table in ("portal_hour", "portal_sender"):
            wall.exempt(table, "counts of an hour, then forgotten; what is taken is an event")
        wall.exempt("portal_looked", "how far the search for closed items came; a find is an event")
        set_front("portal:first")
        add_exhibits_of("guiju.publish.portal.exhibits")
