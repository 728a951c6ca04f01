"""The key list: key units, key posts, and through their holders key people (S0-07, S1-05)."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.listing import list_page
from guiju.base.org.pages.posts import SEARCH, UNIT, post_table
from guiju.base.org.reads import lists
from guiju.base.ui.list_state import read_state
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.base.ui.tables import Filter
from guiju.core.sentence import zh
from guiju.core.terms import Permission

MOST_UNITS = 60

TABLE = post_table(
    zh("重点名单"),
    zh("还没有关键岗位。在岗位上标明后，就会列在这里。"),
    (
        SEARCH,
        UNIT,
        Filter("state", zh("任职"), (("held", zh("有人任职")), ("vacant", zh("空缺")))),
    ),
)


@needs(Permission.ORG_READ)
@require_safe
def keys(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    state = read_state(request.GET, TABLE)
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    people_scope = scope_of(request, Permission.PERSON_READ)
    rows = lists.posts(scope, people_scope, {**state.filters, "key": "yes"}, on=on)
    shown: dict[str, object] = {}
    if not state.format:
        units = lists.key_units(scope, on=on)
        vacant, count = lists.key_post_counts(scope, on=on)
        unlimited = lists.key_posts_without_limit(scope, on=on, most=MOST_UNITS) if count else ()
        shown |= {
            "units": [(name, page_of("org:unit", one)) for one, name in units[:MOST_UNITS]],
            "unit_count": len(units),
            "vacant": vacant,
            "unlimited": [(name, page_of("org:post", one)) for one, name in unlimited],
            "unlimited_count": count,
        }
    return list_page(
        request,
        "org:keys",
        table=TABLE,
        state=state,
        source=rows,
        template="org/keys.html",
        context=shown,
    )
