"""The shell of the pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of


class UiConfig(AppConfig):
    """Brings templates, their tags, the style sheets, and its own parts into the gallery."""

    name = "guiju.base.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        for part in ("writing", "reading", "drawn", "picking"):
            add_exhibits_of(f"guiju.base.ui.gallery.{part}")
