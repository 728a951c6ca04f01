"""What the pages of a campaign have in common: who may open it, its way, its tabs."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.ui.badges import Badge
from guiju.base.ui.navigation import page_of
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import scope_of, standing
from guiju.core.lists.words_campaigns import CampaignState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.reads.campaigns import campaign_for
from guiju.define.lists.pages.frame import full_name, way

_TABS: tuple[tuple[str, Sentence], ...] = (
    ("campaigns:campaign", zh("进展")),
    ("campaigns:board", zh("归并")),
    ("campaigns:gates", zh("四不放过")),
    ("campaigns:grading", zh("定级")),
    ("campaigns:forms", zh("表格")),
)


def reached(
    request: HttpRequest, identity: UUID, permission: Permission = Permission.LISTS_READ
) -> Campaign:
    """Return the campaign that an address names, with its edition and unit.

    Raises:
        Http404: when there is none, or the reader may not see it, or may not do with it what
            the permission is for.
    """
    seen = scope_of(request, Permission.LISTS_READ)
    found = campaign_for(seen, standing(request).person, f"campaign:{identity}")
    if found is None:
        raise Http404
    if permission is not Permission.LISTS_READ and not may_at(request, found, permission):
        raise Http404
    return found


def may_at(request: HttpRequest, campaign: Campaign, permission: Permission) -> bool:
    """Tell whether the reader may do something in the campaign's unit."""
    return standing(request).may(permission, campaign.edition.unit.path)


def is_open(campaign: Campaign) -> bool:
    """Tell whether a campaign has not ended."""
    return campaign.state == CampaignState.OPEN.value


def address(view: str, campaign: Campaign, *more: object) -> str:
    """Return the address of a page about a campaign."""
    return reverse(view, args=[campaign.reference.partition(":")[2], *more])


def badge_of(state: CampaignState, *, is_late: bool = False) -> Badge:
    """Return where a campaign stands."""
    if state is CampaignState.OPEN:
        return Badge("warn", zh("已过期限")) if is_late else Badge("wait", state.label)
    return Badge("calm", state.label)


def path_to(campaign: Campaign, *steps: Crumb) -> tuple[Crumb, ...]:
    """Return the way to a page about a campaign."""
    edition = campaign.edition
    link = address("campaigns:campaign", campaign) if steps else ""
    return (
        *way(None, Crumb(zh("风险排查"), reverse("campaigns:campaigns"))),
        Crumb(full_name(edition), page_of("lists:edition", edition.reference)),
        Crumb(campaign.name, link),
        *steps,
    )


def head(request: HttpRequest, campaign: Campaign, view: str, *steps: Crumb) -> dict[str, object]:
    """Return what every page about a campaign shows."""
    may_edit = may_at(request, campaign, Permission.LISTS_EDIT)
    may_run = may_at(request, campaign, Permission.CAMPAIGN_RUN)
    state = CampaignState.of(campaign.state)
    return {
        "campaign": campaign,
        "campaign_state": badge_of(state, is_late=campaign.due_at < timezone.now()),
        "way": path_to(campaign, *steps),
        "edition_name": full_name(campaign.edition),
        "edition_link": page_of("lists:edition", campaign.edition.reference),
        "campaign_tabs": [
            Tab(label, address(name, campaign), name == view)
            for name, label in _TABS
            if name not in ("campaigns:board", "campaigns:grading") or may_edit
        ],
        "is_open": is_open(campaign),
        "may_edit": may_edit and is_open(campaign),
        "may_run": may_run and is_open(campaign),
    }
