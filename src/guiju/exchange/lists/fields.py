"""The columns of the lists: what each holds, and where in an item it belongs.

Names and order are those of ``core.lists.fields``; the sort of value follows from the type of
the attribute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, get_args, get_type_hints

from guiju.core.lists import fields as labelled
from guiju.core.lists.model import (
    ITEMS,
    Edition,
    Period,
    Power,
    StatedCount,
    StepNote,
    Tier,
)
from guiju.core.lists.words import ItemKind
from guiju.core.terms import Term


class Holds(Enum):
    """What sort of value a column holds."""

    TEXT = auto()
    CODE = auto()
    TEXTS = auto()
    WORD = auto()
    WORDS = auto()
    KIND = auto()
    GRADE = auto()
    COUNT = auto()
    FLAG = auto()
    DATE = auto()
    PERIOD = auto()
    AMOUNT = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the product's workbook.

    Attributes:
        header: what the column is called.
        path: the attribute, such as ``name``, or one inside another, such as ``fee.lower``.
        words: the closed set that ``WORD`` and ``WORDS`` choose from.
        default: what an empty cell means.
    """

    header: str
    path: str
    holds: Holds = Holds.TEXT
    words: type[Term] | None = None
    default: Any = None


_ELSEWHERE = frozenset({"graph", "notes", "tiers"})
"""Attributes that have a sheet of their own."""

_CODES = frozenset(
    {
        "code", "power", "parent", "flow", "step", "risk", "rule", "upstream", "unit_code",
        "area_code", "profile", "standard", "number", "refines",
    }
)  # fmt: skip


def _field(header: str, owner: type[Any], path: str) -> Field:
    hint, default = _type_at(owner, path)
    inner = [one for one in get_args(hint) if one is not type(None)]
    plain = inner[0] if inner else hint
    if isinstance(plain, type) and issubclass(plain, Term):
        many = hint is not plain and getattr(hint, "__origin__", None) is tuple
        return Field(header, path, Holds.WORDS if many else Holds.WORD, plain, default)
    return Field(header, path, _sort(owner, path, hint, plain), None, default)


def _sort(owner: type[Any], path: str, hint: object, plain: object) -> Holds:
    name = path.rpartition(".")[2]
    if getattr(hint, "__origin__", None) is tuple:
        return Holds.TEXTS
    if plain is int:
        if name == "grade":
            return Holds.GRADE
        return Holds.AMOUNT if name in ("lower", "upper") else Holds.COUNT
    if (owner is Power and path == "kind") or path == "kind_code":
        return Holds.KIND
    if plain is str and path in _CODES and not (owner is StepNote and path == "lead_unit"):
        return Holds.CODE
    return {bool: Holds.FLAG, date: Holds.DATE, Period: Holds.PERIOD}.get(plain, Holds.TEXT)  # type: ignore[call-overload, no-any-return]


def _type_at(owner: type[Any], path: str) -> tuple[Any, Any]:
    """Return the type and the default of an attribute, or of one inside a value."""
    first, _, rest = path.partition(".")
    hint = get_type_hints(owner)[first]
    if rest:
        inner = next(one for one in get_args(hint) if one is not type(None))
        return _type_at(inner, rest)
    return hint, owner.__dataclass_fields__[first].default


FIELDS: dict[ItemKind, tuple[Field, ...]] = {
    kind: tuple(
        _field(str(one.label), ITEMS[kind], one.path)
        for one in labelled.FIELDS[kind]
        if one.path not in _ELSEWHERE
    )
    for kind in ItemKind
}
"""The columns of each table, in the order of forms and tables."""

_BY_PATH = {(kind, field.path): field for kind, fields in FIELDS.items() for field in fields}


def field_at(kind: ItemKind, path: str) -> Field:
    """Return the column of one attribute; a KeyError for none is a fault of the program."""
    return _BY_PATH[kind, path]


TIERS: tuple[Field, ...] = (
    Field("裁量基准编码", "standard", Holds.CODE),
    *(
        _field(header, Tier, path)
        for header, path in (
            ("裁量阶次", "name"),
            ("适用情形", "conditions"),
            ("裁量幅度", "measure"),
            ("下限", "lower"),
            ("上限", "upper"),
            ("不含下限", "above_lower"),
            ("不含上限", "below_upper"),
        )
    ),
)

NOTES: tuple[Field, ...] = tuple(
    _field(header, StepNote, path)
    for header, path in (
        ("关键环节", "is_key"),
        ("牵头单位", "lead_unit"),
        ("配合单位", "joint_units"),
        ("细化上层步骤", "refines"),
        ("所需材料", "documents"),
        ("可以暂停", "may_pause"),
        ("超时视为同意", "passes_alone"),
        ("事前事中事后", "stage"),
    )
)
"""What the lists add to the columns of a step table."""

COUNTS: tuple[Field, ...] = tuple(
    _field(header, StatedCount, path)
    for header, path in (
        ("清点哪张表", "kind"),
        ("数目", "count"),
        ("只清点的权力类型", "kind_code"),
        ("只清点的等级", "grade"),
        ("原文", "where"),
    )
)

EDITION: tuple[Field, ...] = tuple(
    _field(header, Edition, path)
    for header, path in (
        ("单位标识", "unit"),
        ("单位名称", "unit_name"),
        ("单位代码", "unit_code"),
        ("行政区划代码", "area_code"),
        ("配置", "profile"),
        ("标题", "title"),
        ("版次", "number"),
        ("状态", "state"),
        ("生效日期", "valid_from"),
        ("失效日期", "valid_to"),
    )
)
"""What is said of the whole edition, one line each."""
