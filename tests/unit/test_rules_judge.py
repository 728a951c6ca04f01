from __future__ import annotations

from array import array
from datetime import UTC, date, datetime

import pytest

from guiju.core.calendar import Notice
from guiju.core.check.log import NO_TIME, EventLog, Wanted
from guiju.core.check.rules import (
    FourEyes,
    MinPeople,
    Order,
    Performers,
    Rule,
    RuleReport,
    RuleSet,
    TimeLimit,
    check_names,
    judge_rules,
)
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit, Occurrence, Template
from guiju.exchange.holidays import china

Event = tuple[str, str, str]


def at(text: str) -> int:
    """Turn China standard time into an instant."""
    local = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return (round(local.timestamp()) - 8 * 3600) * 1_000_000 if text else NO_TIME


def log_of(*cases: list[Event]) -> EventLog:
    flat = [event for case in cases for event in case]
    steps = tuple(dict.fromkeys(step for step, _, _ in flat))
    people = ("", *dict.fromkeys(who for _, who, _ in flat if who))
    starts = array("I", [0])
    for case in cases:
        starts.append(starts[-1] + len(case))
    return EventLog(
        [f"办-{number}" for number in range(1, len(cases) + 1)],
        starts,
        steps,
        array("I", [steps.index(step) for step, _, _ in flat]),
        people,
        array("I", [people.index(who) for _, who, _ in flat]),
        array("q", [at(when) if when else NO_TIME for _, _, when in flat]),
    )


def judged(rule: Rule, *cases: list[Event]) -> RuleReport:
    return judge_rules(log_of(*cases), RuleSet((rule,)), china())


def messages(report: RuleReport) -> list[str]:
    return [str(finding.message) for finding in report.findings]


def limit(amount: int, unit: LimitUnit, **more: Occurrence | tuple[str, ...]) -> TimeLimit:
    return TimeLimit(
        code="R1", name="限期", start="受理", end="决定", limit=Limit(amount, unit), **more
    )


def order(template: Template, first: str = "审核", second: str = "", times: int = 1) -> Order:
    return Order(code="R1", name="次序", template=template, first=first, second=second, times=times)


FOUR = FourEyes(code="R1", name="审核与审批分离", source="S1-23", steps=("审核", "审批"))
REVIEW = ("审核", "张三", "2024-03-04 09:00")
APPROVAL = ("审批", "张三", "2024-03-05 10:30")


def test_one_person_in_two_separate_steps_is_found_with_name_and_time() -> None:
    report = judged(FOUR, [REVIEW, ("审批", "李四", "")], [REVIEW, APPROVAL])
    (finding,) = report.findings
    assert (finding.code, finding.case, finding.case_index) == ("R1", "办-2", 1)
    assert finding.events == (0, 1)
    assert messages(report) == [
        (
            "规则「审核与审批分离」：张三办「审核」（第 1 条记录，2024-03-04 09:00），"
            "张三办「审批」（第 2 条记录，2024-03-05 10:30）；这些步骤不得由同一人办理。"
        )
    ]
    assert report.remarks == ()


def test_one_step_done_twice_by_one_person_is_no_clash() -> None:
    assert judged(FOUR, [REVIEW, REVIEW]) == RuleReport()


def test_a_step_without_a_name_is_remarked_upon_and_never_passed() -> None:
    report = judged(FOUR, [REVIEW, ("审批", "", "")], [REVIEW], [("审批", "", ""), REVIEW])
    assert report.findings == ()
    (remark,) = report.remarks
    assert (remark.code, remark.cases) == ("R1", 2)
    assert str(remark.message) == (
        "规则「审核与审批分离」有 2 件事项无法判断：有关步骤没有写明办理人（例如 办-1、办-3）。"
    )


def test_without_times_the_message_speaks_of_people_alone() -> None:
    report = judged(FOUR, [("审核", "张三", ""), ("审批", "张三", "")])
    assert "张三办「审核」（第 1 条记录），张三办" in messages(report)[0]


def test_a_name_that_is_no_person_is_like_no_name() -> None:
    log = log_of([("审核", "系统", ""), ("审批", "系统", "")])
    report = judge_rules(log, RuleSet((FOUR,), not_people=frozenset({"系统"})))
    assert report.findings == ()
    assert [remark.cases for remark in report.remarks] == [1]
    assert len(judge_rules(log, RuleSet((FOUR,))).findings) == 1


def test_many_deeds_are_cut_short_and_counted() -> None:
    assert "等" not in messages(judged(FOUR, [REVIEW] * 4 + [APPROVAL]))[0]
    report = judged(FOUR, [REVIEW] * 6 + [APPROVAL])
    assert messages(report)[0].count("张三") == 5
    assert "，等 7 处；" in messages(report)[0]


@pytest.mark.parametrize(
    ("case", "who"),
    [
        ([REVIEW, APPROVAL], "只有张三"),
        ([REVIEW, ("审批", "", "")], "只有张三，另有 1 条记录没有写明办理人"),
        ([("审批", "", "")], "只有 1 条没有写明办理人的记录"),
    ],
)
def test_too_few_people_are_named(case: list[Event], who: str) -> None:
    rule = MinPeople(code="R1", name="至少三人", source="S0-27", required=3)
    assert messages(judged(rule, case)) == [f"规则「至少三人」：应至少由 3 人办理，实际{who}。"]


def test_a_matter_that_has_not_come_so_far_is_not_yet_judged() -> None:
    rule = MinPeople(code="R1", name="两人", required=2, before="办结")
    running, closed = [REVIEW], [REVIEW, ("办结", "张三", ""), ("归档", "李四", "")]
    report = judged(rule, running, closed)
    assert [finding.case for finding in report.findings] == ["办-2"]
    assert report.findings[0].events == (0, 1)


def test_a_matter_closed_without_any_of_the_counted_steps_is_found() -> None:
    rule = MinPeople(code="R1", name="两人", required=1, steps=("审核",), before="办结")
    report = judged(rule, [("办结", "张三", ""), REVIEW])
    assert report.findings[0].events == ()
    assert messages(report) == ["规则「两人」：应至少由 1 人办理，实际没有人办理。"]


def test_a_step_by_somebody_else_is_found() -> None:
    rule = Performers(
        code="R1", name="限定", steps=("审批",), people=("李四",), prefixes=("财务科-",)
    )
    report = judged(rule, [APPROVAL, ("审批", "财务科-王五", ""), ("审批", "李四", "")])
    assert report.findings[0].events == (0,)
    assert messages(report) == [
        "规则「限定」：张三办「审批」（第 1 条记录，2024-03-05 10:30）；办理人不在准许之列。"
    ]


def test_lateness_names_both_deeds_and_the_last_day() -> None:
    case = [("受理", "张三", "2024-02-08 09:00"), ("决定", "李四", "2024-02-20 08:00")]
    report = judged(limit(3, LimitUnit.WORKING_DAYS), case)
    assert messages(report) == [
        (
            "规则「限期」：张三办「受理」（第 1 条记录，2024-02-08 09:00）之后"
            "应在 3 个工作日内办「决定」，最迟 2024-02-19 24:00；"
            "实际李四办「决定」（第 2 条记录，2024-02-20 08:00），超期。"
        )
    ]
    assert judged(limit(4, LimitUnit.WORKING_DAYS), case) == RuleReport()


def test_what_never_came_is_late_only_when_the_log_goes_on_past_the_limit() -> None:
    open_case = [("受理", "张三", "2024-03-04 09:00")]
    after = [("别的", "李四", "2024-03-05 09:00")]
    within = judged(limit(24, LimitUnit.HOURS), open_case, after)
    assert within == RuleReport()
    assert messages(judged(limit(23, LimitUnit.HOURS), open_case, after)) == [
        (
            "规则「限期」：张三办「受理」（第 1 条记录，2024-03-04 09:00）之后"
            "应在 23 小时内办「决定」，最迟 2024-03-05 08:00；"
            "到日志截止时（2024-03-05 09:00）仍未办。"
        )
    ]


def test_a_withdrawal_ends_the_waiting() -> None:
    case = [("受理", "", "2024-03-04 09:00"), ("撤回", "", "2024-03-05 09:00")]
    later = [("别的", "", "2024-06-01 09:00")]
    assert len(judged(limit(1, LimitUnit.DAYS), case, later).findings) == 1
    assert judged(limit(1, LimitUnit.DAYS, unless=("撤回",)), case, later) == RuleReport()


@pytest.mark.parametrize(
    ("occurrence", "begun"),
    [(Occurrence.EACH, [0, 1, 3]), (Occurrence.FIRST, [0]), (Occurrence.LAST, [3])],
)
def test_which_occurrence_counts(occurrence: Occurrence, begun: list[int]) -> None:
    accepted, decided = ("受理", "", "2024-03-04 09:00"), ("决定", "", "2024-03-20 09:00")
    case = [accepted, accepted, decided, accepted, decided]
    report = judged(limit(1, LimitUnit.DAYS, occurrence=occurrence), case)
    assert [finding.events[0] for finding in report.findings] == begun


def test_a_missing_time_is_remarked_upon() -> None:
    report = judged(limit(1, LimitUnit.DAYS), [("受理", "", ""), ("决定", "", "2024-03-04 09:00")])
    assert report.findings == ()
    assert "1 件事项无法判断：有关步骤没有写明时间" in str(report.remarks[0].message)


def test_a_year_without_holidays_is_remarked_upon_and_marked() -> None:
    case = [("受理", "", "2031-03-04 09:00"), ("决定", "", "2031-03-20 08:00")]
    report = judged(limit(3, LimitUnit.WORKING_DAYS), case)
    assert "最迟 2031-03-07 24:00（节假日暂按周末推算）；" in messages(report)[0]
    assert str(report.remarks[0].message) == (
        "规则「限期」有 1 件事项的期限涉及没有节假日安排的年份，暂按周末推算（例如 办-1）。"
    )


def test_a_notice_in_the_rule_file_is_laid_over_the_calendar() -> None:
    log = log_of([("受理", "", "2024-03-04 09:00"), ("决定", "", "2024-03-06 09:00")])
    day_off = Notice(off=frozenset({date(2024, 3, 5)}))
    rules = (limit(1, LimitUnit.WORKING_DAYS),)
    assert len(judge_rules(log, RuleSet(rules), china()).findings) == 1
    assert judge_rules(log, RuleSet(rules, notice=day_off), china()) == RuleReport()


def test_local_time_follows_the_rule_file() -> None:
    log = log_of([("受理", "", "2024-03-05 01:00"), ("决定", "", "2024-03-06 02:00")])
    rule = limit(0, LimitUnit.DAYS)
    assert len(judge_rules(log, RuleSet((rule,), offset=480)).findings) == 1
    assert "2024-03-04 17:00" in messages(judge_rules(log, RuleSet((rule,), offset=0)))[0]


@pytest.mark.parametrize(
    ("rule", "steps", "events", "fault"),
    [
        (order(Template.ABSENCE), "乙审核", (1,), "不得有「审核」，却出现了（第 2 条记录）"),
        (
            order(Template.ABSENCE, times=3),
            "审核审核审核",
            (0, 1, 2),
            "「审核」最多可有 2 次，实有更多（第 1、2、3 条记录）",
        ),
        (order(Template.EXISTENCE), "乙", (), "「审核」应至少有 1 次，到最后一条记录仍不足"),
        (
            order(Template.PRECEDENCE, "审核", "审批"),
            "乙审批审核",
            (1,),
            "「审批」之前应先有「审核」，却没有（第 2 条记录）",
        ),
        (
            order(Template.RESPONSE, "审核", "审批"),
            "审核审批乙审核乙",
            (3,),
            "「审核」之后应有「审批」，到最后一条记录仍没有（第 4 条记录）",
        ),
        (
            order(Template.SUCCESSION, "审核", "审批"),
            "审核审批审核",
            (2,),
            "「审核」之后应有「审批」，到最后一条记录仍没有（第 3 条记录）",
        ),
        (
            order(Template.CHAIN_RESPONSE, "审核", "审批"),
            "审核乙审批",
            (0, 1),
            "「审核」之后应紧接「审批」，却不是（第 1、2 条记录）",
        ),
        (
            order(Template.NOT_COEXISTENCE, "审核", "审批"),
            "审批乙审核",
            (0, 2),
            "「审核」与「审批」不得出现在同一事项中，却都有（第 1、3 条记录）",
        ),
        (order(Template.INIT), "乙审核", (0,), "第一步应为「审核」，却不是（第 1 条记录）"),
        (
            order(Template.LAST),
            "审核乙乙",
            (1,),
            "最后一步应为「审核」，却不是（第 2 条记录）",
        ),
    ],
)
def test_a_broken_order_is_shown_by_its_events(
    rule: Order, steps: str, events: tuple[int, ...], fault: str
) -> None:
    case = [
        (step, "", "") for step in steps.replace("审", "|审").replace("乙", "|乙").split("|")[1:]
    ]
    report = judged(rule, case)
    assert [finding.events for finding in report.findings] == [events]
    assert messages(report) == [f"规则「次序」：{fault}。"]


@pytest.mark.parametrize("template", Template)
def test_every_template_has_words_for_all_that_can_go_wrong(template: Template) -> None:
    rule = order(template, "甲", "乙", times=2)
    words = "甲乙丙"
    cases = [
        [(words[n // 3**place % 3], "", "") for place in range(length)]
        for length in range(4)
        for n in range(3**length)
    ]
    report = judged(rule, *cases)
    assert report.findings
    assert all(message.startswith("规则「次序」：") for message in messages(report))


def test_findings_stand_by_rule_and_then_by_matter() -> None:
    rules = RuleSet((order(Template.ABSENCE, "丙"), order(Template.ABSENCE, "甲")))
    cases = [[("甲", "", "")], [("丙", "", "")], [("甲", "", ""), ("丙", "", "")]]
    found = judge_rules(log_of(*cases), rules).findings
    assert [finding.case_index for finding in found] == [1, 2, 0, 2]


def test_no_rules_is_said_aloud() -> None:
    report = judge_rules(log_of([REVIEW]), RuleSet())
    assert [str(remark.message) for remark in report.remarks] == [
        "规则文件里没有一条规则，没有可核对的。"
    ]


def test_an_empty_log_breaks_no_rule() -> None:
    rules = RuleSet((FOUR, limit(1, LimitUnit.DAYS), order(Template.EXISTENCE)))
    assert judge_rules(log_of(), rules) == RuleReport()


def test_rules_ask_for_the_columns_they_read_and_no_more() -> None:
    hours, days = limit(1, LimitUnit.HOURS), limit(1, LimitUnit.DAYS)
    assert RuleSet((order(Template.INIT),)).wanted == Wanted()
    assert RuleSet((FOUR,)).wanted == Wanted(people=True)
    assert RuleSet((hours, FOUR)).wanted == Wanted(people=True, times=True)
    assert not RuleSet((hours, FOUR)).needs_calendar
    assert RuleSet((days,)).needs_calendar


def test_a_step_that_nobody_knows_is_remarked_upon_with_the_nearest_names() -> None:
    rules = RuleSet((FOUR, order(Template.PRECEDENCE, "领导审批", "办结归档")))
    remarks = check_names(rules, {"审核", "审批", "领导审批意见", "受理"})
    assert [str(remark.message) for remark in remarks] == [
        (
            "规则「次序」里的步骤「领导审批」在流程和日志里都没有。"
            "是不是「领导审批意见」、「审批」？请核对名称。"
        ),
        "规则「次序」里的步骤「办结归档」在流程和日志里都没有。请核对名称。",
    ]
    assert [(remark.code, remark.cases) for remark in remarks] == [("R1", 0)] * 2
    assert check_names(RuleSet((FOUR,)), {"审核", "审批"}) == ()
