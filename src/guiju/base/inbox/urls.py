"""Addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from guiju.base.inbox.pages import (
    assigned,
    assigning,
    collecting,
    holidays,
    notices,
    office,
    task,
    workbench,
)

app_name = "inbox"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("tasks/<uuid:identity>/complete", task.complete, name="complete"),
    path("tasks/<uuid:identity>/reassign", task.reassign, name="reassign"),
    path("tasks/<uuid:identity>/withdraw", task.withdraw, name="withdraw"),
    path("assigned/", assigned.assigned, name="assigned"),
    path("assigned/new/", assigning.assigning, name="assigning"),
    path("office/<uuid:identity>/", office.office, name="office"),
    path("office/<uuid:identity>/tasks/", office.office_tasks, name="office_tasks"),
    path("office/<uuid:identity>/collect/", collecting.collecting, name="collecting"),
    path("tasks/<uuid:identity>/urge", office.urge, name="urge"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read", notices.read, name="read"),
    path("calendar/", holidays.holidays, name="holidays"),
    path("calendar/preview", holidays.preview, name="preview"),
    path("calendar/load", holidays.load, name="load"),
]
