"""Addresses of the lists."""

from __future__ import annotations

from django.urls import path

from guiju.define.lists.pages import (
    checks,
    chosen,
    comparing,
    drafting,
    editing,
    edition,
    editions,
    exporting,
    grid,
    grid_saving,
    item,
    mending,
    relatives,
    renumbering,
    table,
    undoing,
)
from guiju.define.lists.pages.importing import changing, mapping, receiving, running

app_name = "lists"
urlpatterns = [
    path("", editions.editions_page, name="editions"),
    path("begin/", drafting.beginning, name="begin"),
    path("<uuid:identity>/", edition.edition, name="edition"),
    path("<uuid:identity>/history/", edition.history, name="history"),
    path("<uuid:identity>/rename/", drafting.renaming, name="rename"),
    path("<uuid:identity>/discard/", drafting.discarding, name="discard"),
    path("<uuid:identity>/checks/", checks.checks, name="checks"),
    path("<uuid:identity>/checks/relatives/", relatives.relatives, name="relatives"),
    path("<uuid:identity>/checks/accept/", checks.accepting_page, name="accept"),
    path("<uuid:identity>/checks/reopen/", checks.reopening, name="reopen"),
    path("<uuid:identity>/checks/fill/", mending.filling_found, name="fill_found"),
    path("<uuid:identity>/checks/codes/", mending.recoding_page, name="recode"),
    path("<uuid:identity>/import/", receiving.importing, name="import"),
    path("<uuid:identity>/import/template/", receiving.template, name="import_template"),
    path("<uuid:identity>/import/done/", changing.imported, name="imported"),
    path("<uuid:identity>/import/<str:token>/", mapping.mapping, name="mapping"),
    path("<uuid:identity>/import/<str:token>/changes/", changing.changes, name="changes"),
    path("<uuid:identity>/import/<str:token>/notes/", changing.notes_file, name="import_notes"),
    path("<uuid:identity>/import/<str:token>/dismiss/", running.dismissing, name="import_dismiss"),
    path("<uuid:identity>/export/", exporting.export, name="export"),
    path("<uuid:identity>/export/xlsx/", exporting.exported, {"form": "xlsx"}, name="export_xlsx"),
    path("<uuid:identity>/export/json/", exporting.exported, {"form": "json"}, name="export_json"),
    path("<uuid:identity>/compare/", comparing.comparing, name="compare"),
    path("<uuid:identity>/compare/choose/", comparing.choosing, name="compare_choose"),
    path("<uuid:identity>/compare/<uuid:other>/", comparing.side_by_side, name="compared"),
    path("<uuid:identity>/items/", table.tables, name="items"),
    path("<uuid:identity>/items/<str:kind>/", table.table, name="table"),
    path("<uuid:identity>/items/<str:kind>/<path:code>/", item.item, name="item"),
    path("<uuid:identity>/add/<str:kind>/", editing.adding, name="item_add"),
    path("<uuid:identity>/change/<str:kind>/<path:code>/", editing.changing, name="item_edit"),
    path("<uuid:identity>/remove/<str:kind>/<path:code>/", editing.removing, name="item_remove"),
    path("<uuid:identity>/restore/<str:token>/", undoing.restoring, name="restore"),
    path(
        "<uuid:identity>/renumber/<str:kind>/<path:code>/", renumbering.renumbering, name="renumber"
    ),
    path(
        "<uuid:identity>/renumber-back/<str:kind>/<path:code>/",
        renumbering.renumbering_back,
        name="renumber_back",
    ),
    path("<uuid:identity>/chosen/<str:kind>/fill/", chosen.filling, name="fill_chosen"),
    path("<uuid:identity>/chosen/<str:kind>/remove/", chosen.removing, name="remove_chosen"),
    path("<uuid:identity>/grid/", grid.grid, name="grid"),
    path("<uuid:identity>/grid/<str:kind>/", grid.grid, name="grid"),
    path("<uuid:identity>/grid/<str:kind>/save/", grid_saving.save, name="grid_save"),
    path("<uuid:identity>/grid/<str:kind>/findings/", grid.findings, name="grid_findings"),
    path("<uuid:identity>/grid/<str:kind>/beside/", grid.beside, name="grid_beside"),
]
