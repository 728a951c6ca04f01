"""The header of a step table, wherever it stands, and the rows below it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, listing, quoted, zh
from guiju.exchange.steps.step import Column

MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_IN_CELL = 32_767
TOP = 50
"""In how many rows the header is looked for."""

MOST_READ = TOP + MOST_ROWS

_WANTED = (Column.NUMBER, Column.NAME)
_SYNONYMS: Mapping[Column, str] = {
    Column.NUMBER: "序号 编号 步骤号 步骤序号 步骤编号 环节号 环节序号 环节编号 no no. number",
    Column.NAME: "步骤 环节 步骤名称 环节名称 步骤/环节 环节/步骤 名称 办理环节 name step stepname",
    Column.KIND: "类型 步骤类型 环节类型 kind type",
    Column.PHASE: "阶段 所属阶段 phase stage",
    Column.POST: "岗位 责任岗位 岗位/责任岗位 办理岗位 岗位名称 post role",
    Column.LIMIT: "时限 办理时限 办结时限 完成时限 limit timelimit",
    Column.NEXT: "下一步 下一步骤 下一环节 后续步骤 后续环节 next nextstep",
    Column.CONDITION: "条件 流转条件 转入条件 condition conditions",
    Column.SIGNING: "签批规则 签批方式 签批 签署规则 signing signingrule",
}
_MEANS = {word: column for column, words in _SYNONYMS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank; ``line`` is its row in the sheet, counted from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the header, and the place of each column that the header names."""

    columns: Mapping[Column, int]
    rows: Sequence[Row]
    remarks: tuple[Sentence, ...]

    def cell(self, row: Row, column: Column) -> str:
        """Return the trimmed text in ``column``, empty where there is no such cell."""
        place = self.columns.get(column, len(row.cells))
        text = row.cells[place] if place < len(row.cells) else ""
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def header(row: Row) -> list[Column | None]:
    """Return what each cell of a header means."""
    return [_MEANS.get(_bare(cell)) for cell in row.cells]


def is_header(row: Row) -> bool:
    """Tell whether a row names at least the number and the name of a step."""
    return set(_WANTED) <= set(header(row))


def find_table(rows: Sequence[Row]) -> Table:
    """Return the table whose header is among the first rows.

    Raises:
        Invalid: STEP-02 with too much below it, STEP-03 without a header, STEP-04 when
            it names a column twice.
    """
    for place, row in enumerate(rows[:TOP]):
        if is_header(row):
            below = rows[place + 1 :]
            if len(below) > MOST_ROWS or any(map(_is_overfull, below)):
                raise too_large()
            return Table(_columns(row), below, _unused(row))
    raise no_header(rows)


def no_header(rows: Sequence[Row]) -> Invalid:
    """Refuse what has no header, showing the row that comes nearest."""
    nearest = max(
        rows[:TOP],
        key=lambda row: (sum(map(bool, header(row))), sum(map(bool, row.cells))),
        default=Row(1, ()),
    )
    seen = listing(cell.strip()[:20] for cell in nearest.cells[:20] if cell.strip())
    return Invalid(
        "STEP-03",
        zh(
            "前 {top} 行里找不到步骤表的表头。表头要有{wanted}两列，可以有{others}；"
            "最像表头的一行写的是：{seen}。请补上表头。",
            top=TOP,
            wanted=quoted(_WANTED),
            others=quoted(column for column in Column if column not in _WANTED),
            seen=seen or zh("（空）"),
        ),
    )


def too_large() -> Invalid:
    """Refuse a table that no office has."""
    return Invalid(
        "STEP-02",
        zh(
            "步骤表太大：最多 {rows} 行、{columns} 列，一格最多 {cell} 字。"
            "请核对是否选错了文件，或拆成几张表。",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
            cell=MOST_IN_CELL,
        ),
    )


def _is_overfull(row: Row) -> bool:
    return any(len(cell) > MOST_IN_CELL for cell in row.cells)


def _bare(cell: str) -> str:
    text = unicodedata.normalize("NFKC", cell).casefold()
    return "".join(text.split()).strip("*:")


def _columns(row: Row) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for place, column in enumerate(header(row)):
        if column in columns:
            raise Invalid(
                "STEP-04",
                zh(
                    "第 {line} 行表头有两列都是「{column}」：「{one}」和「{other}」。请只留一列。",
                    line=row.line,
                    column=column,
                    one=row.cells[columns[column]].strip(),
                    other=row.cells[place].strip(),
                ),
            )
        if column:
            columns[column] = place
    return columns


def _unused(row: Row) -> tuple[Sentence, ...]:
    named = zip(row.cells, header(row), strict=True)
    unused = listing(cell.strip() for cell, column in named if cell.strip() and not column)
    return (zh("没有用到的列：{columns}。", columns=unused),) if unused else ()
