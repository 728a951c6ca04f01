"""Addresses of the shell."""

from __future__ import annotations

from django.urls import path

from guiju.base.ui import pages

app_name = "ui"
urlpatterns = [path("language/", pages.choose_language, name="language")]
