"""Who and how soon, against loops that follow the rule's words one by one."""

from __future__ import annotations

from array import array
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.check.log import NO_TIME, EventLog
from guiju.core.check.rules import (
    FourEyes,
    MinPeople,
    Order,
    Performers,
    Rule,
    RuleReport,
    RuleSet,
    TimeLimit,
    judge_rules,
)
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit, Occurrence, Standing, Template
from guiju.exchange.holidays import china

STEPS = ("受理", "审核", "审批", "撤回")
PEOPLE = ("", "张三", "李四", "王五")
DAY = 86_400_000_000
START = 19_723 * DAY

Event = tuple[str, str, int]
times = st.integers(START, START + 60 * DAY) | st.just(NO_TIME)
events = st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE), times)
matters = st.lists(st.lists(events, max_size=6), max_size=5)
rules_for = settings(deadline=None, max_examples=150)


def log_of(cases: list[list[Event]]) -> EventLog:
    flat = [event for case in cases for event in case]
    starts = array("I", [0])
    for case in cases:
        starts.append(starts[-1] + len(case))
    return EventLog(
        cases=[f"c{i}" for i in range(len(cases))],
        starts=starts,
        activities=STEPS,
        codes=array("I", [STEPS.index(step) for step, _, _ in flat]),
        people=PEOPLE,
        performers=array("I", [PEOPLE.index(person) for _, person, _ in flat]),
        times=array("q", [time for _, _, time in flat]),
    )


def judged(cases: list[list[Event]], rule: Rule) -> tuple[list[tuple[int, tuple[int, ...]]], int]:
    """Return what was found as (matter, events), and how many matters were in doubt."""
    report = judge_rules(log_of(cases), RuleSet((rule,)), china())
    assert all(str(finding.message) for finding in report.findings)
    found = [(finding.case_index, finding.events) for finding in report.findings]
    return found, sum(remark.cases for remark in report.remarks)


@rules_for
@given(matters)
def test_four_eyes(cases: list[list[Event]]) -> None:
    steps = ("审核", "审批", "撤回")
    expected, doubted = [], 0
    for index, case in enumerate(cases):
        done = [(at, step, who) for at, (step, who, _) in enumerate(case) if step in steps]
        pairs = [(x, y) for x, y in combinations(done, 2) if x[1] != y[1]]
        guilty = {x[2] for x, y in pairs if x[2] == y[2] != ""}
        expected += [(index, tuple(at for at, _, who in done if who == one)) for one in guilty]
        doubted += any("" in (x[2], y[2]) for x, y in pairs)
    rule = FourEyes(code="R", name="分人", steps=steps)
    assert judged(cases, rule) == (sorted(expected), doubted)


@rules_for
@given(matters, st.integers(1, 4), st.booleans(), st.booleans())
def test_min_people(cases: list[list[Event]], required: int, some: bool, closing: bool) -> None:
    steps, before = ("受理", "审核") if some else (), "审批" if closing else ""
    expected, doubted = [], 0
    for index, case in enumerate(cases):
        names = [step for step, _, _ in case]
        until = names.index(before) + 1 if before in names else None if before else len(case)
        if until is None:
            continue
        counted = [at for at in range(until) if not steps or names[at] in steps]
        # The unnamed may all be one person already named, or all be different.
        named = {case[at][1] for at in counted} - {""}
        most = len(named) + sum(not case[at][1] for at in counted)
        if (counted or before) and most < required:
            expected.append((index, tuple(counted)))
        elif (counted or before) and len(named) < required:
            doubted += 1
    rule = MinPeople(code="R", name="人数", required=required, steps=steps, before=before)
    assert judged(cases, rule) == (expected, doubted)


@rules_for
@given(matters)
def test_performers(cases: list[list[Event]]) -> None:
    wrong = [
        tuple(at for at, (step, who, _) in enumerate(case) if step == "审批" and who == "王五")
        for case in cases
    ]
    doubted = sum(any(event[:2] == ("审批", "") for event in case) for case in cases)
    rule = Performers(code="R", name="限定", steps=("审批",), people=("张三",), prefixes=("李",))
    expected = [(index, at) for index, at in enumerate(wrong) if at]
    assert judged(cases, rule) == (expected, doubted)


@rules_for
@given(
    matters,
    st.integers(0, 30),
    st.sampled_from(LimitUnit),
    st.sampled_from(Occurrence),
    st.booleans(),
)
def test_limits(
    cases: list[list[Event]], amount: int, unit: LimitUnit, occurrence: Occurrence, excused: bool
) -> None:
    limit, unless = Limit(amount, unit), ("撤回",) if excused else ()
    log_end = max((time for case in cases for _, _, time in case), default=NO_TIME)
    expected, doubted = [], set()
    for index, case in enumerate(cases):
        begun = [at for at, (step, _, _) in enumerate(case) if step == "受理"]
        picked = {"each": begun, "first": begun[:1], "last": begun[-1:]}[occurrence]
        for began in picked:
            later = range(began + 1, len(case))
            stop = next((at for at in later if case[at][0] in ("审批", *unless)), None)
            if stop is not None and case[stop][0] in unless:
                continue
            since, until = case[began][2], log_end if stop is None else case[stop][2]
            if NO_TIME in (since, until):
                doubted.add(index)
            elif china().exceeds(since, until, limit):
                expected.append((index, (began,) if stop is None else (began, stop)))
    rule = TimeLimit(
        code="R",
        name="时限",
        start="受理",
        end="审批",
        limit=limit,
        occurrence=occurrence,
        unless=unless,
    )
    assert judged(cases, rule) == (sorted(expected), len(doubted))


@rules_for
@given(matters, st.sampled_from(Template), st.integers(1, 3))
def test_order_over_a_log_is_order_over_each_matter(
    cases: list[list[Event]], template: Template, count: int
) -> None:
    rule = Order(code="R", name="次序", template=template, first="审核", second="审批", times=count)
    runs = [rule.monitor.run(rule.symbol(step) for step, _, _ in case) for case in cases]
    expected = [
        (index, events)
        for index, (verdict, events) in enumerate(runs)
        if verdict is not Standing.SATISFIED
    ]
    assert judged(cases, rule) == (expected, 0)


@rules_for
@given(matters)
def test_columns_that_were_not_read_are_like_columns_without_a_word(
    cases: list[list[Event]],
) -> None:
    rules = RuleSet(
        (
            FourEyes(code="R1", name="分人", steps=STEPS),
            TimeLimit(
                code="R2", name="时限", start="受理", end="审批", limit=Limit(1, LimitUnit.DAYS)
            ),
        )
    )
    full = log_of([[(step, "", NO_TIME) for step, _, _ in case] for case in cases])
    bare = EventLog(full.cases, full.starts, full.activities, full.codes)
    report = judge_rules(bare, rules)
    assert report == judge_rules(full, rules)
    assert report == RuleReport(remarks=report.remarks)
