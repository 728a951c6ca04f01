"""Who holds which post: a small TOML file, or CSV with the columns 岗位, 人员 and 代理人.

TOML::

    [posts]
    "受理岗" = ["张三", "李四"]
    "审核岗" = { people = ["王五"], deputies = ["赵六"] }

TOML wants quotes around Chinese keys; ``"岗位"``, ``"人员"`` and ``"代理人"`` may stand
for the English ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.flow.people.posts import Holding, Roster
from guiju.core.sentence import Sentence, listing, zh
from guiju.exchange.files import opened
from guiju.exchange.office_text import office_text, table_rows

MOST_BYTES = 1_000_000
MOST_DOTS = 100
"""In one line of TOML: the standard reader takes quadratic time for long dotted keys."""

_TOP = 10
"""In how many rows the header is looked for."""

_POST, _PEOPLE, _DEPUTIES = "岗位", "人员", "代理人"
_HEADERS = {
    _POST: _POST,
    "岗位名称": _POST,
    "post": _POST,
    "posts": _POST,
    _PEOPLE: _PEOPLE,
    "姓名": _PEOPLE,
    "people": _PEOPLE,
    _DEPUTIES: _DEPUTIES,
    "代理": _DEPUTIES,
    "deputies": _DEPUTIES,
}
_BETWEEN_NAMES = re.compile(r"[、，,;；/|\n\r\t]")
_SPACE_IN_CHINESE = re.compile(r"(?<=[⺀-鿿])\s+(?=[⺀-鿿])")


@dataclass(frozen=True, slots=True)
class StaffingFile:
    """What a file says about posts, and what the user should know about how it was read."""

    roster: Roster
    remarks: tuple[Sentence, ...] = ()


def read_staffing(path: Path) -> StaffingFile:
    """Read who holds which post; ``.toml`` as TOML, all else as CSV.

    Raises:
        Invalid: FILE-01 when it cannot be opened; STAFF-01 not text, STAFF-02 not TOML,
            STAFF-03 too large, STAFF-04 a header that is missing or double, STAFF-05 a
            row or post that makes no sense, STAFF-06 no post at all.
    """
    with opened(path) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Invalid(
            "STAFF-03",
            zh("人员文件超过 {most} 字节。请核对是否选错了文件。", most=MOST_BYTES),
        )
    text = _decoded(content)
    if path.suffix.lower() == ".toml":
        return _told(_toml_entries(text))
    table = _table(text)
    return _told(_csv_entries(table), _unused(table))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One statement about a post."""

    post: str
    people: Sequence[str]
    deputies: Sequence[str]


def _told(entries: Iterable[_Entry], remarks: tuple[Sentence, ...] = ()) -> StaffingFile:
    roster: dict[str, Holding] = {}
    for entry in entries:
        known = roster.get(entry.post, Holding())
        roster[entry.post] = Holding(
            known.holders.union(entry.people), known.deputies.union(entry.deputies)
        )
    if not roster:
        raise Invalid("STAFF-06", zh("人员文件里一个岗位也没有。请至少写一个岗位和它的人员。"))
    return StaffingFile(roster, remarks)


def _names(text: str) -> list[str]:
    """Split a cell into names; 「张　三」 and 「张三」 are one person."""
    parts = (_SPACE_IN_CHINESE.sub("", part.strip()) for part in _BETWEEN_NAMES.split(text))
    return [part for part in parts if part]


def _decoded(content: bytes) -> str:
    text = office_text(content)
    if text is None:
        raise Invalid(
            "STAFF-01",
            zh(
                "人员文件不是 UTF-8 或 GB18030 编码的文本。"
                "如果是 Excel 表格，请另存为「CSV UTF-8」格式。"
            ),
        )
    return text


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows below the header, each with its line; ``columns`` are what the headers mean."""

    headers: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[tuple[int, list[str]]]
    above: int


def _table(text: str) -> _Table:
    read = table_rows(text, _separator(text), _broken)
    rows = [(line, cells) for _, line, cells in read]
    for place, (line, headers) in enumerate(rows[:_TOP]):
        columns = _columns(headers)
        if _POST in columns and _PEOPLE in columns:
            double = next((c for c in columns if c and columns.count(c) > 1), "")
            if double:
                raise Invalid(
                    "STAFF-04",
                    zh(
                        "第 {line} 行表头有两个「{column}」列。请只留一个。",
                        line=line,
                        column=double,
                    ),
                )
            return _Table(headers, columns, rows[place + 1 :], place)
    raise Invalid(
        "STAFF-04",
        zh("人员文件前 {top} 行里找不到「岗位」和「人员」两列的表头。请加上表头。", top=_TOP),
    )


def _columns(headers: Iterable[str]) -> list[str]:
    return [_HEADERS.get(header.strip().strip('"').lower(), "") for header in headers]


def _separator(text: str) -> str:
    top = text.split("\n", _TOP)[:_TOP]
    for separator in "\t;，":
        if any({_POST, _PEOPLE} <= set(_columns(line.split(separator))) for line in top):
            return separator
    return ","


def _broken(_row: int, line: int) -> Invalid:
    return Invalid(
        "STAFF-05",
        zh("人员文件第 {line} 行起双引号没有配对，或一格太长。请检查双引号。", line=line),
    )


def _csv_entries(table: _Table) -> Iterator[_Entry]:
    for line, cells in table.rows:
        if len(cells) > len(table.headers):
            raise Invalid(
                "STAFF-05",
                zh(
                    "人员文件第 {line} 行有 {count} 列，表头只有 {wanted} 列。"
                    "几个人写在一格里时，请用顿号隔开。",
                    line=line,
                    count=len(cells),
                    wanted=len(table.headers),
                ),
            )
        row = dict(zip(table.columns, cells, strict=False))
        post = row.get(_POST, "").strip()
        if not post:
            raise Invalid(
                "STAFF-05",
                zh("人员文件第 {line} 行没有写岗位。请补上岗位（合并单元格须拆开）。", line=line),
            )
        yield _Entry(post, _names(row.get(_PEOPLE, "")), _names(row.get(_DEPUTIES, "")))


def _unused(table: _Table) -> tuple[Sentence, ...]:
    named = zip(table.headers, table.columns, strict=True)
    unused = [header.strip() for header, column in named if header.strip() and not column]
    remarks = []
    if table.above:
        remarks.append(zh("略过了表头之前的 {count} 行。", count=table.above))
    if unused:
        remarks.append(zh("没有用到的列：{columns}。", columns=listing(unused)))
    return tuple(remarks)


def _toml_entries(text: str) -> Iterator[_Entry]:
    for key, posts in _toml(text).items():
        if _HEADERS.get(key) != _POST or not isinstance(posts, dict):
            raise Invalid(
                "STAFF-04",
                zh("人员文件只认 [posts] 一张表，却有「{key}」。请把岗位都写在它下面。", key=key),
            )
        for post, value in posts.items():
            yield _toml_entry(post, value if isinstance(value, dict) else {_PEOPLE: value})


def _toml_entry(post: str, written: dict[str, object]) -> _Entry:
    fields = {_HEADERS.get(key, ""): value for key, value in written.items()}
    if not post.strip() or len(fields) < len(written) or fields.keys() - {_PEOPLE, _DEPUTIES}:
        raise _odd(post)
    return _Entry(
        post.strip(),
        _listed(post, fields.get(_PEOPLE, [])),
        _listed(post, fields.get(_DEPUTIES, [])),
    )


def _listed(post: str, value: object) -> list[str]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise _odd(post)
    names: list[str] = []
    for item in items:
        found = _names(item) if isinstance(item, str) else []
        if not found:
            raise _odd(post)
        names += found
    return names


def _odd(post: str) -> Invalid:
    return Invalid(
        "STAFF-05",
        zh(
            "人员文件里岗位「{post}」的写法看不懂。请写成 {simple} 或 {full}。",
            post=post,
            simple='"受理岗" = ["张三", "李四"]',
            full='"受理岗" = { people = ["张三"], deputies = ["李四"] }',
        ),
    )


def _toml(text: str) -> dict[str, object]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise _not_toml(number, text)
    try:
        return tomllib.loads(text)
    # Beside its own error the standard reader lets pass huge numbers and deep nesting.
    except (ValueError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        raise _not_toml(int(found[1]) if found else text.count("\n") + 1, text) from None


def _not_toml(line: int, text: str) -> Invalid:
    written = text.split("\n")[line - 1].strip()
    return Invalid(
        "STAFF-02",
        zh(
            "人员文件第 {line} 行「{text}」不合 TOML 写法。"
            "中文岗位名要加英文双引号；请看引号、括号、等号是否齐全，岗位是否写了两次。",
            line=line,
            text=written[:60],
        ),
    )
