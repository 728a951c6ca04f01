"""What goes on in the example on the day it is made: stand-ins, declarations, things to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from guiju.base.inbox.actions.tasks import assign_task
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.kinds import ASKED
from guiju.base.org.actions.delegations import Mandate, delegate
from guiju.base.org.actions.interests import declare_interest
from guiju.base.record.actor import Actor
from guiju.core.flow.model import Limit
from guiju.core.organisation.words import Function
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit
from guiju.demo.county.roster import Roster


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: for whose post, asked by whose, since when, and within what time."""

    post: str
    asker: str
    says: Sentence
    working_days: int
    days_ago: int = 0


TASKS = (
    Task("JYJ-JC-05", "JYJ-JC-01", zh("补齐第二实验小学教学设备采购的验收材料"), 3, 1),
    Task("JYJ-JC-05", "JYJ-JC-01", zh("登记本月付款申请，核对合同和发票"), 5),
    Task("JYJ-JC-05", "JYJ-04", zh("更新计财科办事流程的公开内容"), 2, 9),
    Task("JYJ-02", "JYJ-01", zh("审签第二实验小学教学设备采购付款申请"), 3, 2),
    Task("JYJ-02", "JYJ-01", zh("说明同一供应商三笔低于限额的采购"), 2, 1),
    Task("JYJ-02", "PZ3-02", zh("提出出纳岗轮岗的人选和时间"), 10),
    Task("PZ3-02", "PZ3-01", zh("初看教育局计财科本周的预警"), 1),
    Task("PZ3-02", "XJW-03", zh("核对三名轮岗超期人员的说明"), 8, 3),
    Task("ZZB-03", "ZZB-02", zh("为四个空缺岗位提出人选"), 15, 5),
    Task("ZZB-03", "XJW-03", zh("催民政局确定联席会议联络员"), 5, 2),
)

_INTERESTS: tuple[tuple[str, InterestKind, Mapping[str, str]], ...] = (
    (
        "JYJ-02",
        InterestKind.SPOUSE,
        {"who": "安若云", "relation": "妻子", "where": "邻县一家文具公司", "what": "任会计"},
    ),
    (
        "JYJ-JC-01",
        InterestKind.SIDE_POST,
        {"who": "县会计学会", "what": "任理事，不领取报酬"},
    ),
    (
        "EX-03",
        InterestKind.RELATIVE,
        {"who": "李文韬", "relation": "弟弟", "where": "县内一家校服公司", "what": "持股三成"},
    ),
    (
        "ZRJ-03",
        InterestKind.SHARES,
        {"who": "青山石料有限公司", "what": "出资十万元，已于任职前转让"},
    ),
)


def begin_day(roster: Roster, *, at: datetime) -> None:
    """Let people delegate, declare and ask one another, each in their own name."""
    leader, deputy = roster.holder("JYJ-02"), roster.holder("JYJ-03")
    mandate = Mandate(
        roster.post("JYJ-02").reference,
        leader.person,
        deputy.person,
        roster.on - timedelta(days=1),
        roster.on + timedelta(days=13),
        "参加省里的财务管理培训",
        functions=(Function.PROCUREMENT,),
    )
    delegate(mandate=mandate, by=actor(roster, "JYJ-02"), at=at)
    for post, kind, content in _INTERESTS:
        person = roster.holder(post).person
        declare_interest(person=person, kind=kind, content=content, by=actor(roster, post), at=at)
    for number, task in enumerate(TASKS, start=1):
        _assign(task, number, roster, at)


def actor(roster: Roster, post: str) -> Actor:
    """Return the holder of a post as who acts in it."""
    shown = roster.post(post)
    return Actor(roster.holder(post).person, post=shown.reference, unit=shown.unit)


def _assign(task: Task, number: int, roster: Roster, at: datetime) -> None:
    post = roster.post(task.post)
    unit = roster.unit(task.post.rpartition("-")[0])
    assign_task(
        NewTask(
            ASKED,
            task.says,
            Holder(roster.holder(task.post).person, post.reference, unit.reference, unit.path),
            limit=Limit(task.working_days, LimitUnit.WORKING_DAYS),
            started_at=at - timedelta(days=task.days_ago),
            origin=f"demo:{number}",
        ),
        by=actor(roster, task.asker),
        at=at,
    )
