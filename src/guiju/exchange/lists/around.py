"""What stands around the rows of a table: titles, headings of groups, notes and totals."""

from __future__ import annotations

import re

from guiju.exchange.lists.sheet import Line

_NOTE = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|填报|联系|单位|部门|日期|时间|监督电话|报送)[^:：]{0,6}[:：]"
)
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|表\s*\d|附件|附表)"
)
_NAMED = re.compile(r"(?:清单|目录|一览表|汇总表|登记表|自查表|措施表|名单|手册|基准|流程|表)\s*$")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|共)\s*[:：]?\s*\d*")
_LONGEST = 60


def is_heading(text: str) -> bool:
    """Tell whether a text standing alone is a title or the heading of a part."""
    short = text.strip()
    if len(short) > _LONGEST:
        return False
    return bool(_HEADING.match(short) or _NAMED.search(short))


def is_note(text: str) -> bool:
    """Tell whether a text standing alone is a note below or above a table."""
    return bool(_NOTE.match(text.strip()))


def is_total(line: Line) -> bool:
    """Tell whether a line states totals instead of an item."""
    first = next((text for _, text in line.filled()), "")
    return bool(_TOTAL.match(first)) and len(first) <= 20


def alone(line: Line) -> str:
    """Return the text of a line that has but one; empty otherwise."""
    texts = [text for _, text in line.filled()]
    return texts[0] if len(texts) == 1 else ""
