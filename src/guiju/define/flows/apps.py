"""The pages about one flow as a Django app; it keeps nothing of its own."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class FlowsConfig(AppConfig):
    """Puts its pages beside those of the lists."""

    name = "guiju.define.flows"
    label = "flows"
    verbose_name = "流程"

    def ready(self) -> None:
        from guiju.define.flows.pages.frame import (  # noqa: PLC0415 - as above
            flow_page,
            steps_page,
        )
        from guiju.define.lists.pages import frame  # noqa: PLC0415 - as above

        frame.add_item_page("flows:flow", zh("流程图与步骤表"), flow_page, ItemKind.FLOW)
        frame.add_field_page(ItemKind.FLOW, "graph", steps_page)
        frame.add_deed(
            frame.EditionDeed(
                "flows:begin", zh("新增流程"), 40, Permission.LISTS_EDIT, frame.is_draft
            )
        )
        add_exhibits_of("guiju.define.flows.exhibits")
