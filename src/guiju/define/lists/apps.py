"""The lists as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Registers the event types of the lists and has their triggers looked after."""

    name = "guiju.define.lists"
    label = "lists"
    verbose_name = "清单"

    def ready(self) -> None:
        from guiju.base.record import triggers  # noqa: PLC0415 - needs loaded apps
        from guiju.define.lists import events  # noqa: F401, PLC0415 - as above
        from guiju.define.lists.triggers import TRIGGERS  # noqa: PLC0415 - as above

        triggers.look_after("lists", TRIGGERS)
