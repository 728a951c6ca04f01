"""One TOML table, read key by key, with a refusal for all that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Term

MOST_LETTERS = 200
"""In one name."""

T = TypeVar("T", bound=Term)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file, read key by key; ``where`` names it in refusals."""

    where: Sentence
    values: dict[str, object]

    def only(self, *known: str) -> None:
        for key in self.values:
            if key not in known:
                raise Invalid(
                    "RULE-05",
                    zh(
                        "{where}里的键「{key}」不认识。{hint}",
                        where=self.where,
                        key=key[:60],
                        hint=_hint(key, known),
                    ),
                )

    def text(self, key: str, default: str | None = None) -> str:
        value = self._get(key, default)
        if not isinstance(value, str) or not (value or default == "") or len(value) > MOST_LETTERS:
            raise self._wrong(
                key, zh("一段文字，写在引号里，不空，不超过 {most} 字", most=MOST_LETTERS)
            )
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self._get(key, default)
        if isinstance(value, tuple):
            return value
        if not isinstance(value, list) or not value or not all(map(_is_name, value)):
            raise self._wrong(key, zh('一列不空的文字，如 ["审核", "审批"]'))
        return tuple(dict.fromkeys(value))

    def dates(self, key: str) -> frozenset[date]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or any(type(one) is not date for one in value):
            raise self._wrong(key, zh("一列日期，不加引号，如 [2027-01-01]"))
        return frozenset(value)

    def years(self, key: str) -> frozenset[int]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or any(type(one) is not int for one in value):
            raise self._wrong(key, zh("一列年份，如 [2027]"))
        return frozenset(value)

    def whole(self, key: str, default: int | None = None, *, low: int, high: int) -> int:
        value = self._get(key, default)
        if type(value) is not int:
            raise self._wrong(key, zh("一个整数"))
        if not low <= value <= high:
            raise Invalid(
                "RULE-10",
                zh(
                    "{where}的「{key}」应在 {low} 到 {high} 之间。请改正。",
                    where=self.where,
                    key=key,
                    low=low,
                    high=high,
                ),
            )
        return value

    def term(self, key: str, words: list[T], default: T | None = None) -> T:
        written = self.text(key, default)
        for word in words:
            if written in (word, str(word.label)):
                return word
        known = [str(word.label) for word in words] + [str(word) for word in words]
        raise Invalid(
            "RULE-06",
            zh(
                "{where}的「{key}」写的是「{written}」，没有这种写法。{hint}",
                where=self.where,
                key=key,
                written=written[:60],
                hint=_hint(written, known),
            ),
        )

    def nonsense(self, problem: Sentence) -> Invalid:
        return Invalid("RULE-11", zh("{where}：{problem}", where=self.where, problem=problem))

    def _get(self, key: str, default: object) -> object:
        value = self.values.get(key, default)
        if value is None:
            raise Invalid(
                "RULE-07",
                zh("{where}缺少「{key}」。请对照示例补上。", where=self.where, key=key),
            )
        return value

    def _wrong(self, key: str, wanted: Sentence) -> Invalid:
        return Invalid(
            "RULE-08",
            zh(
                "{where}的「{key}」应是{wanted}。请改正。", where=self.where, key=key, wanted=wanted
            ),
        )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MOST_LETTERS


def _hint(written: str, known: Sequence[str]) -> Sentence:
    near = get_close_matches(written[:60], known, 1, 0.5)
    if near:
        return zh("是不是「{near}」？", near=near[0])
    return zh("可以写：{known}。", known=listing(known))
