"""The product's own workbook and JSON give an edition back as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from io import BytesIO
from typing import Any, get_args, get_origin, get_type_hints

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.flow.model import Edge, Flow, Limit, Node, Signing
from guiju.core.lists.model import (
    AccountabilityCase,
    Control,
    DiscretionStandard,
    Duty,
    Edition,
    Fee,
    LegalBasis,
    NegativeItem,
    Period,
    Power,
    PowerFlow,
    Publication,
    Risk,
    StatedCount,
    StepNote,
    Tier,
)
from guiju.core.lists.words import PeriodUnit, PowerKind
from guiju.core.terms import LimitUnit, NodeKind, SigningMode, Term
from guiju.exchange.lists.intake import read_content
from guiju.exchange.lists.own_cells import RowReader
from guiju.exchange.lists.own_write import write_workbook
from guiju.exchange.lists.plain import edition_json, edition_of
from guiju.exchange.lists.straight import flow_of
from guiju.exchange.steps.step import Column

TEXTS = (
    st.text(
        st.sampled_from("甲乙=+-@'\"1，；：#/无A!<>&_x000D 　\n")
        | st.characters(exclude_categories=("Cc", "Cs", "Cf", "Cn", "Co")),
        max_size=10,
    )
    .map(str.strip)
    .filter(lambda text: not text or text.splitlines() == text.split("\n"))
)
CODES = st.text(st.sampled_from("甲乙ab01_.-/"), min_size=1, max_size=6)
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))
PERIODS = st.builds(Period, st.integers(0, 99999), st.sampled_from(PeriodUnit))
LINES = st.lists(
    TEXTS.map(lambda text: text.replace("\n", "")).map(str.strip).filter(bool), max_size=3
)
KINDS = st.sampled_from(["", *(one.value for one in PowerKind), "own_kind"])
STEP_NAMES = ["甲步", "乙步", "丙步"]


def flows():
    """Return flows that a step table tells, and flows that none can."""
    rows = st.lists(st.sampled_from(STEP_NAMES), min_size=1, max_size=3).map(
        lambda names: flow_of(
            [(n, {Column.NUMBER: str(n), Column.NAME: name}) for n, name in enumerate(names, 1)],
            "流",
        )
    )
    odd = st.builds(
        lambda name, post, limit, signing: Flow(
            "f9",
            name,
            (
                Node("s", NodeKind.START),
                Node("t1", NodeKind.TASK, "一", post=post, limit=limit, signing=signing),
                Node("g", NodeKind.INCLUSIVE, "任选"),
                Node("t2", NodeKind.TASK, "", recorded=False),
                Node("e", NodeKind.END),
            ),
            (
                Edge("a", "s", "t1"),
                Edge("b", "t1", "g"),
                Edge("c", "g", "t2", condition=name),
                Edge("d", "t2", "e"),
            ),
        ),
        TEXTS,
        st.sampled_from(["", "窗口"]),
        st.none() | st.builds(Limit, st.integers(1, 30), st.sampled_from(LimitUnit)),
        st.none() | st.builds(Signing, st.sampled_from([SigningMode.ALL, SigningMode.ANY])),
    )
    return st.none() | rows | odd


def strategy(owner: type[Any], name: str, hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each sort
    """Return values of one attribute, by its type; an independent reading of the model."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is str:
            return LINES.map(tuple)
        if isinstance(inner, type) and issubclass(inner, Term):
            return st.lists(st.sampled_from(inner), unique=True, max_size=3).map(tuple)
        return st.lists(items(inner), max_size=2).map(tuple)
    options = [one for one in get_args(hint) if one is not type(None)]
    if options:
        return st.none() | strategy(owner, name, options[0])
    if hint is Flow:
        return flows()
    if issubclass(hint, Term):
        return st.sampled_from(hint)
    if hint is str:
        if name in ("code", "standard"):
            return CODES
        return KINDS if name in ("kind", "kind_code") else TEXTS
    if hint is int:
        return st.integers(1, 3) if name == "grade" else st.integers(0, 10**9)
    plain = {bool: st.booleans(), dt.date: DAYS, Period: PERIODS}
    return plain[hint] if hint in plain else items(hint)


def items(of: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(of)
    named = {field.name: hints[field.name] for field in fields(of)}
    built = st.builds(of, **{name: strategy(of, name, hint) for name, hint in named.items()})
    if of is Publication:  # in a workbook one that says nothing is none
        return built.filter(lambda one: one != Publication())
    return built.filter(lambda one: one != StepNote(step=one.step)) if of is StepNote else built


def table(of: type[Any]) -> st.SearchStrategy[Any]:
    return st.lists(items(of), max_size=2, unique_by=lambda one: one.code).map(tuple)


def told(standard: DiscretionStandard) -> DiscretionStandard:
    """Leave out tiers that say nothing: in a workbook they are an empty row."""
    return replace(standard, tiers=tuple(tier for tier in standard.tiers if tier != Tier()))


def noted(flow: PowerFlow) -> PowerFlow:
    """Keep notes in the order of the steps, one for each; the order says nothing."""
    keys = [node.number or node.id for node in flow.steps]
    return replace(
        flow, notes=tuple(replace(n, step=key) for n, key in zip(flow.notes, keys, strict=False))
    )


PARTS = {
    "unit_name": TEXTS,
    "unit_code": CODES,
    "profile": st.sampled_from(["", "county"]),
    "title": TEXTS,
    "number": st.integers(1, 99),
    "valid_from": st.none() | DAYS,
    "powers": table(Power),
    "bases": table(LegalBasis),
    "duties": table(Duty),
    "accountabilities": table(AccountabilityCase),
    "negatives": table(NegativeItem),
    "flows": table(PowerFlow).map(lambda all_: tuple(map(noted, all_))),
    "risks": table(Risk),
    "controls": table(Control),
    "standards": table(DiscretionStandard).map(lambda all_: tuple(map(told, all_))),
    "stated": st.lists(items(StatedCount), max_size=2).map(tuple),
}


@st.composite
def editions(draw):
    return Edition(**{name: draw(part) for name, part in PARTS.items()})


EDITIONS = editions()


def workbook(edition):
    stream = BytesIO()
    write_workbook(edition, stream)
    return stream.getvalue()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(EDITIONS)
def test_a_workbook_gives_back_what_was_written(edition):
    intake = read_content("edition.xlsx", workbook(edition))
    assert intake.notes == ()
    assert intake.edition == edition
    counts = intake.cells
    assert counts.seen == counts.understood


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(EDITIONS)
def test_json_gives_back_what_was_written(edition):
    assert edition_of(edition_json(edition)) == edition


def test_the_same_edition_gives_the_same_bytes():
    edition = Edition(powers=(Power(code="A1", name="甲", fee=Fee(lower=1)),))
    assert workbook(edition) == workbook(edition)


@pytest.mark.parametrize(
    "power",
    [
        Power(code="A", name=" 甲"),
        Power(code="A", name="甲\x00"),
        Power(code="A", name="甲" * 40_000),
        Power(code="A", kind="行政许可"),
        Power(code="A", grade=9),
        Power(code="A", fee=Fee(lower=-1)),
        Power(code="A", valid_from=dt.date(1, 1, 1)),
    ],
)
def test_what_a_workbook_would_change_is_refused_and_json_keeps_it(power):
    edition = Edition(powers=(power,))
    with pytest.raises(Invalid, match="LISTS-08"):
        workbook(edition)
    assert edition_of(edition_json(edition)) == edition


ODD = ["乱写", "=1+1", "编码", 10**16, None, "2026-02-30", dt.date(2026, 2, 3)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(EDITIONS, st.data())
def test_rows_are_read_alike_quickly_and_cell_by_cell(edition, data):
    """Whatever became of some cells, both roads say the same of every one."""
    book = openpyxl.load_workbook(BytesIO(workbook(edition)))
    for sheet in data.draw(st.lists(st.sampled_from(book.worksheets), max_size=3)):
        cell = sheet.cell(data.draw(st.integers(1, 5)), data.draw(st.integers(1, 30)))
        cell.value = data.draw(
            st.sampled_from(["乱写", "=1+1", "编码", 10**16, None, "2026-02-30"])
        )
    content = BytesIO()
    book.save(content)
    quickly = read_content("edition.xlsx", content.getvalue())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(RowReader, "_quickly", lambda _reader, _cells: None)
        assert read_content("edition.xlsx", content.getvalue()) == quickly
