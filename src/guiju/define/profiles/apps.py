"""Profiles as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.core.sentence import zh


class ProfilesConfig(AppConfig):
    """Registers event types and triggers, says which profile a body uses, adds pages."""

    name = "guiju.define.profiles"
    label = "profiles"
    verbose_name = "配置"

    def ready(self) -> None:
        from guiju.base.record import triggers  # noqa: PLC0415 - needs loaded apps
        from guiju.define.lists.profiles import set_profile_source  # noqa: PLC0415 - as above
        from guiju.define.profiles import (  # noqa: PLC0415 - as above
            events,  # noqa: F401 - registers its types
        )
        from guiju.define.profiles.reads import held  # noqa: PLC0415 - as above
        from guiju.define.profiles.triggers import TRIGGERS  # noqa: PLC0415 - as above

        triggers.look_after("profiles", TRIGGERS)
        set_profile_source(held.in_force, held.held)
        _add_pages()
        add_exhibits_of("guiju.define.profiles.exhibits")


def _add_pages() -> None:
    """Put pages and buttons beside those of the lists."""
    from guiju.define.lists.pages import frame  # noqa: PLC0415 - needs loaded apps

    frame.add_area_page("profiles:profiles", zh("配置"), 80)
    frame.add_tab(frame.EditionTab("profiles:of_edition", zh("配置"), 80))
