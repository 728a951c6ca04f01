"""A campaign in the example: a school looks for the risks of its draft; some have answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Channel
from guiju.define.campaigns.actions.beginning import Plan, begin_campaign
from guiju.define.campaigns.actions.contributing import Found, answer, propose
from guiju.define.campaigns.models import Ask, Campaign
from guiju.define.lists.find import edition_at
from guiju.define.lists.reads.whole import whole
from guiju.demo.county.daily import actor
from guiju.demo.county.roster import Roster
from guiju.demo.lists.units import bodies

UNIT = "YZ"
BEGAN = timedelta(days=4)
"""So long ago people were asked."""

LIMIT = 15
FOUND = (
    ("YZ-04", Channel.SELF, "YZ-CG-003", "验收食材只看数量不看质量，不合要求的也签字", 2),
    ("YZ-05", Channel.MUTUAL, "YZ-CG-003", "验收食材只看数量，不看质量，不合要求也签字", 1),
    ("YZ-04", Channel.SELF, "YZ-JJ-001", "把一项维修拆成几笔，避开比选", 1),
    ("YZ-05", Channel.SELF, "YZ-CW-001", "发票与合同对不上，碍于情面先付款后补", 2),
    ("YZ-03", Channel.LEADER, "YZ-CG-001", "选校服时先定厂家，再按厂家的样品写要求", 1),
)
"""Who found what by which channel at which power, and how grave they hold it."""

FINISHED = ("YZ-04", "YZ-05")


def begin_looking(editions: Mapping[str, str], roster: Roster, *, at: datetime) -> Campaign:
    """Let a school look for its risks.

    Args:
        editions: the reference of each unit's draft, by the unit's number.
        roster: the example's units and posts.
        at: today.

    Raises:
        Invalid, Denied, Conflict: what ``begin_campaign``, ``propose`` and ``answer`` raise.
    """
    keeper, began = actor(roster, bodies()[UNIT].keeper), at - BEGAN
    channels = (Channel.SELF, Channel.MUTUAL, Channel.LEADER)
    plan = Plan("2026 年廉政风险排查", (), channels, LIMIT)
    made = begin_campaign(edition=editions[UNIT], plan=plan, by=keeper, at=began)
    known = whole(edition_at(editions[UNIT])).risks
    for number, (post, channel, power, text, grade) in enumerate(FOUND, 1):
        where = next(one for one in known if one.power == power and one.step)
        found = Found(_risk(where, text, grade), channel, roster.post(post).name)
        when = began + timedelta(hours=number)
        propose(campaign=made.reference, found=found, by=actor(roster, post), at=when)
    for post in FINISHED:
        by = actor(roster, post)
        asked = Ask.objects.get(campaign=made, person=by.person)
        when = began + timedelta(days=1)
        answer(ask=asked.number, person=by.person, reason="", by=by, at=when)
    return made


def _risk(where: Risk, text: str, grade: int) -> Risk:
    """Return a risk where another one lies, as its finder sees it."""
    return Risk(
        code="",
        power=where.power,
        flow=where.flow,
        step=where.step,
        layer=where.layer,
        post=where.post,
        dimensions=where.dimensions,
        text=text,
        grade=grade,
        probability=2,
        harm=2,
    )
