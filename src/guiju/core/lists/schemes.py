"""Code schemes: what the number of a power has to look like. Others are added to ``SCHEMES``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeContext:
    """What a code has to agree with; empty where it is not known."""

    area_code: str = ""
    unit_code: str = ""
    parent: str = ""


Scheme: TypeAlias = Callable[[str, CodeContext], Sentence | None]
"""Says what is wrong with a code and what to do; None when it is right."""


_HUBEI = re.compile(r"[0-9]{6}[0-9A-Z]{3}[0-9A-Z]{2}[0-9A-Z]{3}[0-9A-Z]{2}")
_SERVICE = re.compile(
    r"[0-9A-Z][0-9A-Z-]{7,30}-[0-9]{12}-[0-9]{3}-[0-9A-Z][0-9A-Z-]{8,19}-[0-9]-[0-9]{2}"
)


def hubei(code: str, context: CodeContext) -> Sentence | None:
    """湖北省行政权力网上运行编码编制说明: region 6, subject 3, kind 2, item 3, sub-item 2."""
    bare = code.replace("-", "")
    if not _HUBEI.fullmatch(bare):
        return zh(
            "编码应为 16 位数字或大写字母：区划 6 位、主体 3 位、类型 2 位、事项 3 位、子项 2 位。"
            "请按此改写。"
        )
    if context.area_code and bare[:6] != context.area_code:
        return zh("编码的前 6 位应为本地区划代码 {area}，请改正。", area=context.area_code)
    if context.unit_code and bare[6:9] != context.unit_code:
        return zh("编码的第 7 至 9 位应为本单位代码 {unit}，请改正。", unit=context.unit_code)
    if context.parent and bare[:14] != context.parent.replace("-", "")[:14]:
        return zh("子项编码的前 14 位应与主项 {parent} 相同，请改正。", parent=context.parent)
    return None


def service(code: str, _context: CodeContext) -> Sentence | None:
    """政务服务事项: item, region 12, version 3, unit, kind of unit, sub-item (四川, real lists)."""
    if _SERVICE.fullmatch(code):
        return None
    return zh(
        "编码应为「事项码-区划 12 位-版本 3 位-部门代码-1 位-2 位」，"
        "只用数字、大写字母和短横。请按此改写。"
    )


SCHEMES: Mapping[str, Scheme] = {"hubei": hubei, "service": service}
"""The schemes that a profile may name."""
