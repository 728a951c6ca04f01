"""Addresses of the views of the lists."""

from __future__ import annotations

from django.urls import path

from guiju.define.views.pages import (
    catalogue,
    coverage,
    flows,
    gaps,
    mine,
    posts,
    powers,
    regulations,
    risk_map,
    sheet,
)

app_name = "views"
urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("risk-map/", risk_map.risk_map, name="risk_map"),
    path("risks/", catalogue.everywhere, name="risks_everywhere"),
    path("coverage/", coverage.everywhere, name="coverage_everywhere"),
    path("<uuid:identity>/", powers.powers, name="powers"),
    path("<uuid:identity>/power/<path:code>/", sheet.power, name="power"),
    path("<uuid:identity>/coverage/", coverage.matrix, name="coverage"),
    path("<uuid:identity>/risks/", catalogue.risks, name="risks"),
    path("<uuid:identity>/risks/document/", catalogue.paper, name="catalogue"),
    path("<uuid:identity>/posts/", posts.posts, name="posts"),
    path("<uuid:identity>/posts/<path:name>/", posts.post, name="post"),
    path("<uuid:identity>/flows/", flows.flows, name="flows"),
    path("<uuid:identity>/regulations/", regulations.documents, name="regulations"),
    path("<uuid:identity>/gaps/", gaps.register, name="gaps"),
    path("<uuid:identity>/regulations/<path:title>/", regulations.regulation, name="regulation"),
]
