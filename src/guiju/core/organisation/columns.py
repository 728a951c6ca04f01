"""The sheets of the organisation's workbook, and what each column of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    PartyStanding,
    Profile,
    ResponsibilityKind,
    UnitKind,
)
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.terms import Term


class Sheet(StrEnum):
    """A sheet, by the title it bears."""

    UNITS = "单位"
    POSTS = "岗位"
    PERSONS = "人员"
    APPOINTMENTS = "任职"
    DUTIES = "法定职责"


class Column(StrEnum):
    """A column, by the header it bears."""

    UNIT_CODE = "单位编号"
    POST_CODE = "岗位编号"
    PERSON_CODE = "人员编号"
    NAME = "名称"
    SHORT_NAME = "简称"
    PARENT = "上级单位编号"
    UNIT_KIND = "类别"
    CREDIT_CODE = "统一社会信用代码"
    AREA_CODE = "行政区划代码"
    PROFILE = "配置"
    UNIT = "所属单位编号"
    IS_KEY = "是否关键岗位"
    LEVEL = "领导层级"
    MOST_YEARS = "最长任期（年）"
    FUNCTIONS = "分工"
    INCOMPATIBLE = "不相容岗位编号"
    BARRED = "不得兼管"
    DUTIES = "职责"
    FOUNDED = "设立日期"
    ABOLISHED = "撤销日期"
    PERSON_NAME = "姓名"
    ID_NUMBER = "身份证号"
    PHONE = "手机"
    RANK = "职级"
    STANDING = "政治面貌"
    APPOINTMENT_KIND = "任职方式"
    START = "开始日期"
    END = "结束日期"
    RESPONSIBILITY = "责任类型"
    DOCUMENT = "任免文号"
    STATUTORY_DUTY = "法定职责"
    AREA = "范围单位编号"
    CARRIER = "承担单位编号"
    CARRYING_BODY = "承担机构"
    DUTY_DOCUMENT = "文号"


class Holds(Enum):
    """What sort of value a column holds."""

    TEXT = auto()
    LINES = auto()
    CODE = auto()
    CODES = auto()
    NUMBER = auto()
    WORD = auto()
    WORDS = auto()
    DATE = auto()
    FLAG = auto()
    YEARS = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A column of one sheet.

    Attributes:
        column: its header.
        name: the attribute of the row that holds its value.
        holds: the sort of value.
        words: the closed set that ``WORD`` and ``WORDS`` choose from.
        most: the longest text, in characters.
        required: an empty cell is a fault.
    """

    column: Column
    name: str
    holds: Holds = Holds.TEXT
    words: type[Term] | None = None
    most: int = 100
    required: bool = False


MOST_YEARS = 50
MOST_CODES = 100
"""How many posts one cell may name."""

_CODE = 40

FIELDS: dict[Sheet, tuple[Field, ...]] = {
    Sheet.UNITS: (
        Field(Column.UNIT_CODE, "code", Holds.CODE, most=_CODE, required=True),
        Field(Column.NAME, "name", required=True),
        Field(Column.SHORT_NAME, "short_name"),
        Field(Column.PARENT, "parent", Holds.CODE, most=_CODE),
        Field(Column.UNIT_KIND, "kind", Holds.WORD, UnitKind, required=True),
        Field(Column.CREDIT_CODE, "credit_code", Holds.NUMBER),
        Field(Column.AREA_CODE, "area_code", Holds.NUMBER),
        Field(Column.PROFILE, "profile", Holds.WORD, Profile),
        Field(Column.FOUNDED, "founded", Holds.DATE),
        Field(Column.ABOLISHED, "abolished", Holds.DATE),
    ),
    Sheet.POSTS: (
        Field(Column.POST_CODE, "code", Holds.CODE, most=_CODE, required=True),
        Field(Column.UNIT, "unit", Holds.CODE, most=_CODE, required=True),
        Field(Column.NAME, "name", required=True),
        Field(Column.IS_KEY, "is_key", Holds.FLAG),
        Field(Column.LEVEL, "level", Holds.WORD, LeaderLevel),
        Field(Column.MOST_YEARS, "most_years", Holds.YEARS),
        Field(Column.FUNCTIONS, "functions", Holds.WORDS, Function),
        Field(Column.INCOMPATIBLE, "incompatible", Holds.CODES, most=_CODE),
        Field(Column.BARRED, "barred", Holds.WORDS, Function),
        Field(Column.DUTIES, "duties", Holds.LINES, most=2000),
        Field(Column.FOUNDED, "founded", Holds.DATE),
        Field(Column.ABOLISHED, "abolished", Holds.DATE),
    ),
    Sheet.PERSONS: (
        Field(Column.PERSON_CODE, "code", Holds.CODE, most=_CODE, required=True),
        Field(Column.PERSON_NAME, "name", required=True),
        Field(Column.ID_NUMBER, "id_number", Holds.NUMBER),
        Field(Column.PHONE, "phone", Holds.NUMBER),
        Field(Column.RANK, "rank"),
        Field(Column.STANDING, "standing", Holds.WORD, PartyStanding),
    ),
    Sheet.APPOINTMENTS: (
        Field(Column.PERSON_CODE, "person", Holds.CODE, most=_CODE, required=True),
        Field(Column.POST_CODE, "post", Holds.CODE, most=_CODE, required=True),
        Field(Column.APPOINTMENT_KIND, "kind", Holds.WORD, AppointmentKind),
        Field(Column.START, "start", Holds.DATE, required=True),
        Field(Column.END, "end", Holds.DATE),
        Field(Column.RESPONSIBILITY, "responsibility", Holds.WORD, ResponsibilityKind),
        Field(Column.DOCUMENT, "document"),
    ),
    Sheet.DUTIES: (
        Field(Column.STATUTORY_DUTY, "kind", Holds.WORD, StatutoryDuty, required=True),
        Field(Column.AREA, "area", Holds.CODE, most=_CODE, required=True),
        Field(Column.CARRIER, "carrier", Holds.CODE, most=_CODE, required=True),
        Field(Column.CARRYING_BODY, "body"),
        Field(Column.START, "start", Holds.DATE, required=True),
        Field(Column.END, "end", Holds.DATE),
        Field(Column.DUTY_DOCUMENT, "document"),
    ),
}
"""The columns of each sheet in the order of the template."""
