"""Taking in: every cell is accounted for, nothing is invented, nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields, is_dataclass

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.flow.model import Flow
from guiju.core.lists.words import PowerKind
from guiju.exchange.lists.citations import unpack
from guiju.exchange.lists.intake import read_content
from guiju.exchange.lists.several import parted
from guiju.exchange.lists.words import CellState

HEADERS = st.sampled_from(
    [
        *("序号", "权力名称", "权力类型", "行使主体", "实施依据", "责任事项", "法定时限", "备注"),
        *("风险点", "风险等级", "防控措施", "责任人", "岗位", "禁止行为", "违法行为", "裁量基准"),
        *("步骤", "下一步", "天气", "法定时限要求", "处罚名称", "行政处罚决定书文号"),
    ]
)
VALUES = st.sampled_from(
    [
        *(
            "",
            "",
            "1",
            "2",
            "3",
            "甲",
            "乙权力",
            "许可",
            "行政处罚",
            "某局",
            "《水法》第一条",
            "一级",
        ),
        *("高", "1.甲 2.乙", "20个工作日", "尽快", "无", "2026-01-02", "合计 2 项", "注：从略"),
        *("一、行政许可（共1项）", "附件1", "受理→决定", "处2倍以下罚款", "#REF!", "结束", "2、3"),
        "甲，乙\n丙",
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=6)
ROWS = st.lists(
    st.one_of(
        st.lists(HEADERS, min_size=2, max_size=6),
        st.lists(VALUES, min_size=1, max_size=6),
        st.lists(VALUES, min_size=3, max_size=6),
    ),
    min_size=1,
    max_size=12,
)
AREAS = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)),
    max_size=3,
)


def xlsx(rows, areas):
    book = openpyxl.Workbook()
    sheet = book.active
    for line, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if text.strip():
                cell = sheet.cell(line, column)
                cell.value, cell.data_type = text, "s"
    for line, column, down, right in areas:
        sheet.merge_cells(
            start_row=line,
            end_row=line + down,
            start_column=column + 1,
            end_column=column + 1 + right,
        )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def filled(content):
    """Count the cells that are not empty, as openpyxl sees them and not the product."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return {
        (cell.row, cell.column): str(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }


def texts_of(value):
    """Yield every text that an item holds, but for codes that were made and words of sets."""
    if is_dataclass(value) and not isinstance(value, Flow):
        for field in fields(value):
            if field.name not in ("code", "power", "risk", "kind", "flow", "parent"):
                yield from texts_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)
    elif type(value) is str and value:
        yield value


def plain(text):
    return re.sub(r"\s", "", text)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS, AREAS)
def test_every_cell_of_a_workbook_ends_in_one_state_and_no_text_is_invented(rows, areas):
    content = xlsx(rows, areas)
    cells = filled(content)
    if not cells:
        with pytest.raises(Invalid, match="LISTS-05"):
            read_content("x.xlsx", content)
        return
    intake = read_content("x.xlsx", content)
    counts = intake.cells
    assert counts.seen == len(cells)
    assert counts.seen == counts.understood + counts.doubtful + counts.unread
    assert len(intake.notes) == counts.doubtful + counts.unread
    assert len({(n.line, n.column) for n in intake.notes}) == len(intake.notes)
    assert all(note.state is not CellState.UNDERSTOOD for note in intake.notes)
    whole = plain("\n".join(cells.values()))
    for item in intake.edition.items():
        for text in texts_of(item):
            assert all(plain(line) in whole for line in text.split("\n"))


TEXT_COLUMNS = ("权力名称", "行使主体", "适用条件", "行使边界", "备注")
WORDS = st.text(st.sampled_from("甲乙丙丁戊ab12（）"), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=5, max_size=5), min_size=1, max_size=8), st.booleans())
def test_every_text_of_a_plain_table_stands_in_the_edition(rows, as_text):
    if as_text:
        stream = io.StringIO()
        csv.writer(stream).writerows([TEXT_COLUMNS, *rows])
        content = stream.getvalue().encode("gb18030")
    else:
        content = xlsx([list(TEXT_COLUMNS), *rows], [])
    intake = read_content("x", content)
    assert intake.cells.unread == 0
    assert [
        [power.name, power.subject, power.conditions, power.boundary, power.remark]
        for power in intake.edition.powers
    ] == rows
    assert all(power.kind in ("", *PowerKind) for power in intake.edition.powers)


CITED = st.lists(
    st.sampled_from(
        [
            *(
                "《甲法》",
                "第三条",
                "第十条第二款",
                "（主席令第3号）",
                "：内容。",
                "1.",
                "2.",
                "；",
                "、",
            ),
            *("和", "《乙条例》", "依据", "①", "\n", "法律法规名称:", "条款号:", "按规定", "(一)"),
        ]
    ),
    min_size=1,
    max_size=14,
).map("".join)
DROPPED = re.compile(r"法律法规名称|依据文号|条款号|条款内容|依据|根据|按照|和|及|[\W\d_①-⑳一]")


@settings(max_examples=300, deadline=None)
@given(CITED)
def test_unpacking_a_citation_drops_no_word(text):
    kept = "".join(
        part for one in unpack(text) for part in (one.name, one.doc_no, one.article, one.text)
    )
    assert sorted(DROPPED.sub("", text)) == sorted(DROPPED.sub("", kept))


NUMBERED = st.lists(
    st.sampled_from(
        ["1.", "2.", "3、", "①", "②", "（一）", "甲", "乙。", " ", "\n", "2.1", "2.2", "3.5%"]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(NUMBERED)
def test_parting_a_cell_drops_only_numbers(text):
    def letters(one):
        return re.sub(r"[^甲乙%]", "", one)

    assert letters("".join(parted(text))) == letters(text)
