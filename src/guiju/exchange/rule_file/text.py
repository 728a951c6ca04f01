"""From bytes to TOML values, whatever strangers send."""

from __future__ import annotations

import re
import tomllib

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

MOST_BYTES = 1_000_000
MOST_DOTS = 100
"""In one line: the standard reader needs quadratic time and memory for long dotted keys."""


def parsed(content: bytes) -> dict[str, object]:
    """Return the values of a TOML file; raises RULE-01 to RULE-03 as ``read_rules``."""
    return _parsed(_decoded(content))


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Invalid(
            "RULE-03",
            zh("规则文件超过 {most} 字节。请核对是否选错了文件，或分成几个。", most=MOST_BYTES),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Invalid(
            "RULE-01",
            zh("规则文件第 {line} 行不是 UTF-8 编码。请用 UTF-8 编码另存。", line=line),
        ) from None


def _parsed(text: str) -> dict[str, object]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#"):
            raise Invalid(
                "RULE-03",
                zh("规则文件第 {line} 行的点号太多，读不了。请删去多余的点号。", line=number),
            )
    try:
        return tomllib.loads(text)
    # Besides its own error the standard reader lets pass: huge numbers, deep nesting.
    except (ValueError, RecursionError) as error:
        raise Invalid("RULE-02", _syntax(str(error), text)) from None


def _syntax(error: str, text: str) -> Sentence:
    lines = text.rstrip("\n").split("\n")
    found = re.search(r"at line (\d+), column (\d+)", error)
    if found is None and "end of document" not in error:
        return zh("规则文件读不了：数字太长或括号套得太深。请对照示例改写。")
    line = min(int(found[1]), len(lines)) if found else len(lines)
    return zh(
        "规则文件第 {line} 行写法有误：「{text}」。"
        "请看引号、括号、等号是否成对齐全，同一个键是否写了两次。",
        line=line,
        text=lines[line - 1].strip()[:60],
    )
