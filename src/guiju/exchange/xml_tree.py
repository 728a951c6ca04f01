"""XML that strangers send, read into a small tree that knows where each element stands.

Offsets count bytes of the text in UTF-8, so that a writer can change one attribute and
leave every other byte of the file alone.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

MAX_BYTES = 32 * 1024 * 1024
MAX_ITEMS = 200_000
MAX_DEPTH = 200

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"", "utf-8"),
)
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.-]{1,40})["']""")
# GB18030 holds all of GB2312 and GBK, which files declare and then step beyond.
_CODECS = {
    **dict.fromkeys(("gb2312", "gbk", "cp936", "gb18030"), "gb18030"),
    **{name: name for name in ("utf-8", "ascii", "big5", "iso8859-1", "cp1252")},
}
_CUT_SHORT = frozenset({3, 5, 13, 20})
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_QUOTED = {**_ESCAPES, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


@dataclass(slots=True, eq=False)
class Element:
    """One element of a tree.

    Attributes:
        space: namespace URI, empty when there is none.
        name: local name.
        attributes: by local name, or ``{namespace}name`` where they carry a prefix.
        line: where its start tag begins, counted from 1.
        start: byte offset of its start tag.
        close: byte offset of its end tag; of what follows it when the element is ``<a/>``.
        prefixes: namespace declarations made here, prefix to URI.
        pieces: its own text, in pieces.
    """

    space: str
    name: str
    attributes: dict[str, str]
    line: int
    start: int
    parent: Element | None = field(default=None, repr=False)
    close: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list, repr=False)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside, without that of children."""
        return "".join(self.pieces)

    def get(self, attribute: str) -> str:
        """Return an attribute's value, empty when it is absent."""
        return self.attributes.get(attribute, "")

    def flag(self, attribute: str) -> bool:
        """Tell whether a yes-or-no attribute says yes."""
        return self.get(attribute).strip() in ("true", "1")

    def all(self, *names: str) -> Iterator[Element]:
        """Yield the children in this element's namespace that bear one of ``names``."""
        return (c for c in self.children if c.name in names and c.space == self.space)

    def first(self, *names: str) -> Element | None:
        """Return the first of ``all(*names)``."""
        return next(self.all(*names), None)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its root, its text as UTF-8, and how the file itself was encoded."""

    root: Element
    data: bytes
    codec: str
    mark: bytes

    def encoded(self, data: bytes) -> bytes:
        """Return ``data`` (UTF-8) in the file's own encoding."""
        if self.codec == "utf-8":
            return self.mark + data
        return self.mark + data.decode().encode(self.codec, "xmlcharrefreplace")


def parse(source: bytes) -> Document:
    """Read ``source`` with DTDs, entities and references to other files forbidden.

    Raises:
        Invalid: XML-01 empty, XML-02 too large, XML-03 encoding, XML-04 not well formed,
            XML-05 DTD or entities, XML-06 nested too deep, XML-07 too many elements and attributes.
    """
    if len(source) > MAX_BYTES:
        raise Invalid(
            "XML-02",
            zh(
                "文件有 {size} MB，超过流程文件的上限 {limit} MB。请确认给的是流程而不是日志。",
                size=-(-len(source) // 1024**2),
                limit=MAX_BYTES // 1024**2,
            ),
        )
    if not source.strip(b" \t\r\n\0"):
        raise Invalid("XML-01", zh("文件是空的。请检查它是否导出完整。"))
    data, codec, mark = _in_utf8(source)
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=True)
    builder.expat = vars(parser)["parser"]
    try:
        parser.feed(data)
        parser.close()
    except ParseError as error:
        raise _ill_formed(data, error) from None
    except DefusedXmlException:
        raise Invalid(
            "XML-05",
            zh(
                "第 {line} 行有文档类型声明（DTD）或实体定义，可能藏有攻击，不予读取。"
                "请删去「<!DOCTYPE …>」一段再试。",
                line=builder.expat.CurrentLineNumber,
            ),
        ) from None
    return Document(builder.opened[0].children[0], data, codec, mark)


class _Builder:
    """Takes the parser's calls and builds the tree under a nameless element."""

    expat: Any  # pyexpat's parser type has no public name

    def __init__(self) -> None:
        self.opened = [Element("", "", {}, 0, 0)]
        self.prefixes: dict[str, str] = {}
        self.count = 0

    def start_ns(self, prefix: str, uri: str) -> None:
        self.prefixes[prefix] = uri

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        parent = self.opened[-1]
        element = Element(
            space[1:],
            name,
            attributes,
            self.expat.CurrentLineNumber,
            self.expat.CurrentByteIndex,
            parent if len(self.opened) > 1 else None,
            prefixes=self.prefixes,
        )
        self.prefixes = {}
        parent.children.append(element)
        self.opened.append(element)
        self.count += 1 + len(attributes)
        self._check_size(element)

    def _check_size(self, element: Element) -> None:
        if len(self.opened) > MAX_DEPTH + 1:
            raise Invalid(
                "XML-06",
                zh(
                    "第 {line} 行的元素嵌套超过 {limit} 层，不像是流程文件。请检查文件来源。",
                    line=element.line,
                    limit=MAX_DEPTH,
                ),
            )
        if self.count > MAX_ITEMS:
            raise Invalid(
                "XML-07",
                zh(
                    "文件里的元素太多，读到第 {line} 行已超过上限。请把流程拆成几个文件。",
                    line=element.line,
                ),
            )

    def end(self, _tag: str) -> None:
        self.opened.pop().close = self.expat.CurrentByteIndex

    def data(self, text: str) -> None:
        self.opened[-1].pieces.append(text)

    def close(self) -> None:
        """Nothing is left to do when the document ends."""


def _in_utf8(source: bytes) -> tuple[bytes, str, bytes]:
    """Return the text as UTF-8, the codec it was in, and its byte order mark."""
    mark, codec = next((mark, codec) for mark, codec in _MARKS if source.startswith(mark))
    if not mark:
        codec = next((codec for head, codec in _UNMARKED if source.startswith(head)), "")
        codec = codec or _declared_codec(source)
    try:
        text = source[len(mark) :].decode(codec)
        return text.encode(), codec, mark
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        raise Invalid(
            "XML-03",
            zh(
                "第 {line} 行有不属于 {codec} 编码的字节。"
                "请用原软件重新导出，或把文件另存为 UTF-8 编码。",
                line=source.count(b"\n", 0, at) + 1,
                codec=codec.upper(),
            ),
        ) from None


def _declared_codec(source: bytes) -> str:
    found = _DECLARED.match(source)
    if not found:
        return "utf-8"
    name = found[1].decode("ascii", "replace")
    try:
        return _CODECS[codecs.lookup(name).name]
    except LookupError:
        raise Invalid(
            "XML-03", zh("不支持文件声明的编码「{name}」。请把文件另存为 UTF-8 编码。", name=name)
        ) from None


def _ill_formed(data: bytes, error: ParseError) -> Invalid:
    line, column = error.position
    if not data.lstrip().startswith(b"<"):
        return Invalid("XML-04", zh("这不是 XML 文件。请核对给的是不是流程文件。"))
    if error.code in _CUT_SHORT:
        return Invalid(
            "XML-04",
            zh("文件不完整，到第 {line} 行就断了。请重新导出或重新下载。", line=line),
        )
    return Invalid(
        "XML-04",
        zh(
            "第 {line} 行第 {column} 列不合 XML 的写法（标签未配对、字符未转义或有控制字符）。"
            "请用原软件重新导出。",
            line=line,
            column=column + 1,
        ),
    )


def brief(text: str, length: int = 40) -> str:
    """Return ``text`` fit for a message: on one line, without control characters, not long."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[: length * 4]).split())
    return shown if len(shown) <= length and len(text) <= length * 4 else f"{shown[:length]}…"


def kind_of(root: Element) -> Sentence:
    """Say what sort of file has this root element."""
    kinds = {
        "log": zh("XES 事件日志"),
        "pnml": zh("Petri 网（PNML）文件"),
        "definitions": zh("以「definitions」为根、但命名空间不是 BPMN 2.0 的文件"),
        "html": zh("网页"),
    }
    if root.name == "definitions" and "/BPMN/" in root.space:
        return zh("BPMN 流程文件")
    return kinds.get(root.name) or zh("以「{root}」为根的 XML 文件", root=brief(root.name))


def escaped(text: str, *, quoted: bool = False) -> str:
    """Return ``text`` as XML writes it between tags, or inside double quotes.

    Raises:
        Invalid: XML-08 when it holds a character that XML cannot carry.
    """
    bad = _UNWRITABLE.search(text)
    if bad:
        raise Invalid(
            "XML-08",
            zh(
                "「{text}」里有 XML 容不下的控制字符（{code}）。请删去它再保存。",
                text=brief(text),
                code=f"U+{ord(bad[0]):04X}",
            ),
        )
    return text.translate(_QUOTED if quoted else _ESCAPES)
