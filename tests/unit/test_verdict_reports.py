"""The reports of a check: JSON for machines, one HTML file for people."""

from __future__ import annotations

import io
import json
import re
from array import array
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from guiju.core.check.deviation import Judge
from guiju.core.check.log import EventLog
from guiju.core.check.rules import RuleReport, RuleSet, judge_rules
from guiju.core.check.verdict import judge_log
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind
from guiju.exchange.picture import draw_flow
from guiju.exchange.rule_file import read_rules
from guiju.exchange.verdicts import Report, Source, step_marks, write_html, write_json

VOID = {"meta", "br", "hr", "link", "img", "input"}
HOSTILE = "<script>alert(1)</script>\"'&\u202e倒" + "长" * 10_000 + "\ud800\x00"


def straight(*names):
    ids = [f"n{number}" for number in range(len(names))]
    nodes = [Node(i, NodeKind.TASK, name) for i, name in zip(ids, names, strict=True)]
    ways = ["start", *ids, "end"]
    edges = [Edge(f"e{at}", a, b) for at, (a, b) in enumerate(pairwise(ways))]
    return Flow(
        "f", "流", (Node("start", NodeKind.START), *nodes, Node("end", NodeKind.END)), tuple(edges)
    )


def log_of(*traces, names=None):
    activities = tuple(dict.fromkeys(name for trace in traces for name in trace))
    codes, starts = array("I"), array("Q", [0])
    for trace in traces:
        codes.extend(activities.index(name) for name in trace)
        starts.append(len(codes))
    cases = names or [f"案{number}" for number in range(len(traces))]
    return EventLog(cases, starts, activities, codes)


def report_of(flow, log, rules=None, **options):
    verdict = judge_log(Judge(determinise(compile_flow(flow))), log)
    found = judge_rules(log, rules) if isinstance(rules, RuleSet) else RuleReport()
    source = Source("日志.xes", "0" * 64)
    options = {"judged_at": "2026-11-21 09:00", "version": "0", "seconds": {"read": 1.5}} | options
    return Report(verdict, found, source, Source("流程.bpmn", "1" * 64), **options)


@pytest.fixture
def report():
    flow = straight("受理", "审核", "决定")
    log = log_of(
        ("受理", "审核", "决定"),
        ("受理", "决定"),
        ("受理", "决定"),
        ("受理", "审核", "催办", "决定"),
    )
    rules = read_rules(
        b'[[rules]]\ncode = "R1"\nkind = "precedence"\n'
        + 'name = "先审后决"\nfirst = "审核"\nsecond = "决定"\n'.encode()
    )
    return report_of(flow, log, rules)


def as_json(report):
    stream = io.BytesIO()
    write_json(stream, report)
    return json.loads(stream.getvalue())


def as_html(report):
    stream = io.BytesIO()
    write_html(stream, report)
    return stream.getvalue().decode("utf-8")


class Page(HTMLParser):
    """Checks that tags are balanced, and keeps what tests look at."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.attributes, self.tags = [], [], [], [], Counter()
        self.words = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += attrs
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)


def test_json_has_exactly_the_promised_shape(report):
    sync = {"kind": "sync"}
    found = as_json(report)
    message = found["rules"][0].pop("message")
    assert "先审后决" in message
    assert found["rules"][1].pop("message") == message
    assert found == {
        "cases": 4,
        "events": 11,
        "activities": 4,
        "conforming": 1,
        "total_cost": 3,
        "variants": [
            {
                "activities": ["受理", "决定"],
                "cases": 2,
                "cost": 1,
                "moves": [
                    sync | {"activity": "受理"},
                    {"kind": "skipped", "activity": "审核"},
                    sync | {"activity": "决定"},
                ],
            },
            {
                "activities": ["受理", "审核", "决定"],
                "cases": 1,
                "cost": 0,
                "moves": [sync | {"activity": name} for name in ("受理", "审核", "决定")],
            },
            {
                "activities": ["受理", "审核", "催办", "决定"],
                "cases": 1,
                "cost": 1,
                "moves": [
                    sync | {"activity": "受理"},
                    sync | {"activity": "审核"},
                    {"kind": "extra", "activity": "催办"},
                    sync | {"activity": "决定"},
                ],
            },
        ],
        "rules": [
            {"code": "R1", "case": "案1", "events": [1]},
            {"code": "R1", "case": "案2", "events": [1]},
        ],
        "seconds": {"read": 1.5},
    }


def test_json_is_written_variant_by_variant():
    class Counting(io.RawIOBase):
        largest = 0

        def write(self, data):
            self.largest = max(self.largest, len(data))
            return len(data)

    names = [f"步{number}" for number in range(40)]
    traces = [tuple(names[(start + at) % 40] for at in range(20)) for start in range(40)]
    stream = Counting()
    write_json(stream, report_of(straight("甲"), log_of(*traces)))
    assert 0 < stream.largest < 5_000


def test_json_survives_names_that_no_encoding_can_hold():
    found = as_json(report_of(straight("甲"), log_of((HOSTILE,), names=[HOSTILE])))
    assert found["variants"][0]["activities"][0].startswith("<script>")


def test_html_says_the_verdict_and_the_figures(report):
    page = Page(as_html(report))
    assert "4 件事项中 1 件完全照流程办理（25.0%）" in page.text
    assert "「受理」之后跳过了「审核」" in page.text
    assert "「审核」之后出现了流程里没有的「催办」" in page.text
    assert "规则 R1：2 处" in page.text
    assert "0" * 64 in page.text
    assert "1" * 64 in page.text
    assert page.tags["script"] == 0


def test_html_links_lead_somewhere_and_nothing_leads_out(report):
    flow = straight("受理", "审核", "决定")
    text = as_html(report_of(flow, report.verdict.log, picture=draw_flow(flow)))
    page = Page(text)
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if not link.startswith("#")} == set()
    assert {link[1:] for link in page.links} <= set(page.ids)
    policy = next(value for name, value in page.attributes if name == "content" and "src" in value)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert [name for name, _ in page.attributes if name.startswith("on") or name == "src"] == []
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text


def test_hostile_names_do_no_harm():
    flow = straight(HOSTILE.replace("\ud800", "").replace("\x00", ""), "乙")
    report = report_of(flow, log_of((HOSTILE,), ("乙", "乙"), names=[HOSTILE, "</style>"]))
    text = as_html(report)
    page = Page(text)
    assert page.tags["script"] == 0
    assert "\u202e" not in text
    assert "长" * 201 not in page.text
    assert max(map(len, page.words)) < 700


def test_every_variant_has_a_page_with_its_way(report):
    page = Page(as_html(report))
    assert {"v1", "v2", "v3"} <= set(page.ids)
    assert "办法 1：2 件，偏离 1 处" in page.text
    assert "－跳过审核" in page.text
    assert "＋多出催办" in page.text


def test_a_log_without_deviations_says_so():
    page = Page(as_html(report_of(straight("甲"), log_of(("甲",), ("甲",)))))
    assert "2 件事项全部照流程办理" in page.text
    assert "没有偏离。" in page.text
    assert "没有给出规则，或没有违反规则。" in page.text


def test_what_is_left_out_is_counted():
    others = [tuple(["甲"] * 2 + [f"杂{number}"]) for number in range(310)]
    long_case = [("甲",)] * 60
    page = Page(as_html(report_of(straight("甲"), log_of(*others, *long_case))))
    assert "件数最多的 300 种有偏离的和 100 种照流程的办法，另有 10 种" in page.text
    assert "另有 10 件" in page.text
    assert re.search(r"另有 \d+ 种更少见的偏离", page.text)


def test_all_words_pass_through_the_translation(report):
    marked = report_of(
        straight("A", "B"),
        log_of(("A",), ("A", "B"), names=["1", "2"]),
        translate=lambda t: f"⟦{t}⟧",
    )
    text = re.sub(r"⟦[^⟦⟧]*⟧", "", re.sub(r"⟦[^⟦⟧]*⟧", "", Page(as_html(marked)).text))
    text = text.replace("日志.xes", "").replace("流程.bpmn", "")
    assert re.findall("[\u4e00-\u9fff]+", text) == []


def test_steps_are_marked_by_what_goes_wrong_there(report):
    flow = straight("受理", "审核", "决定", "归档")
    marks = step_marks(report, flow)
    assert {node.name: marks[node.id].level for node in flow.nodes if node.id in marks} == {
        "受理": "good",
        "审核": "major",
        "决定": "good",
    }
    assert marks["n1"].badge == "跳过 2"
    assert marks["n1"].detail == "审核：跳过 2"


def test_few_deviations_are_marked_as_minor():
    log = log_of(("甲", "乙"), *[("甲", "乙")] * 30, ("乙",))
    marks = step_marks(report_of(straight("甲", "乙"), log), straight("甲", "乙"))
    assert marks["n0"].level == "minor"
