"""The shell of the pages as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Brings templates, their tags and the style sheet."""

    name = "guiju.base.ui"
    label = "ui"
    verbose_name = "界面"
