"""Approvals as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class ApprovalConfig(AppConfig):
    """Registers event types, kinds of tasks, the guard of seats, pages and exhibits."""

    name = "guiju.define.approval"
    label = "approval"
    verbose_name = "审签"

    def ready(self) -> None:
        from guiju.define.approval import (  # noqa: PLC0415 - needs loaded apps
            events,  # noqa: F401 - registers its types
            guards,
        )
        from guiju.define.approval.reads import reviews  # noqa: PLC0415 - as above
        from guiju.define.lists.reads.editions import add_readers  # noqa: PLC0415 - as above

        guards.register()
        add_readers(reviews.put_before)
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
        frame.EditionDeed("approval:submit", zh("送审"), 10, edit, frame.is_draft),
        frame.EditionDeed("approval:take_back", zh("撤回送审"), 20, edit, is_in_review),
        frame.EditionDeed(
            "approval:suspend", zh("暂停"), 60, stop, in_use.is_effective, is_grave=True
        ),
        frame.EditionDeed("approval:resume", zh("恢复"), 61, stop, in_use.is_suspended),
        frame.EditionDeed("approval:repeal", zh("废止"), 62, stop, in_use.is_in_use, is_grave=True),
    ):
        frame.add_deed(deed)
