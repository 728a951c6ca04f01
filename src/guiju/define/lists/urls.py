"""Addresses of the lists."""

from __future__ import annotations

from django.urls import path

from guiju.define.lists.pages import checks, drafting, edition, editions, table

app_name = "lists"
urlpatterns = [
    path("", editions.editions_page, name="editions"),
    path("begin/", drafting.beginning, name="begin"),
    path("<uuid:identity>/", edition.edition, name="edition"),
    path("<uuid:identity>/history/", edition.history, name="history"),
    path("<uuid:identity>/rename/", drafting.renaming, name="rename"),
    path("<uuid:identity>/discard/", drafting.discarding, name="discard"),
    path("<uuid:identity>/checks/", checks.checks, name="checks"),
    path("<uuid:identity>/checks/accept/", checks.accepting_page, name="accept"),
    path("<uuid:identity>/checks/reopen/", checks.reopening, name="reopen"),
    path("<uuid:identity>/items/", table.tables, name="items"),
    path("<uuid:identity>/items/<str:kind>/", table.table, name="table"),
    path("<uuid:identity>/items/<str:kind>/<path:code>/", table.item, name="item"),
]
