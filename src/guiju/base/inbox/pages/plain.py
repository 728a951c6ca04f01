"""What needs the reader, and what they were told, on the plain shell's first page (S3-02)."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.inbox import reads
from guiju.base.ui.badges import Badge
from guiju.base.ui.plain import MOST_THINGS, PlainEntry
from guiju.base.ui.reader import may, standing
from guiju.core.sentence import zh
from guiju.core.terms import Permission


def to_do(request: HttpRequest) -> PlainEntry | None:
    """Offer what needs the reader; the most urgent are one click away."""
    if not may(request, Permission.INBOX_USE):
        return None
    found = reads.inbox(standing(request).person, at=timezone.now())
    bench = reverse("inbox:workbench")
    rows = found.page.rows[:MOST_THINGS]
    late = sum(one.clock.tone == "over" for one in found.page.rows)
    return PlainEntry(
        zh("要我办的"),
        bench,
        zh("{count} 件要办。", count=found.count) if found.count else zh("现在没有要办的事。"),
        Badge("warn", zh("{count} 件已超期", count=late)) if late else None,
        tuple(
            (zh("{says}（{left}）", says=one.says, left=one.clock.words),
             f"{bench}?task={one.identity}")
            for one in rows
        ),
    )  # fmt: skip


def told(request: HttpRequest) -> PlainEntry | None:
    """Offer the notices."""
    if not may(request, Permission.INBOX_USE):
        return None
    unread = reads.unread_count(standing(request).person)
    says = zh("{count} 条没有看过。", count=unread) if unread else zh("都看过了。")
    return PlainEntry(zh("通知"), reverse("inbox:notices"), says)
