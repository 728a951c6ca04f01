"""A feed of new editions and public notices (Atom)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from guiju.base.ui.dates import day
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.lists.words import EditionState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.publish.portal.addresses import at
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.frame import open_page
from guiju.publish.portal.pages.shown import Listed, listed
from guiju.publish.portal.reads.issues import newest

MOST = 50


@needs(Permission.PUBLIC, is_data=True)
@require_safe
@open_page
def feed(request: HttpRequest) -> HttpResponse:
    """Give the feed."""
    made = Atom1Feed(
        title=say(zh("公开的权力清单")),
        link=request.build_absolute_uri(at("first")),
        description="",
        feed_url=request.build_absolute_uri(at("feed")),
    )
    for issue in newest(MOST):
        _add(made, request, issue)
    text = made.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _add(made: Atom1Feed, request: HttpRequest, issue: Issue) -> None:
    one = listed(issue, timezone.localdate())
    made.add_item(
        title=say(zh("{name} · 第 {ordinal} 版", name=one.title, ordinal=one.ordinal)),
        link=request.build_absolute_uri(at("edition", one.identity)),
        description=say(_says(one)),
        author_name=one.unit_name,
        unique_id=f"urn:uuid:{issue.event}",
        pubdate=issue.published_at,
        updateddate=issue.published_at,
    )


def _says(one: Listed) -> Sentence:
    issue = one.issue
    if one.state is EditionState.PUBLIC_NOTICE and issue.notice_from and issue.notice_to:
        return zh(
            "公示 {first} 至 {last}，共 {count} 项权力",
            first=day(issue.notice_from),
            last=day(issue.notice_to),
            count=one.powers,
        )
    return zh("{state}，共 {count} 项权力", state=one.state.label, count=one.powers)
