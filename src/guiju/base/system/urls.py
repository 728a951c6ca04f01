"""Addresses of the system's state."""

from __future__ import annotations

from django.urls import path

from guiju.base.system.pages import state

app_name = "system"
urlpatterns = [
    path("", state.state, name="state"),
    path("audit", state.audit, name="audit"),
]
