"""The powers of an edition, each with the way to its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.sources import Rows
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.lists.model import Item
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.words import ItemKind, PowerKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import list_page, reached
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import items
from guiju.define.views.pages.frame import frame, grade_badge, sheet_link

_COUNTED = (ItemKind.BASIS, ItemKind.FLOW, ItemKind.RISK, ItemKind.CONTROL)


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A power with how much belongs to it."""

    power: Power
    counts: Mapping[ItemKind, int]


@needs(Permission.LISTS_READ)
@require_safe
def powers(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show the list."""
    found = reached(request, identity)
    table = table_of(found, profile_of(found))
    state = read_state(request.GET, table)
    return list_page(
        request,
        table=table,
        state=state,
        source=lines(found, state.filters),
        context=frame(request, found, "views:powers"),
        template="views/list.html",
    )


def lines(edition: Edition, conditions: Mapping[str, str]) -> Rows[PowerLine]:
    """Return powers with counts; a page costs two queries."""
    rows = items(edition, ItemKind.POWER, conditions)

    def make(found: Sequence[models.Item]) -> Sequence[PowerLine]:
        held: Sequence[Item] = rows.make(found)
        counts = _counts(edition, [one.code for one in held])
        return [PowerLine(one, counts[one.code]) for one in held if isinstance(one, Power)]

    return Rows(rows.queryset, make)


def _counts(edition: Edition, codes: Sequence[str]) -> dict[str, Counter[ItemKind]]:
    told = {code: Counter[ItemKind]() for code in codes}
    rows = models.Item.objects.filter(
        edition=edition, power__in=codes, kind__in=[one.value for one in _COUNTED]
    )
    for code, kind, count in rows.order_by().values_list("power", "kind").annotate(n=Count("pk")):
        told[code][ItemKind.of(kind)] = count
    return told


def _counted(kind: ItemKind) -> Column[PowerLine]:
    return Column(kind.value, kind.label, lambda row: row.counts.get(kind, 0), is_numeric=True)


def table_of(edition: Edition, profile: Profile) -> Table[PowerLine]:
    """Return the list in the words of a profile."""
    kinds: tuple[tuple[str, Sentence | str], ...] = (
        *((one.value, one.label) for one in PowerKind),
        *profile.kinds.items(),
    )
    return Table(
        name=zh("权力标签"),
        columns=(
            Column(
                "name",
                zh("权力名称"),
                lambda row: row.power.name or row.power.code,
                Sort("title"),
                lambda row: sheet_link(edition, row.power.code),
            ),
            Column("code", zh("编码"), lambda row: row.power.code, Sort("code")),
            Column("kind", zh("权力类型"), lambda row: profile.kind_label(row.power.kind)),
            Column("post", zh("行使岗位"), lambda row: row.power.post, Sort("post")),
            Column("grade", zh("风险等级"), lambda row: grade_badge(profile, row.power.grade)),
            *map(_counted, _COUNTED),
        ),
        sort="code",
        identity=lambda row: row.power.code,
        filters=(
            Filter("search", zh("编码或名称"), hint=zh("编码开头，或几个字")),
            Filter("group", zh("权力类型"), kinds),
            Filter(
                "grade",
                zh("风险等级"),
                tuple((str(one), profile.grade_label(one)) for one in GRADES),
            ),
            Filter("post", zh("行使岗位"), hint=zh("名称中的几个字")),
        ),
        empty=zh("这一版还没有权力。编制员录入或导入权力清单后，每项权力在这里有一页标签。"),
        plain=("name", "grade"),
    )
