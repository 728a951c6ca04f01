"""The review of an edition and the lists about it in the gallery, over made-up lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.forms import refuse
from guiju.base.ui.gallery.listing import Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_NAME, LONG_TEXT, LONG_UNIT, Holder
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.errors import Denied
from guiju.core.lists.cleanup import Decision, Reviewed
from guiju.core.lists.diff import compare
from guiju.core.lists.lint import Finding
from guiju.core.lists.lint.report import Report
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import Item, Power
from guiju.core.lists.values import Period
from guiju.core.lists.words import EditionState, ItemKind, PeriodUnit, ReviewVerdict, Severity
from guiju.core.lists.words_chains import ObjectionState, SignAction
from guiju.core.sentence import zh
from guiju.define.approval.pages import cleanup, mine, review
from guiju.define.approval.pages.cleanup import PowerLine
from guiju.define.approval.pages.hindered import Hindrance
from guiju.define.approval.pages.offered import Offer
from guiju.define.approval.pages.remarking import RemarkForm
from guiju.define.approval.pages.review import SignShown
from guiju.define.approval.pages.row import Dot
from guiju.define.approval.reads.groups import Changes, Group
from guiju.define.approval.reads.objections import ObjectionShown
from guiju.define.approval.reads.remarks import Remark
from guiju.define.approval.reads.reviews import ReviewLine
from guiju.define.lists.exhibits_comparing import every_third
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import state_badge
from guiju.exchange.profile_files import built_in

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
_COUNTS = {"empty": 0, "typical": 3, "long": 2, "many": 200, "error": 2, "forbidden": 2}
_NAMES = ("大额资金使用审批", "校服选用备案", "图书征订审核", "教师招聘组织", "民办学校年检")
_DIGEST = "9f3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8a71e"


def _power(number: int, state: str, *, is_new: bool) -> Power:
    name = _NAMES[number % len(_NAMES)]
    is_long = state == "long"
    return Power(
        code=f"QL{number:03}",
        name=f"{name}（{LONG_UNIT}）" if is_long else name,
        promised_limit=Period(8 if is_new else 10, PeriodUnit.WORKING_DAYS),
        boundary=LONG_TEXT + ("（修改）" if is_new else "")
        if is_long
        else f"单笔 {10 if is_new else 20} 万元以上、年度预算内",
        grade=number % 3 + 1,
    )


def _changes(state: str) -> Changes:
    """Every third is new, every third changed, every third gone; one in short."""
    old, new = every_third(_COUNTS[state], partial(_power, state=state))
    found = compare(_lists(old), _lists(new))
    groups = tuple(
        Group(one.code, item.title, getattr(item, "grade", None), (one,))
        for one in found.items
        if (item := _item(one.after, one.before))
    )
    return Changes(None, found, groups)


def _item(*either: Item | None) -> Item | None:
    return next((one for one in either if one is not None), None)


def _lists(powers: Sequence[Power]) -> Lists:
    return Lists(unit="", unit_name="", profile="bureau", title="", powers=tuple(powers))


def _review(_request: HttpRequest, state: str) -> Shown:
    here, is_long = reverse("ui:gallery"), state == "long"
    who = LONG_NAME if is_long else "王建国"
    changes = _changes(state)
    edition = Edition(reference=f"edition:{UUID(int=1)}", title="计财科清单", ordinal=2)
    edition.digest = "" if state == "empty" else _DIGEST
    profile = built_in("bureau")
    said = Remark(
        "", ("power", "QL000"), "", "集体研究每月两次，8 个工作日是否够？", NOON, is_answer=False
    )
    answer = Remark(
        "", said.place, "", "临时会议可书面传签，已写入运行方式。", NOON, is_answer=True
    )
    remarks = {said.place: (_named(said, "陈志远"), _named(answer, "赵敏"))}
    groups = changes.groups[: review.PART]
    pages = -(-len(changes.groups) // review.PART)
    return {
        "edition": edition,
        "edition_name": zh("{name} · 第 {ordinal} 版", name="计财科清单", ordinal=2),
        "edition_state": state_badge(EditionState.IN_REVIEW),
        "way": (Crumb(zh("四单"), here), Crumb("教育局", here), Crumb("计财科清单")),
        "edition_tabs": (Tab(zh("概况"), here), Tab(zh("审核"), here, is_current=True)),
        "current": {"submitted_at": NOON - timedelta(days=7)},
        "submitter": "赵敏",
        "old": zh("{name} · 第 {ordinal} 版", name="计财科清单", ordinal=1),
        "summary": review.summary_of(changes),
        "dots": _dots(state, who),
        "offers": _offers(state, here),
        "groups": [review.group_shown(one, profile, remarks) for one in groups],
        "parts": [Tab(str(n), here, n == 1) for n in range(1, min(pages, 5) + 1)]
        if pages > 1
        else [],
        "part": 1,
        "part_count": pages,
        "whole": (_named(said, who),) if state == "typical" else (),
        "form": RemarkForm(),
        "remark_at": here,
        "checks_at": here,
        "signs": _signs(state, who),
        "objections": _objections(state, here),
        "may_answer": state != "forbidden",
        "cleanup": _verdicts(state),
    } | review.checks_shown(_report(state))


def _report(state: str) -> Report:
    """Return what the checks found: in an error what is to be mended, else what may stay."""
    late = zh("「{post}」任职已 {years} 年，轮岗期 {most} 年。", post="出纳岗", years=4.9, most=5)
    low = zh("「{text}」评为三级，按两法评定均为二级。", text="验收走形式")
    place = (ItemKind.RISK, "FX-001", "grade", "")
    may_stay = Finding("GJ306", Severity.WARNING, *place, late, "S2-06", "已列入 12 月轮岗计划")
    wrong = Finding("GJ403", Severity.ERROR, *place, low, "S4-16")
    found = {"empty": (), "error": (wrong, may_stay), "many": (wrong,) * 200}
    return Report(found.get(state, (may_stay,)))


def _named(one: Remark, who: str) -> Remark:
    return Remark(one.reference, one.place, one.person, one.text, one.at, one.is_answer, who)


def _dots(state: str, who: str) -> list[Dot]:
    if state == "empty":
        return []
    now = "vacant" if state == "error" else "now"
    return [
        Dot(zh("送审"), "done", "赵敏 11-18"),
        Dot("科室负责人审核", "done", f"{who} 11-19"),
        Dot("局党委审定", now, zh("今天没有人可签") if state == "error" else f"{who} 时限 11-25"),
        Dot("监察室备案", "wait", "—"),
        Dot(zh("公示"), "wait", "—"),
        Dot(zh("生效"), "wait", "—"),
    ]


def _offers(state: str, here: str) -> list[Offer]:
    if state in {"empty", "forbidden"}:
        return []
    why_not = zh("有 {count} 项须改，暂不能通过。", count=1) if state == "error" else None
    return [Offer(zh("退回"), here), Offer(zh("审定通过"), here, is_main=True, why_not=why_not)]


def _signs(state: str, who: str) -> list[SignShown]:
    if state == "empty":
        return []
    opinion = LONG_TEXT if state == "long" else "同意，请局党委审定。"
    step = "科室负责人审核"

    def sign(
        name: str, text: str, *, is_return: bool = False, is_lapsed: bool = False
    ) -> SignShown:
        return SignShown(
            step,
            name,
            text,
            NOON,
            is_return=is_return,
            is_lapsed=is_lapsed,
            filing="",
            filed_on=None,
        )

    return [
        sign(who, opinion),
        sign(who, "时限写错了一项", is_return=True),
        sign("赵敏", "同意", is_lapsed=True),
    ]


def _objections(state: str, here: str) -> list[tuple[ObjectionShown, str, str, str]]:
    if state not in {"typical", "long", "forbidden"}:
        return []
    text = LONG_TEXT if state == "long" else "承诺时限比邻县长一倍，请说明理由。"
    one = ObjectionShown(
        "",
        "",
        text,
        has_contact=True,
        state=ObjectionState.OPEN,
        at=NOON,
        answer="",
        answered_by="",
        answered_at=None,
    )
    return [(one, "", here, here)]


def _verdicts(state: str) -> list[Reviewed]:
    if state in {"empty", "forbidden"}:
        return []
    reason = LONG_TEXT if state == "long" else "县政府令第 41 号废止"
    decision = Decision(ReviewVerdict.CANCEL, reason)
    return [Reviewed(_power(2, state, is_new=False), decision, ReviewVerdict.CANCEL, ())]


def _line(one: Holder) -> ReviewLine:
    return ReviewLine(
        one.number, f"edition:{UUID(int=one.number)}", "", f"{one.unit}清单", 2, "", one.unit,
        EditionState.IN_REVIEW, "合法性审核", SignAction.EXAMINE, NOON, "", not one.is_due,
        None if not one.is_due else one.number % 2 == 0,
    )  # fmt: skip


def _mine(request: HttpRequest, state: str) -> Shown:
    here = reverse("ui:gallery")
    return {
        "heading": mine.TABLE.name,
        "lead": zh("轮到您审核、审定、批准、备案的清单，以及您办过的；受托代办岗位的也在这里。"),
        "tabs": (Tab(zh("各版清单"), here), Tab(zh("送我审签的"), here, is_current=True)),
        "way": (Crumb(zh("四单"), here), Crumb(mine.TABLE.name)),
        "listed": listed(request, mine.TABLE, state, _line),
    }


def _verdict_line(one: Holder) -> PowerLine:
    power = Power(code=f"QL{one.number:03}", name=f"{one.unit}{_NAMES[one.number % 5]}")
    decision = Decision(ReviewVerdict.MERGE, "示办发〔2026〕3号", "QL001") if one.is_due else None
    return PowerLine(Reviewed(power, decision, ReviewVerdict.CANCEL, ()), one.number)


def _cleanup(request: HttpRequest, state: str) -> Shown:
    here = reverse("ui:gallery")
    edition = Edition(reference=f"edition:{UUID(int=1)}", title="计财科清单", ordinal=2)
    edition.state = EditionState.DRAFT.value
    table = cleanup.table_of(edition, may_judge=state != "forbidden")
    return {
        "heading": table.name,
        "edition": edition,
        "edition_name": zh("{name} · 第 {ordinal} 版", name="计财科清单", ordinal=2),
        "edition_state": state_badge(EditionState.DRAFT),
        "way": (Crumb(zh("四单"), here), Crumb("计财科清单")),
        "edition_tabs": (Tab(zh("概况"), here), Tab(zh("清理"), here, is_current=True)),
        "lead": zh("正在使用的版本里的每一项权力，在这一版里保留、取消、下放还是整合。"),
        "open": _COUNTS[state],
        "listed": listed(request, table, state, _verdict_line),
    }


def _remark(_request: HttpRequest, state: str) -> Shown:
    """Long, all that fits was typed; many, more than that; in an error nothing, forbidden late."""
    here = reverse("ui:gallery")
    typed = {"long": LONG_TEXT, "many": LONG_TEXT * 15, "error": "", "forbidden": LONG_TEXT}
    sent = {"text": typed[state]} if state in typed else None
    form = RemarkForm(sent, initial={"text": "时限写 8 个工作日是否够？"})
    if state == "empty":
        form = RemarkForm()
    if state == "forbidden":
        refuse(form, Denied("GALLERY-41", zh("这一版已经审完，不能再留言。")))
    name = LONG_UNIT if state == "long" else "计财科清单"
    return {
        "form": form,
        "back": here,
        "name": zh("{name} · 第 {ordinal} 版", name=name, ordinal=2),
        "way": (Crumb(zh("四单"), here), Crumb(zh("留言"))),
    }


def _hindered(_request: HttpRequest, state: str) -> Shown:
    """Empty, one thing is to be mended; forbidden, others have to do it."""
    here = reverse("ui:gallery")
    name = LONG_UNIT if state == "long" else "县委编办"
    errors = Hindrance(
        "APPROVAL-02", zh("有 {count} 项须改，暂不能通过。", count=3), zh("去逐处改"), here
    )
    vacant = Hindrance(
        "APPROVAL-05",
        zh("「{step}」今天没有人可签。请先任命，或委托他人代办。", step=f"{name}审核"),
        zh("去任命「{name}」的岗位", name=name),
        here,
        is_elsewhere=True,
    )
    found = {"empty": [errors], "forbidden": [vacant], "many": [errors, *[vacant] * 199]}
    edition = Edition(reference=f"edition:{UUID(int=1)}", title="计财科清单", ordinal=2)
    return {
        "edition": edition,
        "edition_name": zh("{name} · 第 {ordinal} 版", name="计财科清单", ordinal=2),
        "edition_state": state_badge(EditionState.DRAFT),
        "way": (Crumb(zh("四单"), here), Crumb("计财科清单", here), Crumb(zh("送审"))),
        "edition_tabs": (Tab(zh("概况"), here), Tab(zh("审核"), here, is_current=True)),
        "hindrances": found.get(state, [errors, vacant]),
        "needs_others": state != "empty",
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("approval-review", zh("版本审核"), "approval/review.html", _review),
        ("approval-remark", zh("留言"), "approval/remark.html", _remark),
        ("approval-hindered", zh("还不能送审"), "approval/hindered.html", _hindered),
        ("approval-mine", zh("送我审签的"), "lists/list.html", _mine),
        ("approval-cleanup", zh("权力清理"), "approval/cleanup.html", _cleanup),
    )
