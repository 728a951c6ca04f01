"""Beginning a campaign and ending it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from guiju.base.inbox.actions import assign_task, withdraw_task
from guiju.base.inbox.asked import Holder, Link, NewTask
from guiju.base.inbox.working_days import calendar_now, due_at
from guiju.base.org.reads.staffing import StaffedPost, staffing
from guiju.base.org.reads.standing import paths_of
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.errors import Conflict, Invalid
from guiju.core.flow.model import Limit
from guiju.core.ledger.entry import instant
from guiju.core.lists.words import Channel
from guiju.core.lists.words_campaigns import CampaignState, ProposalState
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit
from guiju.define.campaigns import find
from guiju.define.campaigns.events import BEGUN, CLOSED
from guiju.define.campaigns.kinds import FIND
from guiju.define.campaigns.models import Ask, Campaign
from guiju.define.campaigns.texts import checked
from guiju.define.lists.find import edition_at, require_draft
from guiju.define.lists.models import NAME, Edition
from guiju.define.lists.profiles import profile_of

MOST_DAYS = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign is to be.

    Attributes:
        name: what it is called.
        posts: which posts are asked; none for all of the unit and below it that somebody holds.
        channels: by which channels risks may come.
        limit: how many working days people have.
    """

    name: str
    posts: Sequence[str]
    channels: Sequence[Channel]
    limit: int


def begin_campaign(*, edition: str, plan: Plan, by: Actor, at: datetime) -> Campaign:
    """Begin looking for the risks of a draft: every holder of a post asked gets a task (S0-14).

    Raises:
        Invalid: EDITION-01; CAMPAIGN-01 without a name; CAMPAIGN-06 without channels of the
            profile, CAMPAIGN-07 for a limit that is none, CAMPAIGN-08 when nobody can be asked.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: CAMPAIGN-09 while the draft has an open campaign.
    """
    found = edition_at(edition)
    require_draft(found)
    name = checked(plan.name, zh("名称"), most=NAME)
    channels = _channels(found, plan.channels)
    asked = _asked(found, plan.posts, at)
    due, _ = due_at(calendar_now(), at, _limit(plan.limit))
    made = Campaign(
        reference=new_reference("campaign"),
        edition=found,
        name=name,
        channels=[one.value for one in channels],
        limit=plan.limit,
        due_at=due,
        begun_at=at,
        begun_by=by.person,
    )
    draft = BEGUN(
        object=made.reference,
        matter=found.reference,
        name=name,
        ordinal=found.ordinal,
        count=len(asked),
        channels=[one.value for one in channels],
        due=instant(due),
    )
    try:
        with recording(draft, by=by, at=at):
            made.save(force_insert=True)
            Ask.objects.bulk_create(_asks(made, asked, by=by, at=at))
    except IntegrityError:
        raise Conflict(
            "CAMPAIGN-09", zh("这版草稿已有一次排查没有结束。请打开那次排查，或先结束它。")
        ) from None
    return made


def _channels(edition: Edition, wanted: Sequence[Channel]) -> list[Channel]:
    known = profile_of(edition).channels
    if not wanted or any(one not in known for one in wanted):
        raise Invalid("CAMPAIGN-06", zh("请选查找渠道，只能选本单位配置里有的。"))
    return [one for one in Channel if one in wanted]


def _limit(days: int) -> Limit:
    if not 0 < days <= MOST_DAYS:
        raise Invalid(
            "CAMPAIGN-07", zh("时限要在 1 到 {most} 个工作日之间。请改正。", most=MOST_DAYS)
        )
    return Limit(days, LimitUnit.WORKING_DAYS)


def _asked(edition: Edition, posts: Sequence[str], at: datetime) -> list[tuple[StaffedPost, str]]:
    """Return each post with who answers for it: its holder, else who acts in it."""
    staffed = staffing(edition.unit.path, timezone.localdate(at))
    wanted = set(posts) or {one.reference for one in staffed}
    found = []
    for post in staffed:
        there = [one for one in post.holders if one.how is not StandIn.DELEGATE]
        if post.reference in wanted and there:
            found.append((post, there[0].person))
    if not found:
        raise Invalid("CAMPAIGN-08", zh("选中的岗位今天都没有人任职。请另选岗位，或先任命。"))
    return found


def _asks(
    campaign: Campaign, asked: Sequence[tuple[StaffedPost, str]], *, by: Actor, at: datetime
) -> Iterator[Ask]:
    """Give everybody who is asked a task, and yield what they are asked."""
    paths = paths_of({post.unit for post, _ in asked})
    says = zh("排查风险：{name}", name=campaign.name)
    link = Link("campaigns:answer", (campaign.reference.partition(":")[2],))
    for post, person in asked:
        wanted = NewTask(
            FIND,
            says,
            Holder(person, post.reference, post.unit, paths.get(post.unit, "")),
            about=campaign.edition.reference,
            limit=_limit(campaign.limit),
            started_at=at,
            link=link,
            origin=f"{campaign.reference}:{post.reference.partition(':')[2]}",
        )
        yield Ask(
            campaign=campaign,
            person=person,
            post=post.reference,
            post_name=post.name[:NAME],
            unit=post.unit,
            unit_name=post.unit_name[:NAME],
            task=assign_task(wanted, by=by, at=at),
        )


def close_campaign(*, campaign: str, by: Actor, at: datetime) -> None:
    """End a campaign; what people were asked and have not answered is taken back.

    Raises:
        Invalid: CAMPAIGN-02; CAMPAIGN-10 while proposals wait to be worked on.
        Denied: CAMPAIGN-03; what ``recording`` raises.
    """
    found = find.campaign_at(campaign)
    find.require_open(found)
    waiting = found.proposals.filter(state=ProposalState.OPEN.value).count()
    if waiting:
        raise Invalid(
            "CAMPAIGN-10",
            zh("还有 {count} 条提议没有归并，也没有写明不采纳。请先办完。", count=waiting),
        )
    late = list(Ask.objects.filter(campaign=found, closed_at=None))
    draft = CLOSED(object=campaign, matter=found.edition.reference, name=found.name, open=len(late))
    with recording(draft, by=by, at=at):
        held = find.hold(found)
        Ask.objects.filter(number__in=[one.number for one in late]).update(closed_at=at)
        for one in late:
            withdraw_task(one.task, note=str(zh("排查已结束")), by=by, at=at)
        held.state, held.closed_at = CampaignState.CLOSED.value, at
        held.save(update_fields=["state", "closed_at"])
