"""What the workbook itself says about how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.exchange.lists.fields import Field, Holds

NOTE = "一行一项；列的次序可以改动，但不要改列名。把鼠标停在列名上看怎样填，全部说明见「说明」。"

LINES = (
    "一、怎样使用",
    "1. 只填有内容的表，其余留空。一行一项，不要合并单元格，不要用公式。",
    "2. 各表靠编码互相指认：依据、责任和风险写所属权力的编码，防控措施写所属风险的编码。",
    "3. 编码由本单位自编，定了就不要再改；留空时按内容自动编一个，内容不变编码就不变。",
    "4. 同一份表格可以反复导入，内容没有变化就什么也不改。",
    "5. 步骤表里「下一步」写序号：几个里选一个用「、」隔开，同时办用「+」连接，办完写「结束」。",
    "二、各列填什么",
)

_BY_SORT: Mapping[Holds, str] = {
    Holds.TEXT: "文字，可以分行。",
    Holds.CODE: "编码，照原样填写，字母、数字都当文字。",
    Holds.TEXTS: "文字，一行一项。",
    Holds.WORD: "从列表里选一个。",
    Holds.WORDS: "从「词表」里选，几个用顿号隔开。",
    Holds.KIND: "十类行政权力之一，或本单位另设的类型。",
    Holds.GRADE: "1、2、3；也可以写一级、Ⅰ级或高、中、低。1 最高。",
    Holds.COUNT: "整数。",
    Holds.FLAG: "是或否，留空为否。",
    Holds.DATE: "日期，如 2026-11-21。",
    Holds.PERIOD: "多长时间，如 20个工作日、3个月、1年、即办。",
    Holds.AMOUNT: "数额，只写数字，最多两位小数。",
}
_BY_PATH: Mapping[str, str] = {
    "code": "本表里不重复的编码，留空时自动编一个。",
    "power": "「权力」表里的编码。",
    "risk": "「风险」表里的编码。",
    "parent": "上一层的编码；没有就留空。",
    "step": "「步骤」表里的序号。",
    "standard": "「裁量基准」表里的编码。",
    "is_active": "是或否，留空为是。",
    "next": "序号；几个里选一个用「、」隔开，同时办用「+」连接，办完写「结束」。",
    "limit": "如 3个工作日、5天、48个小时。",
    "signing": "单签、会签、或签、顺签或票签，可加人数，如 会签3人。",
    "number": "序号，如 1、2、3.1。",
    "probability": "1 低，2 中，3 高。",
    "harm": "1 低，2 中，3 高。",
}


def comment_of(field: Field) -> str:
    """Return what the comment of a header says."""
    return _BY_PATH.get(field.path) or _BY_SORT[field.holds]
