"""Finding the sheets and their headers, whatever stands around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.errors import Invalid
from guiju.core.organisation.columns import FIELDS, Column, Sheet
from guiju.core.organisation.rows import Fault
from guiju.core.sentence import quoted, zh
from guiju.exchange.organisation.archive import Cells

TOP = 20
"""In how many rows the header is looked for."""

_LONGEST_HEADER = 50

PROBLEM = "问题"
"""The column that ``write_faults`` adds; reading passes over it."""

_TITLES: Mapping[Sheet, str] = {
    Sheet.UNITS: "单位 机构 组织 组织机构 units",
    Sheet.POSTS: "岗位 职位 posts",
    Sheet.PERSONS: "人员 干部 职工 干部职工 persons people",
    Sheet.APPOINTMENTS: "任职 任免 任职情况 任免情况 appointments",
    Sheet.DUTIES: "法定职责 职责承担 法定职责承担 duties",
}
_HEADERS: Mapping[Sheet, Mapping[Column, str]] = {
    Sheet.UNITS: {
        Column.UNIT_CODE: "编号 代码 单位代码 机构编号 机构编码 code",
        Column.NAME: "单位名称 机构名称 全称 单位全称 name",
        Column.SHORT_NAME: "单位简称 机构简称 shortname",
        Column.PARENT: "上级 上级单位 上级编号 上级单位代码 主管单位编号 隶属单位编号 parent",
        Column.UNIT_KIND: "类型 单位类别 单位类型 机构类别 机构类型 kind",
        Column.CREDIT_CODE: "信用代码 社会信用代码 统一信用代码 creditcode",
        Column.AREA_CODE: "区划代码 行政区划 行政区划编码 areacode",
        Column.PROFILE: "适用配置 配置类型 profile",
        Column.FOUNDED: "成立日期 设立时间 成立时间 founded",
        Column.ABOLISHED: "撤销时间 注销日期 撤并日期 abolished",
    },
    Sheet.POSTS: {
        Column.POST_CODE: "编号 代码 岗位代码 岗位编码 code",
        Column.UNIT: "单位编号 所属单位 单位代码 所在单位编号 unit",
        Column.NAME: "岗位名称 岗位 职务 职务名称 name",
        Column.IS_KEY: "关键岗位 是否关键 重点岗位 是否重点岗位 key",
        Column.LEVEL: "层级 领导级别 岗位层级 level",
        Column.MOST_YEARS: "最长任期 任期 任期上限 最长任职年限 mostyears",
        Column.FUNCTIONS: "分管 分管工作 分工领域 functions",
        Column.INCOMPATIBLE: "不相容岗位 不相容岗位代码 incompatible",
        Column.BARRED: "不得分管 不直接分管 不得兼管领域 barred",
        Column.DUTIES: "岗位职责 工作职责 duties",
        Column.FOUNDED: "设岗日期 设立时间 founded",
        Column.ABOLISHED: "撤岗日期 撤销时间 abolished",
    },
    Sheet.PERSONS: {
        Column.PERSON_CODE: "编号 代码 工号 人员代码 人员编码 code",
        Column.PERSON_NAME: "名字 人员姓名 name",
        Column.ID_NUMBER: "身份证 身份证号码 公民身份号码 公民身份证号 idnumber",
        Column.PHONE: "手机号 手机号码 电话 联系电话 联系方式 phone",
        Column.RANK: "级别 职务职级 rank",
        Column.STANDING: "政治身份 党派 standing",
    },
    Sheet.APPOINTMENTS: {
        Column.PERSON_CODE: "人员 工号 人员代码 人员编码 person",
        Column.POST_CODE: "岗位 岗位代码 岗位编码 post",
        Column.APPOINTMENT_KIND: "方式 任职类型 任职类别 kind",
        Column.START: "任职日期 起始日期 开始时间 任职时间 起 start",
        Column.END: "免职日期 终止日期 结束时间 免职时间 止 end",
        Column.RESPONSIBILITY: "责任 责任类别 responsibility",
        Column.DOCUMENT: "文号 任免文件 任职文号 document",
    },
    Sheet.DUTIES: {
        Column.STATUTORY_DUTY: "职责 职责名称 duty",
        Column.AREA: "范围 范围单位 服务单位编号 area",
        Column.CARRIER: "承担单位 单位编号 单位代码 carrier",
        Column.CARRYING_BODY: "机构 机构名称 承担机构名称 body",
        Column.START: "承担日期 起始日期 开始时间 起 start",
        Column.END: "终止日期 结束时间 止 end",
        Column.DUTY_DOCUMENT: "依据文号 文件 document",
    },
}


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\(.*?\)|[\s*:_]", "", plain)


_TITLE_MEANS = {word: sheet for sheet, words in _TITLES.items() for word in words.split()}
_HEADER_MEANS = {
    sheet: {
        word: column
        for column, words in columns.items()
        for word in (_bare(column), *words.split())
    }
    for sheet, columns in _HEADERS.items()
}


@dataclass(frozen=True, slots=True)
class Head:
    """A header: its row, where each column stands, which are lacking, which are unknown."""

    row: int
    places: Mapping[Column, int]
    absent: frozenset[Column]
    unknown: tuple[str, ...]


def known_sheets(book: Workbook) -> Mapping[Sheet, Worksheet]:
    """Return the sheets that are there; of two that bear one title the first.

    Raises:
        Invalid: ORG-22 when none is.
    """
    found: dict[Sheet, Worksheet] = {}
    for worksheet in book.worksheets:
        sheet = meaning(worksheet.title)
        if sheet:
            found.setdefault(sheet, worksheet)
    if not found:
        raise Invalid(
            "ORG-22",
            zh(
                "没有名为{wanted}的工作表，只有{seen}。请下载模板，按模板的表名和列名填写。",
                wanted=quoted(Sheet),
                seen=quoted((one.title[:20] for one in book.worksheets), most=10),
            ),
        )
    return found


def meaning(title: str) -> Sheet | None:
    """Return which sheet a title names: 「1.单位表」 is 「单位」."""
    bare = re.sub(r"^[\d.、\-]+", "", _bare(title))
    for ending in ("", "信息表", "一览表", "名册", "清单", "名单", "信息", "表"):
        if bare.endswith(ending) and (sheet := _TITLE_MEANS.get(bare.removesuffix(ending))):
            return sheet
    return None


def find_head(sheet: Sheet, top: Sequence[tuple[int, Cells]]) -> Head | None:
    """Return the header: the row that names the most columns, at least two."""
    heads = [_head(sheet, row, cells) for row, cells in top]
    best = max(heads, key=lambda head: len(head.places), default=None)
    return best if best and len(best.places) > 1 else None


def _head(sheet: Sheet, row: int, cells: Cells) -> Head:
    places: dict[Column, int] = {}
    unknown: list[str] = []
    for place, cell in enumerate(cells):
        text, column = _named(sheet, cell)
        if column:
            places.setdefault(column, place)
        elif text and not is_problem(text):
            unknown.append(text[:20])
    absent = frozenset(field.column for field in FIELDS[sheet]) - places.keys()
    return Head(row, places, absent, tuple(unknown))


def is_problem(cell: object) -> bool:
    """Tell whether a cell heads the column of problems that ``write_faults`` added."""
    return isinstance(cell, str) and (cell == PROBLEM or cell.startswith(PROBLEM + "："))


def _named(sheet: Sheet, cell: object) -> tuple[str, Column | None]:
    text = cell.strip() if isinstance(cell, str) else ""
    return text, _HEADER_MEANS[sheet].get(_bare(text)) if len(text) < _LONGEST_HEADER else None


def head_faults(sheet: Sheet, head: Head | None, cells: Cells) -> Iterator[Fault]:
    """Yield what is wrong with a header: none at all, a column lacking, a column twice."""
    needed = [field.column for field in FIELDS[sheet] if field.required]
    if head is None:
        yield Fault(
            sheet,
            1,
            None,
            "ORG-23",
            zh("前 {top} 行里找不到表头。表头要有{wanted}。", top=TOP, wanted=quoted(needed)),
        )
        return
    for lacking in needed:
        if lacking in head.absent:
            yield Fault(sheet, head.row, lacking, "ORG-23", zh("表头里没有这一列。请补上。"))
    for place, cell in enumerate(cells):
        text, column = _named(sheet, cell)
        if column and head.places[column] != place:
            yield Fault(
                sheet,
                head.row,
                column,
                "ORG-24",
                zh("表头里有两列都是这一列：又写作「{other}」。请只留一列。", other=text),
            )
