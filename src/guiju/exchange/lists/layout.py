"""The sheets of the product's own workbook, and the columns of each."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.lists.words import ItemKind
from guiju.core.terms import Phase, SigningMode, StepKind
from guiju.exchange.lists.fields import COUNTS, FIELDS, NOTES, TIERS, Field, Holds
from guiju.exchange.steps.step import Column

MARK = "规矩清单工作簿"
"""Stands in the first cell of the first sheet, and tells this workbook from any other."""

EDITION_SHEET = "版本"
STEP_SHEET = "步骤"
GRAPH_SHEET = "流程图"
TIER_SHEET = "裁量档次"
COUNT_SHEET = "合计"
GUIDE_SHEET = "说明"
WORD_SHEET = "词表"

HEAD_LINE = 2
"""The note stands above it, the rows below."""

STEP_COLUMNS: tuple[Field, ...] = (
    Field("流程编码", "flow", Holds.CODE),
    Field(Column.NUMBER, "number", Holds.CODE),
    Field(Column.NAME, "name"),
    Field(Column.KIND, "kind", Holds.TEXT, StepKind),
    Field(Column.PHASE, "phase", Holds.TEXT, Phase),
    Field(Column.POST, "post"),
    Field(Column.LIMIT, "limit"),
    Field(Column.NEXT, "next"),
    Field(Column.CONDITION, "condition"),
    Field(Column.SIGNING, "signing", Holds.TEXT, SigningMode),
    *NOTES,
)
GRAPH_COLUMNS: tuple[Field, ...] = (
    Field("流程编码", "flow", Holds.CODE),
    Field("段", "part", Holds.COUNT),
    Field("内容（供系统核对，请不要改）", "text"),
)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet with rows below a header; ``kind`` where each row is an item."""

    title: str
    fields: tuple[Field, ...]
    kind: ItemKind | None = None


OWN_SHEETS: tuple[OwnSheet, ...] = (
    *(OwnSheet(str(kind.label), FIELDS[kind], kind) for kind in ItemKind),
    OwnSheet(STEP_SHEET, STEP_COLUMNS),
    OwnSheet(TIER_SHEET, TIERS),
    OwnSheet(COUNT_SHEET, COUNTS),
    OwnSheet(GRAPH_SHEET, GRAPH_COLUMNS),
)
"""In the order of the workbook; the edition's own sheet stands before them."""
