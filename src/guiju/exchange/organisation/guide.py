"""What the workbook itself says about how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.core.organisation.columns import MOST_YEARS, Field, Holds

TITLE_GUIDE, TITLE_WORDS = "说明", "词表"

NOTE = "带 * 的列必须填写；列的次序可以改动，但不要改列名。怎样填写见「说明」，可用的词见「词表」。"

LINES = (
    "一、怎样使用",
    "1. 填写「单位」「岗位」「人员」「任职」「法定职责」五张表，一行一项，不要合并单元格。",
    "2. 可以只填其中几张表、几行或几列：没有写到的都保持原样，不会被删除。",
    "3. 已有的编号再次导入时，按表里的内容修改；整列没有则不改这一列，单元格留空则清空这一项。",
    "4. 同一份表格可以反复导入，内容没有变化就什么也不改。",
    "5. 有一处问题就整份都不导入。下载带「问题」列的表格，改好后直接再次上传。",
    "二、编号和日期",
    "1. 编号由本单位自编，用汉字、字母、数字、点和短横线，定了就不要再改。",
    "2. 日期写作 2026-11-21、2026年11月21日或 2026.11.21，年月日都要有。",
    "3. 结束日期和撤销日期当天不再算在内：前任 3 月 1 日免职，后任可以从 3 月 1 日起任。",
    "4. 一列里写几个词或编号时，用顿号隔开。",
    "三、容易出错的地方",
    "1. 没有上级的单位（最高一级）要写配置：县、局或校；其余单位留空就与上级相同。",
    "2. 一个单位同一天只能有一名正职，一个岗位同一天只能有一人任职；代理和主持的可以另有一人。",
    "3. 单位撤销时，它的下级单位、岗位和任职也要写上撤销或结束日期。",
    "4. 身份证号和统一社会信用代码会核对校验码。这些列已设为文本，粘贴时请选「只粘贴文本」。",
    "5. 由领导小组等机构承担的职责，承担单位编号写设它的单位，承担机构写它的名称。",
    "6. 职责换一家承担时，前一家写上结束日期，后一家另起一行，从同一天开始。",
    "四、各列填什么",
)

_BY_SORT: Mapping[Holds, str] = {
    Holds.TEXT: "文字",
    Holds.LINES: "文字，可以分行",
    Holds.CODE: "编号",
    Holds.CODES: "编号，可以几个",
    Holds.NUMBER: "号码",
    Holds.WORD: "从「词表」里选一个",
    Holds.WORDS: "从「词表」里选，可以几个",
    Holds.DATE: "日期",
    Holds.FLAG: "是或否，留空为否",
    Holds.YEARS: f"1 到 {MOST_YEARS} 的整数，没有限制就留空",
}


def explained(field: Field) -> tuple[str, str]:
    """Return whether a column must be filled in, and with what."""
    return "必填" if field.required else "可空", _BY_SORT[field.holds]
