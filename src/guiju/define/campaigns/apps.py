"""Campaigns as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class CampaignsConfig(AppConfig):
    """Registers event types, the kind of task, guards, facts for the checks, and pages."""

    name = "guiju.define.campaigns"
    label = "campaigns"
    verbose_name = "风险排查"

    def ready(self) -> None:
        from guiju.define.campaigns import (  # noqa: PLC0415 - needs loaded apps
            events,  # noqa: F401 - registers its types
            guards,
            kinds,  # noqa: F401 - registers its kind
        )
        from guiju.define.campaigns.reads import campaigns, facts  # noqa: PLC0415 - as above
        from guiju.define.lists.reads.editions import add_readers  # noqa: PLC0415 - as above
        from guiju.define.lists.reads.facts import add_facts  # noqa: PLC0415 - as above

        guards.register()
        add_readers(campaigns.asked_editions)
        add_facts(facts.add)
        _add_pages()
        add_exhibits_of("guiju.define.campaigns.exhibits")


def _add_pages() -> None:
    """Put pages and buttons beside those of the lists."""
    from guiju.define.lists.pages import frame  # noqa: PLC0415 - needs loaded apps

    frame.add_area_page("campaigns:campaigns", zh("风险排查"), 30)
    frame.add_area_page("campaigns:mine", zh("我的排查"), 31, Permission.RISK_REPORT)
    frame.add_tab(frame.EditionTab("campaigns:of_edition", zh("排查"), 35))
    frame.add_deed(
        frame.EditionDeed(
            "campaigns:begin", zh("开始风险排查"), 30, Permission.CAMPAIGN_RUN, frame.is_draft
        )
    )
