"""Addresses of the shell."""

from __future__ import annotations

from django.urls import path

from guiju.base.ui.pages import choices, gallery, search
from guiju.base.ui.pages.help import help_page

app_name = "ui"
urlpatterns = [
    path("language/", choices.choose_language, name="language"),
    path("theme/", choices.choose_theme, name="theme"),
    path("shell/", choices.choose_shell, name="shell"),
    path("search/", search.palette, name="palette"),
    path("help/", help_page, name="help"),
    path("gallery/", gallery.hall, name="gallery"),
    path("gallery/<slug:name>/", gallery.exhibit, name="exhibit"),
    path("gallery/<slug:name>/<slug:state>/", gallery.exhibit, name="exhibit_state"),
]
