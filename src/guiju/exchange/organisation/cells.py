"""What a cell says, in the many ways in which offices write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from guiju.core.organisation.columns import MOST_YEARS, Field, Holds
from guiju.core.organisation.words import (
    AppointmentKind,
    LeaderLevel,
    PartyStanding,
    Profile,
    ResponsibilityKind,
    UnitKind,
)
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Term

_DATE = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?(?:[ T][0-9:.]+)?")
_DIGITS = re.compile(r"[0-9]{8}")
_YEARS = re.compile(r"([0-9]{1,4})年?")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_BETWEEN = re.compile(r"[、，,;；/|\s]+")
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 100_000
_SERIAL_ZERO = date(1899, 12, 30).toordinal()
_MOST_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number; the rest of an identity number is lost."""

_YES = frozenset(["是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "关键"])
_NO = frozenset(["否", "无", "n", "no", "false", "0", "×", "x", "✗", "非关键"])
# By their set first: words of different sets may have the same code, and then are equal.
_ALSO: Mapping[type[Term], Mapping[Term, str]] = {
    UnitKind: {
        UnitKind.REGION: "县 区 县级市 县区",
        UnitKind.PARTY: "党组织 党组",
        UnitKind.GOVERNMENT: "人民政府",
        UnitKind.DEPARTMENT: "政府工作部门 部门 局",
        UnitKind.PARTY_OFFICE: "党委工作部门",
        UnitKind.PEOPLES_ORGANISATION: "群团 人民团体",
        UnitKind.TOWNSHIP: "乡 镇 街道 乡镇街道",
        UnitKind.INSTITUTION: "事业",
        UnitKind.ENTERPRISE: "国企 企业",
        UnitKind.VILLAGE: "村 社区 村居 村社区",
        UnitKind.SUPERVISOR: "纪检监察机构 纪检组 派驻机构 监督",
        UnitKind.OFFICE: "科室 股室 内设科室",
    },
    Profile: {
        Profile.COUNTY: "县区 县级",
        Profile.BUREAU: "部门 局级",
        Profile.SCHOOL: "学校",
    },
    LeaderLevel: {
        LeaderLevel.HEAD: "正 主要负责人 一把手",
        LeaderLevel.DEPUTY: "副 班子成员",
        LeaderLevel.MIDDLE: "中层干部",
        LeaderLevel.STAFF: "经办人 工作人员 一般",
    },
    AppointmentKind: {
        AppointmentKind.REGULAR: "正式 担任 任",
        AppointmentKind.ACTING: "代 代职",
        AppointmentKind.CONCURRENT: "兼职 兼",
        AppointmentKind.PRESIDING: "主持工作",
    },
    ResponsibilityKind: {
        ResponsibilityKind.POST: "岗位责任人",
        ResponsibilityKind.LEADER: "领导责任人",
    },
    PartyStanding: {
        PartyStanding.MEMBER: "党员 中国共产党党员",
        PartyStanding.PROBATIONARY: "预备党员",
        PartyStanding.YOUTH_LEAGUE: "团员",
        PartyStanding.REVOLUTIONARY_COMMITTEE: "民革",
        PartyStanding.DEMOCRATIC_LEAGUE: "民盟",
        PartyStanding.NATIONAL_CONSTRUCTION: "民建",
        PartyStanding.PROMOTING_DEMOCRACY: "民进",
        PartyStanding.PEASANTS_AND_WORKERS: "农工党",
        PartyStanding.ZHI_GONG: "致公党",
        PartyStanding.JIU_SAN: "九三 九三学社",
        PartyStanding.TAIWAN_LEAGUE: "台盟",
        PartyStanding.NO_PARTY: "无党派",
    },
}


class Unreadable(Exception):  # noqa: N818 - becomes a fault of the cell
    """A cell that does not say what its column holds."""

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence


def value_of(field: Field, cell: object) -> Any:  # noqa: ANN401 - as many types as columns hold
    """Return the value of a cell; None for an empty one.

    Raises:
        Unreadable: ORG-25 for an error or a number that lost digits, ORG-26 for an unknown
            word, ORG-27 for what is no date, ORG-28 for what is no number of years.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        cell = cell.strip()
        if not cell:
            return None
        if _ERROR.fullmatch(cell):
            raise Unreadable(
                "ORG-25", zh("公式算错了，显示为「{text}」。请填写值本身。", text=cell)
            )
    return _READERS[field.holds](field, cell)


def _text(_field: Field, cell: object) -> str:
    return written(cell)


def _lines(_field: Field, cell: object) -> str:
    return written(cell).replace("\r\n", "\n").replace("\r", "\n")


def _code(_field: Field, cell: object) -> str:
    return _folded(_exact(cell))


def _codes(_field: Field, cell: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(_exact(cell))))


def _number(_field: Field, cell: object) -> str:
    return re.sub(r"\s", "", _folded(_exact(cell))).upper()


def _exact(cell: object) -> str:
    """Refuse what a spreadsheet spoiled by taking it for a number or a date."""
    if isinstance(cell, int | float) and not abs(cell) < _MOST_EXACT:
        raise Unreadable(
            "ORG-25",
            zh("被当成了数字，后几位已经丢失。请把这一列设为文本格式，再重新填写。"),
        )
    if isinstance(cell, date):
        raise Unreadable(
            "ORG-25",
            zh("被当成了日期（{day}）。请把这一列设为文本格式，再重新填写。", day=written(cell)),
        )
    return written(cell)


def written(cell: object) -> str:
    """Return what a cell shows as text."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if abs(cell) < _MOST_EXACT and cell.is_integer() else f"{cell:.10g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _plain(text: str) -> str:
    return "".join(_folded(text).casefold().split())


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(_folded(text)) if part]


def _word(field: Field, cell: object) -> Term:
    said = written(cell)
    return _meant(field, _plain(said), said)


def _words(field: Field, cell: object) -> tuple[Term, ...]:
    said = written(cell)
    return tuple(dict.fromkeys(_meant(field, part.casefold(), said) for part in _parts(said)))


def _meant(field: Field, word: str, said: str) -> Term:
    words = field.words or Term
    if words not in _MEANS:
        also = _ALSO.get(words, {})
        _MEANS[words] = {
            _plain(name): term
            for term in words
            for name in (term.value, str(term.label), *also.get(term, "").split())
        }
    term = _MEANS[words].get(word)
    if term is None:
        raise Unreadable(
            "ORG-26",
            zh(
                "「{said}」不在允许的词里。请写{words}。",
                said=said[:40],
                words=listing(term.label for term in words),
            ),
        )
    return term


_MEANS: dict[type[Term], dict[str, Term]] = {}


def _date(_field: Field, cell: object) -> date:
    if isinstance(cell, datetime):
        cell = cell.date()
    found = cell if isinstance(cell, date) else _day(cell)
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unreadable(
            "ORG-27",
            zh(
                "「{said}」不是有效的日期。请写成 2026-11-21 这样，年月日都要有。",
                said=written(cell)[:40],
            ),
        )
    return found


def _day(cell: object) -> date | None:
    if isinstance(cell, int | float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return date.fromordinal(_SERIAL_ZERO + int(cell))
    text = _folded(written(cell))
    found = _DATE.fullmatch(re.sub(r"\s*([-./年月日])\s*", r"\1", text))
    parts = found.groups() if found else ()
    if _DIGITS.fullmatch(text):
        parts = (text[:4], text[4:6], text[6:])
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _flag(_field: Field, cell: object) -> bool:
    said = _plain(written(cell))
    if said in _YES or said in _NO:
        return said in _YES
    raise Unreadable("ORG-26", zh("「{said}」不在允许的词里。请写是或否。", said=said[:40]))


def _years(_field: Field, cell: object) -> int:
    found = _YEARS.fullmatch(_plain(written(cell)))
    if not found or not 1 <= int(found[1]) <= MOST_YEARS:
        raise Unreadable(
            "ORG-28",
            zh(
                "「{said}」不是年数。请写 1 到 {most} 的整数，没有限制就留空。",
                said=written(cell)[:40],
                most=MOST_YEARS,
            ),
        )
    return int(found[1])


_READERS: Mapping[Holds, Callable[[Field, object], Any]] = {
    Holds.TEXT: _text,
    Holds.LINES: _lines,
    Holds.CODE: _code,
    Holds.CODES: _codes,
    Holds.NUMBER: _number,
    Holds.WORD: _word,
    Holds.WORDS: _words,
    Holds.DATE: _date,
    Holds.FLAG: _flag,
    Holds.YEARS: _years,
}
