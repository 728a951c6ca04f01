"""What a cell of a list says, in the many ways in which offices write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from guiju.core.lists.values import Period
from guiju.core.lists.words import PeriodUnit, PowerKind
from guiju.core.organisation import columns
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Term
from guiju.exchange.lists.dictionary import bare, doubtful_words, word_meanings
from guiju.exchange.lists.fields import Field, Holds
from guiju.exchange.organisation.cells import Unreadable, value_of
from guiju.exchange.steps.notation import counted

_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_NOTHING = frozenset({"无", "/", "-", "—", "——", "暂无", "\\"})
BETWEEN = re.compile(r"[、，,;；/|\s]+")
_DIGIT = "零〇一二两三四五六七八九十百"
_PERIOD = re.compile(
    rf"([0-9]{{1,5}}|[{_DIGIT}]{{1,7}})\s*个?(工作日|自然日|日历日|日|天|月|年|周)内?"
)
_AT_ONCE = frozenset({"即办", "即办件", "当场", "当场办结", "当日", "即时", "当天"})
_EVERY = {
    "日": Period(1, PeriodUnit.DAYS),
    "天": Period(1, PeriodUnit.DAYS),
    "周": Period(7, PeriodUnit.DAYS),
    "月": Period(1, PeriodUnit.MONTHS),
    "季": Period(3, PeriodUnit.MONTHS),
    "季度": Period(3, PeriodUnit.MONTHS),
    "半年": Period(6, PeriodUnit.MONTHS),
    "年": Period(1, PeriodUnit.YEARS),
    "年度": Period(1, PeriodUnit.YEARS),
}
_UNITS = {
    "工作日": PeriodUnit.WORKING_DAYS,
    "自然日": PeriodUnit.DAYS,
    "日历日": PeriodUnit.DAYS,
    "日": PeriodUnit.DAYS,
    "天": PeriodUnit.DAYS,
    "月": PeriodUnit.MONTHS,
    "年": PeriodUnit.YEARS,
}
_MONEY = re.compile(
    r"[¥￥]?\s*([0-9][0-9,]*(?:\.[0-9]{1,6})?)\s*(万|千|百|亿)?\s*(?:元|倍|%|日)?(?:人民币)?"
)
_TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_GRADES = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4,
    "一": 1, "二": 2, "三": 3, "四": 4, "高": 1, "中": 2, "低": 3, "中等": 2,
    "***": 1, "**": 2, "*": 3,
    "l": 1, "ll": 2, "lll": 3, "a": 1, "b": 2, "c": 3, "重大": 1, "较大": 2, "一般": 3,
    "红": 1, "黄": 2, "蓝": 3,
}  # fmt: skip
_UNUSUAL = frozenset(
    {"l", "ll", "lll", "a", "b", "c", "重大", "较大", "一般", "红", "黄", "蓝", "iv", "4", "四"}
)
_AROUND_GRADE = re.compile(r"风险|等级|级|类|[\s()]")
_STAR = re.compile("[★☆⭐*]")
_HIGH = {"1": 1, "2": 2, "3": 3, "低": 1, "中": 2, "高": 3, "小": 1, "大": 3, "较低": 1, "较高": 3}
_DAY = columns.Field(columns.Column.START, "day", columns.Holds.DATE)
_FLAG = columns.Field(columns.Column.IS_KEY, "flag", columns.Holds.FLAG)
_PUBLIC_SERVICE = frozenset({"20", "公共服务"})
BY_NUMBER = zh("这一列的数字按国家政务服务平台的事项类型代码来读，请核对。")
_GUESSED_WORD = zh("这样写不常见，意思是猜的。")


@dataclass(frozen=True, slots=True)
class Said:
    """A value, and why it may not be what was meant."""

    value: Any
    doubt: Sentence | None = None


def read_cell(
    field: Field, text: str, *, is_exact: bool = False, kinds: Mapping[str, str] | None = None
) -> Said:
    """Return what a cell says; a value of None for 「无」 and the like.

    Args:
        field: the column that the cell stands in.
        text: what it says, trimmed.
        is_exact: the text is known to be no error of a formula, and not written by habit.
        kinds: what the profile calls its own kinds of power, label to code.

    Raises:
        Unreadable: LISTS-20 for what its column cannot hold, ORG-26 and ORG-27 for yes or no
            and for dates; its sentence says why.
    """
    if not is_exact and _ERROR.fullmatch(text):
        raise Unreadable("LISTS-20", zh("公式算错了。请填写值本身。"))
    if field.holds not in _PLAIN and text.strip() in _NOTHING:
        return Said(None)
    if field.holds is Holds.KIND and kinds and text.strip() in kinds:
        return Said(kinds[text.strip()])
    said = _READERS[field.holds](field, text)
    return Said(said.value) if is_exact else said


def _text(_field: Field, text: str) -> Said:
    return Said(text)


def _texts(_field: Field, text: str) -> Said:
    return Said(tuple(part.strip() for part in text.split("\n") if part.strip()))


def _kind(_field: Field, text: str) -> Said:
    plain = bare(text)
    code = word_meanings("PowerKind").get(plain)
    if code is None:
        code = next((one.value for one in PowerKind if plain == one.value), None)
    if code is None:
        known = plain in _PUBLIC_SERVICE
        return Said("公共服务" if known else text, zh("不是十类行政权力之一，照原文留下。"))
    return Said(code, BY_NUMBER if plain in doubtful_words("PowerKind") else None)


def kind_in(heading: str) -> str:
    """Return the kind of power that a heading such as 「一、行政许可（共5项）」 names, or none."""
    words = re.sub(
        r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．\s]+|[(（].*$|[共计]*\d+[项条].*$",
        "",
        heading,
    )
    code = word_meanings("PowerKind").get(bare(words), "")
    return "" if bare(words) in doubtful_words("PowerKind") or not code else code


def _word(field: Field, text: str) -> Said:
    return _one_word(field, text)


def _words(field: Field, text: str) -> Said:
    said = [_one_word(field, part) for part in BETWEEN.split(text) if part]
    doubt = next((one.doubt for one in said if one.doubt), None)
    return Said(tuple(dict.fromkeys(one.value for one in said)), doubt)


def _one_word(field: Field, text: str) -> Said:
    words = field.words or Term
    said = _word_among(words, text)
    if said is None:
        raise Unreadable(
            "LISTS-20",
            zh(
                "「{said}」不在允许的词里。可以写{words}。",
                said=text[:40],
                words=listing((one.label for one in words), most=12),
            ),
        )
    return said


@lru_cache(4096)
def _word_among(words: type[Term], text: str) -> Said | None:
    """Return which word is meant; the same few stand in many thousand cells."""
    plain = bare(text)
    code = word_meanings(words.__name__).get(plain)
    for one in words:
        if plain in (one.value, bare(str(one.label))) or one.value == code:
            is_unusual = plain in doubtful_words(words.__name__)
            return Said(one, _GUESSED_WORD if is_unusual else None)
    return None


def _grade(_field: Field, text: str) -> Said:
    plain = unicodedata.normalize("NFKC", text).casefold()
    stars = len(_STAR.findall(plain))
    short = _AROUND_GRADE.sub("", plain)
    if stars and stars == len(short):
        short = "*" * stars
    grade = _GRADES.get(short)
    if grade is None:
        raise Unreadable(
            "LISTS-20",
            zh("「{said}」看不出是哪一级。可以写一级、二级、三级或高、中、低。", said=text[:40]),
        )
    return Said(grade, _GUESSED_WORD if short in _UNUSUAL else None)


def _count(_field: Field, text: str) -> Said:
    plain = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch(r"[0-9]{1,15}", plain):
        return Said(int(plain))
    if plain in _HIGH:
        return Said(_HIGH[plain])
    raise Unreadable("LISTS-20", zh("「{said}」不是数目。请写整数。", said=text[:40]))


def _flag(_field: Field, text: str) -> Said:
    return Said(value_of(_FLAG, text))


def _date(_field: Field, text: str) -> Said:
    return Said(value_of(_DAY, text))


def _period(_field: Field, text: str) -> Said:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if plain in _AT_ONCE:
        return Said(Period(0, PeriodUnit.WORKING_DAYS))
    if plain[:1] == "每" and plain[1:].rstrip("1一次") in _EVERY:
        return Said(_EVERY[plain[1:].rstrip("1一次")])
    found = _PERIOD.fullmatch(plain)
    if not found:
        raise Unreadable(
            "LISTS-20",
            zh(
                "「{said}」看不出是多长时间。请写成「20个工作日」「3个月」或「即办」。",
                said=text[:40],
            ),
        )
    amount = counted(found[1])
    if found[2] == "周":
        return Said(Period(amount * 7, PeriodUnit.DAYS))
    return Said(Period(amount, _UNITS[found[2]]))


def _amount(_field: Field, text: str) -> Said:
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _MONEY.fullmatch(plain)
    if found:
        hundredths = hundredths_of(found[1], found[2] or "")
        if hundredths is not None:
            return Said(hundredths)
    raise Unreadable(
        "LISTS-20", zh("「{said}」不是数额。请只写数字，最多两位小数。", said=text[:40])
    )


def hundredths_of(number: str, unit: str = "") -> int | None:
    """Return a number as hundredths, 「2.5」 with 「万」 as 2,500,000; None for finer ones."""
    try:
        exact = Decimal(number.replace(",", "")) * 100 * _TIMES[unit]
    except (InvalidOperation, KeyError):
        return None
    return int(exact) if exact == exact.to_integral_value() else None


_PLAIN = frozenset({Holds.TEXT, Holds.TEXTS, Holds.KIND, Holds.CODE})
_READERS: Mapping[Holds, Callable[[Field, str], Said]] = {
    Holds.TEXT: _text,
    Holds.CODE: _text,
    Holds.TEXTS: _texts,
    Holds.WORD: _word,
    Holds.WORDS: _words,
    Holds.KIND: _kind,
    Holds.GRADE: _grade,
    Holds.COUNT: _count,
    Holds.FLAG: _flag,
    Holds.DATE: _date,
    Holds.PERIOD: _period,
    Holds.AMOUNT: _amount,
}
