"""Classification marks: a state secret must not enter a network that is not classified.

A mark is the grade, then ★ and usually a term (国家秘密定密管理规定; GB/T 9704-2012, 7.2.2:
密级和保密期限), such as ``秘密★10年`` or ``绝密★启用前``. Ordinary words (保守秘密、商业秘密)
are none; a grade with a term but no star counts only where it stands by itself.
"""

from __future__ import annotations

import re

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

_GAP = r"[ \t\u3000\xa0\r\n]{0,6}"
_GRADE = rf"(?:绝{_GAP}密|机{_GAP}密|秘{_GAP}密)"
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_TERM = rf"(?:{_NUMBER}{_GAP}(?:年|个月|月|天|日)|长{_GAP}期|启{_GAP}用{_GAP}前|解密)"
_HAN = r"\u3400-\u9fff"
_MARK = re.compile(
    rf"{_GRADE}{_GAP}[★☆*＊]{_GAP}{_TERM}"
    rf"|(?<![{_HAN}]){_GRADE}{_GAP}[★☆]"
    rf"|密{_GAP}级{_GAP}[:：]?{_GAP}{_GRADE}{_GAP}[★☆](?:{_GAP}{_TERM})?"
    rf"|(?<![{_HAN}]){_GRADE}[ \t\u3000·]{{0,4}}{_TERM}(?![{_HAN}])"
    rf"|密{_GAP}级{_GAP}[:：]{_GAP}{_GRADE}(?![{_HAN}、/／,，或]|[ \t\u3000]*[、/／])"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\xad]")


def worth_reading(markup: bytes) -> bool:
    """Tell whether XML may hold 密 at all, which every mark needs: as itself or by its number."""
    return "密".encode() in markup or b"&#23494;" in markup or b"&#x5bc6;" in markup.lower()


def mark_in(text: str) -> str | None:
    """Return the first classification mark that ``text`` carries, in one line, or None."""
    found = _MARK.search(_INVISIBLE.sub("", text))
    return re.sub(r"\s+", "", found[0]) if found else None


def refuse_marked(text: str, where: Sentence) -> None:
    """Refuse text that carries a classification mark.

    Args:
        text: what was read.
        where: what it was read from, to be shown.

    Raises:
        Invalid: EVIDENCE-11, quoting the mark.
    """
    if mark := mark_in(text):
        raise Invalid(
            "EVIDENCE-11",
            zh(
                "{where}里有密级标志「{mark}」。本系统不在涉密网络上，不能收存国家秘密，"
                "文件没有保存。请立即从本机和网络上移走它，并交本单位保密工作机构按规定处理；"
                "如已解密，请换用去掉标志的版本。",
                where=where,
                mark=mark,
            ),
        )
