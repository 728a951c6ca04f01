"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path

from guiju.publish.portal.pages.data import robots

urlpatterns = [
    path("", include("guiju.base.access.urls")),
    path("account/", include("guiju.base.access.sign_in.library_urls")),
    path("", include("guiju.base.ui.urls")),
    path("record/", include("guiju.base.record.urls")),
    path("org/", include("guiju.base.org.urls")),
    path("inbox/", include("guiju.base.inbox.urls")),
    path("system/", include("guiju.base.system.urls")),
    path("lists/", include("guiju.define.lists.urls")),
    path("approval/", include("guiju.define.approval.urls")),
    path("campaigns/", include("guiju.define.campaigns.urls")),
    path("profiles/", include("guiju.define.profiles.urls")),
    path("flows/", include("guiju.define.flows.urls")),
    path("views/", include("guiju.define.views.urls")),
    path("open/", include("guiju.publish.portal.urls")),
    path("robots.txt", robots),
    path("files/", include("guiju.base.evidence.urls")),
    path("api/v1/", include("guiju.config.api")),
]

handler400 = "guiju.base.record.pages.no_room.interrupted"
