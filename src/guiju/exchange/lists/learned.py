"""What people have confirmed about columns, kept in a small TOML file.

TOML::

    [power]
    "事项大类" = "power.kind"
    "填报人" = "none.ignored"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.sentence import quoted, zh
from guiju.exchange.files import opened, replacing
from guiju.exchange.lists.dictionary import Learned, targets
from guiju.exchange.lists.words import TableKind

MOST_BYTES = 1_000_000
MOST_DOTS = 100
_MOST_SHOWN = 12


def read_learned(path: Path) -> Learned:
    """Return the mappings of a file; none where there is no such file yet.

    Raises:
        Invalid: FILE-01; LISTS-13 for what is no TOML or names no known place.
    """
    if not path.exists():
        return {}
    with opened(path) as stream:
        content = stream.read(MOST_BYTES + 1)
    try:
        data = tomllib.loads(_text(content))
    except (ValueError, RecursionError):
        raise Invalid(
            "LISTS-13",
            zh("列名对照文件「{path}」不合 TOML 写法。请检查引号和等号。", path=str(path)),
        ) from None
    return learned_of(data)


def _text(content: bytes) -> str:
    text = content.decode("utf-8-sig")
    # The standard reader takes quadratic time for long dotted keys.
    if len(content) > MOST_BYTES or any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        raise ValueError
    return text


def learned_of(data: Mapping[str, object]) -> Learned:
    """Return mappings from plain data, each checked.

    Raises:
        Invalid: LISTS-13 for an unknown kind of table, or a place that it does not have.
    """
    found: dict[TableKind, dict[str, str]] = {}
    for name, columns in data.items():
        kind = next((one for one in TableKind if name in (one.value, str(one.label))), None)
        if kind is None or not isinstance(columns, Mapping):
            raise Invalid(
                "LISTS-13",
                zh(
                    "列名对照文件里的「{name}」不是一种表。可以写{kinds}。",
                    name=name[:40],
                    kinds=quoted(TableKind),
                ),
            )
        for header, target in columns.items():
            if target == "":
                continue  # nobody has said yet what it means
            if not isinstance(target, str) or target not in targets(kind):
                raise Invalid(
                    "LISTS-13",
                    zh(
                        "列名对照文件里「{header}」对应的「{target}」不存在。可以写{targets}。",
                        header=str(header)[:40],
                        target=str(target)[:40],
                        targets=quoted(sorted(targets(kind)), most=_MOST_SHOWN),
                    ),
                )
            found.setdefault(kind, {})[str(header)] = target
    return found


def write_learned(path: Path, confirmed: Learned, asked: Learned) -> None:
    """Keep what is confirmed, and below it the columns that a person should look at.

    Raises:
        Invalid: FILE-02 when it cannot be written.
    """
    lines = [
        "# 列名对照：列名 = 它在清单里的位置。改好后再次导入就按它来读。",
        "# 不采用的列写 none.ignored；留空的列还没有人说明。",
    ]
    for kind in TableKind:
        sure, unsure = confirmed.get(kind, {}), asked.get(kind, {})
        open_ones = {header: target for header, target in unsure.items() if header not in sure}
        if not sure and not open_ones:
            continue
        lines += ["", f"[{kind.value}] # {kind.label}"]
        lines += [f"{_quoted(header)} = {_quoted(target)}" for header, target in sure.items()]
        for header, target in open_ones.items():
            guess = f" # 猜是 {target}" if target else ""
            lines.append(f'{_quoted(header)} = ""{guess}')
    with replacing(path) as stream:
        stream.write(("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _quoted(text: str) -> str:
    """Write a TOML string; JSON's escapes are TOML's too, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
