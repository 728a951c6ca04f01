"""What is wrong with a row by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import assert_never
from unicodedata import is_normalized

from guiju.core.organisation.check_digits import (
    has_id_form,
    id_birthday,
    id_check_holds,
    is_area_code,
    is_credit_code,
)
from guiju.core.organisation.columns import FIELDS, MOST_CODES, Column, Field, Holds
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    Fault,
    Organisation,
    PersonRow,
    PostRow,
    Row,
    UnitRow,
)
from guiju.core.sentence import Sentence, listing, zh

_CODE = re.compile(r"[\w.-]+")
_PHONE = re.compile(r"(?:\+?86-?)?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}")
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff"
)
_ODD = re.compile(f"[{_UNSEEN}\t\n]")
_ODD_IN_LINES = re.compile(f"[{_UNSEEN}]")

Found = tuple[Column, str, Sentence]

_MISSING = zh("这一格必须填写（合并单元格须拆开填满）。")
_ODD_CODE = zh("编号只能用汉字、字母、数字、点和短横线，中间不留空格。")
_ODD_TEXT = zh("有换行或看不见的字符，或首尾有空格。请删掉后重新填写。")
_ORDER = zh("必须晚于开始的日期。结束当天不再算在内，接任的人可以从这一天起任。")
_CREDIT = zh("不是有效的统一社会信用代码（18 位，不用 I、O、S、V、Z，末位是校验码）。请对照证书。")
_AREA = zh("不是行政区划代码。请写 6 位数字，如 320412。")
_ID_FORM = zh("身份证号应为 18 位，末位可以是 X。请对照证件重新填写。")
_ID_BIRTHDAY = zh("身份证号里的出生日期不存在。请对照证件重新填写。")
_ID_CHECK = zh("身份证号的校验码不对，有一位或几位写错了。请对照证件重新填写。")
_PHONE_FORM = zh("不是手机或固定电话号码。请写 11 位手机号，或区号加固定电话号码。")
_SELF = zh("岗位不能与自己不相容。请删去它自己的编号。")


def each_alone(organisation: Organisation) -> Iterator[Fault]:
    """Yield what is wrong with each row, whatever the others say."""
    for sheet, fields in FIELDS.items():
        for row in organisation.rows(sheet):
            for field in fields:
                found = _cell(row, field)
                if found:
                    yield Fault(sheet, row.row, field.column, *found)
            for column, code, sentence in _row(row):
                yield Fault(sheet, row.row, column, code, sentence)


def _cell(row: Row, field: Field) -> tuple[str, Sentence] | None:
    value = getattr(row, field.name)
    if not value:
        absent = field.required and field.column not in row.unsaid
        return ("ORG-30", _MISSING) if absent else None
    if isinstance(value, tuple):
        return _several(value, field)
    return _text(value, field) if isinstance(value, str) else None


def _text(value: str, field: Field) -> tuple[str, Sentence] | None:
    if len(value) > field.most:
        return "ORG-29", zh("太长，最多 {most} 个字。请缩短。", most=field.most)
    if field.holds is Holds.CODE:
        return None if _is_code(value) else ("ORG-31", _ODD_CODE)
    odd = _ODD_IN_LINES if field.holds is Holds.LINES else _ODD
    return ("ORG-25", _ODD_TEXT) if odd.search(value) or value != value.strip() else None


def _several(values: tuple[str, ...], field: Field) -> tuple[str, Sentence] | None:
    if len(values) > MOST_CODES:
        return "ORG-29", zh("写了太多项，最多 {most} 项。请核对。", most=MOST_CODES)
    if field.holds is not Holds.CODES:
        return None
    if any(len(value) > field.most for value in values):
        return "ORG-29", zh("太长，最多 {most} 个字。请缩短。", most=field.most)
    return None if all(map(_is_code, values)) else ("ORG-31", _ODD_CODE)


def _is_code(value: str) -> bool:
    return _CODE.fullmatch(value) is not None and is_normalized("NFKC", value)


def _row(row: Row) -> Iterator[Found]:
    match row:
        case UnitRow():
            yield from _unit(row)
        case PostRow():
            yield from _post(row)
        case PersonRow():
            yield from _person(row)
        case AppointmentRow() | DutyRow():
            if row.start and row.end and row.end <= row.start:
                yield Column.END, "ORG-43", _ORDER
        case _:
            assert_never(row)


def _unit(row: UnitRow) -> Iterator[Found]:
    if row.credit_code and not is_credit_code(row.credit_code):
        yield Column.CREDIT_CODE, "ORG-37", _CREDIT
    if row.area_code and not is_area_code(row.area_code):
        yield Column.AREA_CODE, "ORG-39", _AREA
    yield from _founding(row)


def _post(row: PostRow) -> Iterator[Found]:
    if row.code and row.code in row.incompatible:
        yield Column.INCOMPATIBLE, "ORG-50", _SELF
    both = [function for function in row.functions if function in row.barred]
    if both:
        yield (
            Column.BARRED,
            "ORG-51",
            zh(
                "「{functions}」既在分工里，又在不得兼管里。请删去一处。",
                functions=listing(function.label for function in both),
            ),
        )
    yield from _founding(row)


def _founding(row: UnitRow | PostRow) -> Iterator[Found]:
    if row.founded and row.abolished and row.abolished <= row.founded:
        yield Column.ABOLISHED, "ORG-43", _ORDER


def _person(row: PersonRow) -> Iterator[Found]:
    number = row.id_number
    if number:
        for holds, sentence in _ID_STEPS.items():
            if not holds(number):
                yield Column.ID_NUMBER, "ORG-40", sentence
                break
    if row.phone and not _PHONE.fullmatch(row.phone):
        yield Column.PHONE, "ORG-42", _PHONE_FORM


_ID_STEPS: Mapping[Callable[[str], object], Sentence] = {
    has_id_form: _ID_FORM,
    id_birthday: _ID_BIRTHDAY,
    id_check_holds: _ID_CHECK,
}
