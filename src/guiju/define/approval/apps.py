"""Approvals as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class ApprovalConfig(AppConfig):
    """Registers event types, triggers, the guard of seats, pages and exhibits."""

    name = "guiju.define.approval"
    label = "approval"
    verbose_name = "审签"

    def ready(self) -> None:
        from guiju.base.record import triggers  # noqa: PLC0415 - needs loaded apps
        from guiju.define.approval import (  # noqa: PLC0415 - as above
            events,
            guards,
        )
        from guiju.define.approval.actions import cleaning  # noqa: PLC0415 - as above
        from guiju.define.approval.reads import (  # noqa: PLC0415 - as above
            cancelled,
            cleanups,
            reviews,
            signatures,
        )
        from guiju.define.approval.triggers import TRIGGERS  # noqa: PLC0415 - as above
        from guiju.define.campaigns.reads.sources import add_signatures  # noqa: PLC0415 - as above
        from guiju.define.lists.actions.renumbering import add_follower  # noqa: PLC0415 - as above
        from guiju.define.lists.find import keep_given_up  # noqa: PLC0415 - as above
        from guiju.define.lists.reads.comparing import add_verdicts  # noqa: PLC0415 - as above
        from guiju.define.lists.reads.editions import add_readers  # noqa: PLC0415 - as above
        from guiju.define.lists.reads.facts import add_facts  # noqa: PLC0415 - as above
        from guiju.define.views.reads.sealed import settle_by  # noqa: PLC0415 - as above

        triggers.look_after("approval", TRIGGERS)
        keep_given_up(reviews.was_submitted)
        add_signatures(signatures.lines_of)
        guards.register()
        add_readers(reviews.put_before)
        add_verdicts(cleanups.given_in)
        add_facts(cancelled.add)
        add_follower(cleaning.follow)
        settle_by(*events.SETTLING)
        _add_pages()
        add_exhibits_of("guiju.define.approval.exhibits")


def _add_pages() -> None:
    """Put pages and buttons beside those of the lists."""
    from guiju.define.approval.pages import cleanup, in_use  # noqa: PLC0415 - as above
    from guiju.define.lists.models import Edition  # noqa: PLC0415 - as above
    from guiju.define.lists.pages import frame  # noqa: PLC0415 - as above

    def is_in_review(edition: Edition) -> bool:
        return edition.state == EditionState.IN_REVIEW.value

    edit, stop = Permission.LISTS_EDIT, Permission.LISTS_SUSPEND
    frame.add_area_page("approval:mine", zh("送我审签的"), 20, Permission.LISTS_SIGN)
    frame.add_tab(frame.EditionTab("approval:review", zh("审核"), 40))
    frame.add_tab(frame.EditionTab("approval:cleanup", zh("清理"), 45, cleanup.has_before))
    for deed in (
        frame.EditionDeed("approval:submit", zh("送审"), 10, edit, frame.is_draft, is_next=True),
        frame.EditionDeed("approval:take_back", zh("撤回送审"), 20, edit, is_in_review),
        frame.EditionDeed(
            "approval:suspend", zh("暂停"), 60, stop, in_use.is_effective, is_grave=True
        ),
        frame.EditionDeed("approval:resume", zh("恢复"), 61, stop, in_use.is_suspended),
        frame.EditionDeed("approval:repeal", zh("废止"), 62, stop, in_use.is_in_use, is_grave=True),
    ):
        frame.add_deed(deed)
