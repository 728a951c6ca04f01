"""The shell of the pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Brings templates, their tags, the style sheets, and its own parts into the gallery."""

    name = "guiju.base.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        from guiju.base.ui.gallery import (  # noqa: PLC0415 - needs settings
            drawn,
            picking,
            reading,
            writing,
        )

        for shown in (writing, reading, drawn, picking):
            shown.add_exhibits()
