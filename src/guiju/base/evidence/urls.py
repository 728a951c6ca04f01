"""Addresses of kept files."""

from __future__ import annotations

from django.urls import path

from guiju.base.evidence.pages.file import content, file
from guiju.base.evidence.pages.files import files

app_name = "evidence"
urlpatterns = [
    path("", files, name="files"),
    path("<uuid:identity>/", file, name="file"),
    path("<uuid:identity>/clean", content, {"which": "clean"}, name="clean"),
    path("<uuid:identity>/original", content, {"which": "original"}, name="original"),
]
