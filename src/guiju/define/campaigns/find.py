"""Finding the campaign that an act is about, and keeping it still while it is done."""

from __future__ import annotations

from guiju.core.errors import Denied, Invalid
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import ItemKind
from guiju.core.lists.words_campaigns import CampaignState
from guiju.core.sentence import zh
from guiju.define.campaigns.models import Campaign
from guiju.define.lists.reads.items import item_with


def campaign_at(reference: str) -> Campaign:
    """Return the campaign with this reference, its edition and the edition's unit.

    Raises:
        Invalid: CAMPAIGN-02 when there is none.
    """
    rows = Campaign.objects.select_related("edition__unit")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Invalid("CAMPAIGN-02", zh("没有找到这次排查。请回到风险排查列表，重新打开。"))
    return found


def require_open(campaign: Campaign) -> None:
    """Refuse to go on with a campaign that has ended.

    Raises:
        Denied: CAMPAIGN-03.
    """
    if campaign.state != CampaignState.OPEN.value:
        raise Denied(
            "CAMPAIGN-03",
            zh("「{name}」已结束，不能再办。要继续排查，请另行开始一次。", name=campaign.name),
        )


def hold(campaign: Campaign) -> Campaign:
    """Let nobody else change a campaign before the door closes; return it as it is now.

    Raises:
        Denied: CAMPAIGN-03 when it has ended meanwhile.
    """
    now = Campaign.objects.select_for_update().get(number=campaign.number)
    require_open(now)
    return now


def risk_at(campaign: Campaign, code: str) -> Risk:
    """Return a risk of the campaign's draft.

    Raises:
        Invalid: CAMPAIGN-20 when it has none with this code.
    """
    found = item_with(campaign.edition, ItemKind.RISK, code)
    if not isinstance(found, Risk):
        raise Invalid(
            "CAMPAIGN-20", zh("草稿里没有编码为「{code}」的风险。请刷新页面。", code=code)
        )
    return found
