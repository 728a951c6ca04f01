"""A bureau whose draft is looked through for risks: a campaign, who is asked, what they propose."""

from __future__ import annotations

from dataclasses import replace

from guiju.base.record.actor import Actor
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Channel, Dimension, Layer
from guiju.define.campaigns.actions.beginning import Plan, begin_campaign
from guiju.define.campaigns.actions.consolidating import Wording, merge
from guiju.define.campaigns.actions.contributing import Found, answer, propose
from guiju.define.campaigns.models import Ask
from guiju.define.lists.actions import drafting, importing
from organised import KEEPER
from recorded import NOON
from reviewing import Chain
from small_edition import LICENCE, SOUND

ALL = (Channel.SELF, Channel.MUTUAL, Channel.ORGANISATION)
SCHOOL_ALL = (*ALL, Channel.LEADER)
BARE = replace(SOUND, risks=(), controls=())
"""The small edition before anybody looked for its risks."""


class House(Chain):
    """The water bureau with a draft by the school's profile, which has no risks yet."""

    def __init__(self, profile="school", told=BARE):
        super().__init__()
        self.edition = drafting.begin_edition(
            unit=self.owner.reference, title="水利局清单", profile=profile, based_on="",
            by=KEEPER, at=NOON,
        )  # fmt: skip
        importing.import_lists(
            edition=self.edition.reference, told=told, file="0" * 64, revision=None,
            by=KEEPER, at=NOON,
        )  # fmt: skip
        self.edition.refresh_from_db()

    def begin(self, channels=ALL, posts=(), limit=10, at=NOON, name="风险排查"):
        return begin_campaign(
            edition=self.edition.reference,
            plan=Plan(name, posts, channels, limit),
            by=KEEPER,
            at=at,
        )


def found(
    text="审查时放宽条件，为不符合条件的人办理", channel=Channel.SELF, role="审批股长", **said
):
    whole = {
        "layer": Layer.POST,
        "power": LICENCE,
        "flow": "L1",
        "step": "2",
        "post": "审批股长",
        "dimensions": (Dimension.DUTIES,),
        "text": text,
        "manifestation": "收受申请人财物后放宽审查",
        "probability": 2,
        "harm": 2,
        "grade": 2,
    }
    return Found(Risk(code="", **(whole | said)), channel, role)


def proposed(campaign, by, at=NOON, **said):
    return propose(campaign=campaign.reference, found=found(**said), by=by, at=at)


def taken(campaign, *proposals, at=NOON, **wording):
    return merge(
        campaign=campaign.reference,
        proposals=[one.reference for one in proposals],
        wording=Wording(**wording),
        by=KEEPER,
        at=at,
    )


def answered(campaign, person, reason="", at=NOON):
    ask = Ask.objects.get(campaign=campaign, person=person)
    by = Actor(person, post=ask.post)
    return answer(ask=ask.number, person=person, reason=reason, by=by, at=at)
