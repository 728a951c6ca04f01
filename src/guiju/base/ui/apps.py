"""The shell of the pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Brings templates, their tags, the style sheets, and its own parts into the gallery."""

    name = "guiju.base.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        from guiju.base.ui.gallery import reading, writing  # noqa: PLC0415 - needs settings

        writing.add_exhibits()
        reading.add_exhibits()
