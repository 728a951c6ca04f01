"""The list of bodies: leading groups, joint conferences, supervisors of the eight channels."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.listing import list_page
from guiju.base.org.reads import bodies as reads
from guiju.base.org.reads import lists
from guiju.base.org.reads.lists import BodyLine
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.organisation.words_bodies import BodyKind, SupervisionChannel
from guiju.core.sentence import zh
from guiju.core.terms import Permission


def _unlinked(row: BodyLine) -> Value:
    return Badge("warn", zh("缺 {count} 名", count=row.unlinked)) if row.unlinked else None


TABLE: Table[BodyLine] = Table(
    name=zh("领导小组等机构"),
    columns=(
        Column(
            "name",
            zh("名称"),
            lambda row: row.name,
            Sort("name"),
            lambda row: page_of("org:body", row.reference),
        ),
        Column("kind", zh("类别"), lambda row: row.kind, Sort("kind")),
        Column("channel", zh("监督渠道"), lambda row: row.channel, is_shown=False),
        Column("host", zh("设在"), lambda row: row.host),
        Column("office", zh("办公室"), lambda row: row.office),
        Column("superior", zh("上级机构"), lambda row: row.superior, is_shown=False),
        Column("members", zh("成员数"), lambda row: row.members, is_numeric=True),
        Column("liaisons", zh("联络员"), _unlinked),
    ),
    sort="kind",
    identity=lambda row: row.reference,
    filters=(
        Filter("search", zh("名称"), hint=zh("名称中的几个字")),
        Filter("kind", zh("类别"), tuple((one.value, one.label) for one in BodyKind)),
        Filter(
            "channel", zh("监督渠道"), tuple((one.value, one.label) for one in SupervisionChannel)
        ),
    ),
    empty=zh("还没有领导小组等机构。成立后，就会列在这里。"),
)


@needs(Permission.ORG_READ)
@require_safe
def bodies(request: HttpRequest) -> HttpResponseBase:
    """Show the list; before it which liaisons are wanting, after it who supervises."""
    state = read_state(request.GET, TABLE)
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    shown: dict[str, object] = {}
    if not state.format:
        wanting, count = reads.some_vacant_liaisons(scope, on=on, most=20)
        shown["wanting"] = [(one, page_of("org:body", one.body)) for one in wanting]
        shown["more_wanting"] = count - len(wanting)
        shown["channels"] = [
            (channel, [(name, page_of("org:body", one)) for one, name in found])
            for channel, found in reads.supervisors_named(scope, on=on, most=20).items()
        ]
    return list_page(
        request,
        "org:bodies",
        table=TABLE,
        state=state,
        source=lists.bodies(scope, state.filters, on=on),
        template="org/bodies.html",
        context=shown,
    )
