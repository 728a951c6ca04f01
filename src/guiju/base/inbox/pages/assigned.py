"""我交办的: what the reader has asked of others, and how it stands."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.inbox import reads
from guiju.base.inbox.pages.given import FILTERS, state_badge
from guiju.base.inbox.pages.workbench import tabs_of
from guiju.base.inbox.reads import Given
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import answer
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.base.ui.tables import Column, Sort, Table
from guiju.core.sentence import zh
from guiju.core.terms import Permission

TABLE: Table[Given] = Table(
    name=zh("我交办的"),
    columns=(
        Column(
            "says",
            zh("任务"),
            lambda row: row.says,
            link=lambda row: f"{reverse('inbox:workbench')}?task={row.identity}",
        ),
        Column("who", zh("办理人"), lambda row: row.who),
        Column("state", zh("状态"), state_badge),
        Column("due", zh("期限"), lambda row: row.due),
        Column("at", zh("交办时间"), lambda row: row.at, Sort("number", int)),
    ),
    sort="-at",
    plain=("says", "who", "state"),
    identity=lambda row: row.identity,
    filters=FILTERS,
    empty=zh("还没有交办过任务。点「交办任务」，写一句话，选岗位或人员，就会列在这里。"),
)


@needs(Permission.TASK_ASSIGN)
@require_safe
def assigned(request: HttpRequest) -> HttpResponseBase:
    """Show the list; a task opens with the way to withdraw it."""
    person, now = standing(request).person, timezone.now()
    state = read_state(request.GET, TABLE)
    context = {"tabs": tabs_of(request, "inbox:assigned", reads.unread_count(person))}
    source = reads.given(person, state.filters, at=now)
    return answer(
        request, "inbox/assigned.html", table=TABLE, state=state, source=source, context=context
    )
