"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="record:timeline")),
    path("", include("guiju.base.ui.urls")),
    path("record/", include("guiju.base.record.urls")),
    path("files/", include("guiju.base.evidence.urls")),
]
