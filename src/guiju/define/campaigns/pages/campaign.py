"""One campaign: how far units have come, what came by which channel, who has not answered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.inbox.people import names_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.lists.words import Channel
from guiju.core.terms import Permission
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.pages.frame import address, head, reached
from guiju.define.campaigns.reads.campaigns import Progress, asks_in, progress_of
from guiju.define.lists.profiles import profile_of


@needs(Permission.LISTS_READ)
@require_safe
def campaign(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show it."""
    found = reached(request, identity)
    told = progress_of(found)
    names = names_of({one.person for one in told.waiting}, at=timezone.now())
    shown = head(request, found, "campaigns:campaign") | contents(found, told, names)
    shown["my_asks"] = asks_in(found, standing(request).person)
    return render(request, "campaigns/campaign.html", shown)


def contents(campaign: Campaign, told: Progress, names: dict[str, str]) -> dict[str, object]:
    """Return what the page shows of how far a campaign has come."""
    words = profile_of(campaign.edition).channels
    return {
        "progress": told,
        "units": told.units,
        "channels": [(words.get(one, one.label), count) for one, count in told.channels.items()],
        "states": list(told.states.items()),
        "waiting": [
            (one, names.get(one.person, ""), address("campaigns:urge", campaign, one.number))
            for one in told.waiting
        ],
        "answer_at": address("campaigns:answer", campaign),
        "propose_at": address("campaigns:propose", campaign),
        "close_at": address("campaigns:close", campaign),
        "board_at": address("campaigns:board", campaign),
        "gates_at": address("campaigns:gates", campaign),
        "grading_at": address("campaigns:grading", campaign),
    }


def channel_word(campaign: Campaign, channel: Channel) -> object:
    """Return the body's word for a channel."""
    return profile_of(campaign.edition).channels.get(channel, channel.label)
