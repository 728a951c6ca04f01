"""JSON from strangers: bounded, complete, nothing said twice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Never, TypeGuard

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import opened

MOST_BYTES = 256 * 2**20
"""How large a document may be: it is held in memory whole, at about ten times its size."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def parsed(path: Path) -> object:
    """Read one JSON document.

    Raises:
        Invalid: OCEL-01 for what is no JSON or names a member twice, OCEL-02 when it is
            too large, OCEL-03 when nested too deeply, FILE-01.
    """
    return _parsed(_bytes(path))


def is_text(value: object) -> TypeGuard[str]:
    """Tell whether this is text that says something and that any file can store."""
    return isinstance(value, str) and bool(value.strip()) and not _LONE_SURROGATE.search(value)


def shown(text: str) -> str:
    """Return text for a sentence: short, and without lone surrogates."""
    return _LONE_SURROGATE.sub("?", text[:80])


def _bytes(path: Path) -> bytes:
    with opened(path) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Invalid(
            "OCEL-02",
            zh("文件超过 {most} MB，太大。请按年度拆成几个文件。", most=MOST_BYTES // 2**20),
        )
    return data


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise Invalid("OCEL-03", zh("文件嵌套太深，不像事件日志。请重新导出。")) from None
    except json.JSONDecodeError as error:
        raise Invalid(
            "OCEL-01",
            zh(
                "文件不是完整的 JSON：第 {line} 行第 {column} 个字符处读不下去。"
                "请重新导出（OCEL 2.0 JSON，不压缩）。",
                line=error.lineno,
                column=error.colno,
            ),
        ) from None
    except (ValueError, MemoryError):
        raise Invalid(
            "OCEL-01", zh("文件不是 UTF-8 编码的 JSON。请重新导出（OCEL 2.0 JSON，不压缩）。")
        ) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Invalid(
            "OCEL-01",
            zh("同一处出现了两个「{name}」，不知道该信哪一个。请重新导出。", name=shown(twice)),
        )
    return members


def _no_constant(name: str) -> Never:
    raise Invalid("OCEL-01", zh("文件里有 JSON 不允许的数值「{name}」。请重新导出。", name=name))
