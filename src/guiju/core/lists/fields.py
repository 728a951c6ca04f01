"""The fields of every item with the labels that people read, in the order of forms and tables.

A path reaches into a value that stands in an item: ``publication.audience``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``path`` is an attribute, or two joined by a dot."""

    path: str
    label: Sentence

    def value(self, item: object) -> object:
        """Return what ``item`` holds here; None inside a value that is not there."""
        return value_at(item, self.path)


def value_at(item: object, path: str) -> Any:  # noqa: ANN401 - as many types as fields hold
    """Return what ``item`` holds at a path; None inside a value that is not there."""
    held = item
    for name in path.split("."):
        held = None if held is None else getattr(held, name)
    return held


_CODE = Field("code", zh("编码"))
_POWER = Field("power", zh("权力编码"))
_PUBLICATION = (
    Field("publication.audience", zh("公开范围")),
    Field("publication.exemption", zh("不公开的理由和依据")),
    Field("publication.approver", zh("不公开的批准人")),
    Field("publication.review_date", zh("不公开的复核日期")),
)
_GRADE = (
    Field("grade", zh("风险等级")),
    Field("grade_method", zh("定级方法")),
    Field("grade_reason", zh("定级理由")),
)

FIELDS: dict[ItemKind, tuple[Field, ...]] = {
    ItemKind.POWER: (
        _CODE,
        Field("name", zh("权力名称")),
        Field("parent", zh("主项编码")),
        Field("side", zh("对外或对内")),
        Field("kind", zh("权力类型")),
        Field("layer", zh("权力层面")),
        Field("subject", zh("行使主体")),
        Field("subject_state", zh("主体性质")),
        Field("exercised_at", zh("行使层级")),
        Field("office", zh("承办机构")),
        Field("post", zh("行使岗位")),
        Field("leader", zh("领导责任人")),
        Field("manager", zh("谁直接主抓")),
        Field("function", zh("所属分工")),
        Field("conditions", zh("适用条件")),
        Field("boundary", zh("行使边界")),
        Field("targets", zh("实施对象")),
        Field("mode", zh("运行方式")),
        Field("discipline", zh("纪律规定")),
        Field("legal_limit", zh("法定时限")),
        Field("promised_limit", zh("承诺时限")),
        Field("fee.basis", zh("收费依据")),
        Field("fee.standard", zh("收费标准")),
        Field("fee.lower", zh("收费下限")),
        Field("fee.upper", zh("收费上限")),
        Field("fee.unit", zh("收费单位")),
        Field("fee.by_lower", zh("按下限收取")),
        Field("is_discretionary", zh("有自由裁量")),
        Field("is_major", zh("属三重一大")),
        Field("attention", zh("群众关注度")),
        *_GRADE,
        Field("phone", zh("监督电话")),
        Field("state", zh("状态")),
        Field("valid_from", zh("开始日期")),
        Field("valid_to", zh("结束日期")),
        Field("upstream", zh("上级目录编号")),
        Field("remark", zh("备注")),
        *_PUBLICATION,
    ),
    ItemKind.BASIS: (
        _CODE,
        _POWER,
        Field("name", zh("文件名称")),
        Field("doc_no", zh("文号")),
        Field("article", zh("条款号")),
        Field("text", zh("条款内容")),
        Field("issuer", zh("制定机关")),
        Field("level", zh("效力层级")),
        Field("status", zh("效力状态")),
        Field("effective", zh("施行日期")),
    ),
    ItemKind.DUTY: (
        _CODE,
        _POWER,
        Field("kind", zh("责任环节")),
        Field("step", zh("流程步骤")),
        Field("text", zh("责任内容")),
        Field("owner", zh("责任人")),
    ),
    ItemKind.ACCOUNTABILITY: (
        _CODE,
        _POWER,
        Field("text", zh("追责情形")),
        Field("basis", zh("追责依据")),
        Field("sanction", zh("追责方式")),
    ),
    ItemKind.NEGATIVE: (
        _CODE,
        Field("post", zh("适用岗位")),
        Field("act", zh("禁止行为")),
        Field("impact", zh("负面影响")),
        Field("prevention", zh("防范措施")),
        Field("owner", zh("防范责任人")),
        Field("sanction", zh("责任追究办法")),
        Field("rule", zh("拦截规则")),
        *_PUBLICATION,
    ),
    ItemKind.FLOW: (
        _CODE,
        _POWER,
        Field("name", zh("流程名称")),
        Field("layer", zh("流程层面")),
        Field("parent", zh("上层流程编码")),
        Field("is_active", zh("在用")),
        Field("graph", zh("步骤")),
        Field("notes", zh("步骤说明")),
        *_PUBLICATION,
    ),
    ItemKind.RISK: (
        _CODE,
        _POWER,
        Field("flow", zh("流程编码")),
        Field("step", zh("流程步骤")),
        Field("layer", zh("风险层面")),
        Field("post", zh("岗位")),
        Field("person", zh("人员")),
        Field("dimensions", zh("风险类别")),
        Field("spot", zh("风险点性质")),
        Field("matter", zh("事项类别")),
        Field("text", zh("风险点")),
        Field("manifestation", zh("表现形式")),
        Field("probability", zh("发生几率")),
        Field("harm", zh("危害程度")),
        Field("frequency", zh("每年行使次数")),
        Field("answers", zh("符合的定级条件")),
        *_GRADE,
        Field("channels", zh("查找渠道")),
        Field("found_by", zh("提出人")),
        Field("state", zh("状态")),
        Field("indicator", zh("监测指标")),
        Field("rules", zh("监督规则")),
        *_PUBLICATION,
    ),
    ItemKind.CONTROL: (
        _CODE,
        Field("risk", zh("风险编码")),
        Field("means", zh("防控方式")),
        Field("phase", zh("防控阶段")),
        Field("text", zh("防控措施")),
        Field("basis_rule", zh("依据制度")),
        Field("unit", zh("责任单位")),
        Field("post", zh("责任岗位")),
        Field("person", zh("责任人")),
        Field("owner_level", zh("责任人层级")),
        Field("supervisor", zh("监督人")),
        Field("supervisor_level", zh("监督人层级")),
        Field("supervision", zh("监督方式")),
        Field("every", zh("检查频率")),
        Field("due", zh("完成时限")),
        Field("is_standing", zh("长期坚持")),
        Field("evidence", zh("佐证材料")),
        Field("rule", zh("技术规则")),
        Field("state", zh("状态")),
        *_PUBLICATION,
    ),
    ItemKind.STANDARD: (
        _CODE,
        _POWER,
        Field("behaviour", zh("行为类型")),
        Field("offence", zh("违法行为")),
        Field("basis", zh("依据")),
        Field("unit", zh("计量单位")),
        Field("base", zh("计算基数")),
        Field("lower", zh("法定下限")),
        Field("upper", zh("法定上限")),
        Field("tiers", zh("裁量档次")),
        Field("aggravating", zh("从重情形")),
        Field("mitigating", zh("从轻情形")),
        *_PUBLICATION,
    ),
}
"""The fields of each table."""

NAMES_A_PERSON = frozenset({"leader", "person", "found_by", "publication.approver"})
"""Paths that may hold who a person is: never told in the open part of the record."""

PERSON = "person:"
"""With what a reference of a person begins, where a field may also name a post."""

SOMEBODY = zh("已指定的人员")
"""Stands for a person whose name the reader may not see."""

_LABELS = {(kind, field.path): field.label for kind in FIELDS for field in FIELDS[kind]}


def label(kind: ItemKind, path: str) -> Sentence | str:
    """Return what people call a field; the path itself for one that has no label."""
    return _LABELS.get((kind, path), path)


def told(item: Item) -> Iterator[tuple[Field, object]]:
    """Yield each field of ``item`` with its value."""
    for field in FIELDS[item.item_kind]:
        yield field, field.value(item)
