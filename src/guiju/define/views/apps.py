"""The views of the lists as a Django app; it keeps only what it works out of large lists."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.base.ui.palette import add_provider
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class ViewsConfig(AppConfig):
    """Puts its pages beside those of the lists, into the reader's menu, search and gallery."""

    name = "guiju.define.views"
    label = "views"
    verbose_name = "清单一览"

    def ready(self) -> None:
        from guiju.base.record import wall  # noqa: PLC0415 - needs loaded apps
        from guiju.define.lists.pages import frame  # noqa: PLC0415 - as above
        from guiju.define.views import keeping  # noqa: PLC0415 - as above
        from guiju.define.views.pages import searching  # noqa: PLC0415 - as above
        from guiju.define.views.pages.frame import power_page  # noqa: PLC0415 - as above

        frame.add_tab(frame.EditionTab("views:powers", zh("一览"), 25))
        for view, label, order in (
            ("views:mine", zh("我的权力"), 20),
            ("views:risk_map", zh("风险地图"), 30),
            ("views:risks_everywhere", zh("风险等级目录"), 40),
            ("views:coverage_everywhere", zh("覆盖矩阵"), 50),
        ):
            frame.add_area_page(view, label, order)
        frame.add_item_page("views:power", zh("权力标签"), power_page, ItemKind.POWER)
        wall.exempt("views_outline", "worked out from the lists, whose changes are events")
        keeping.listen()
        add_entry(Entry("views:mine", zh("我的权力"), 0, Permission.LISTS_READ, is_own=True))
        add_provider("views.powers", zh("权力"), searching.find_powers)
        add_exhibits_of("guiju.define.views.exhibits", "guiju.define.views.exhibits_lists")
