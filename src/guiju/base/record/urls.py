"""Addresses of the record's pages."""

from __future__ import annotations

from django.urls import path

from guiju.base.record.pages import event, own_readings, state, timeline

app_name = "record"
urlpatterns = [
    path("", timeline.timeline, name="timeline"),
    path("event/<uuid:key>/", event.event, name="event"),
    path("event/<uuid:key>/open/", event.opening, name="opening"),
    path("own/", own_readings.own_readings, name="own_readings"),
    path("event/<uuid:key>.json", event.entry, name="entry"),
    path("event/<uuid:key>.tlog-proof", event.proof, name="proof"),
    path("state/", state.state, name="state"),
    path("state/checkpoint", state.checkpoint, name="checkpoint"),
]
