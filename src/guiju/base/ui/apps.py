"""The shell as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags; no tables."""

    name = "guiju.base.ui"
    label = "ui"
    verbose_name = "界面"
