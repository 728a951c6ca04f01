"""Addresses of the pages about one flow."""

from __future__ import annotations

from django.urls import path

from guiju.define.flows.pages import beginning, designing, editing, flow, uploading

app_name = "flows"
urlpatterns = [
    path("<uuid:identity>/", beginning.begin, name="begin"),
    path("<uuid:identity>/<path:code>/edit/", editing.edit, name="edit"),
    path("<uuid:identity>/<path:code>/check/", editing.check, name="check"),
    path("<uuid:identity>/<path:code>/upload/", uploading.upload, name="upload"),
    path("<uuid:identity>/<path:code>/design/", designing.design, name="design"),
    path("<uuid:identity>/<path:code>/as/<str:form>/", flow.file, name="file"),
    path("<uuid:identity>/<path:code>/", flow.flow, name="flow"),
]
