"""Text: plain, CSV, and the two kinds of XML that this system itself works with."""

from __future__ import annotations

import re
from unicodedata import category

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign, markup
from guiju.base.evidence.kinds import ENDINGS, FileKind
from guiju.base.evidence.marks import refuse_marked
from guiju.base.evidence.report import Report, Subject
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.office_text import office_text

MOST_BYTES = 32 * 1024**2
"""The largest text: it is read whole, and nobody reads more."""

_XML = re.compile(r"\s*<(?:\?xml|!--|[A-Za-z_])")
_WEB = re.compile(r"(?i)\s*(?:<!doctype\s+html|<html|<head|<body)[\s>]")
_SVG = re.compile(r"(?i)<(?:\w+:)?svg[\s>]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FORMULA = re.compile(r"""(?m)(?:^|[,;\t])[ "]*[=@]""")
_SPACES = {
    "http://www.omg.org/spec/BPMN/20100524/MODEL": (FileKind.BPMN, "definitions"),
    "http://www.xes-standard.org": (FileKind.XES, "log"),
    "": (FileKind.XES, "log"),
}
_RUN_BY_BROWSERS = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")


def examine(subject: Subject) -> Report:
    """Examine text.

    Raises:
        Invalid: EVIDENCE-04, -05, -06, -10, -11, -18 or -21.
    """
    label = zh("文本文件")
    if len(subject.data) > MOST_BYTES:
        raise refusing.bomb(label, zh("有 {size} MB", size=len(subject.data) // 1024**2))
    data = bytes(subject.data)
    text = office_text(data)
    if text is None or not is_writing(text):
        raise refusing.not_accepted(
            zh("认不出格式的文件"), zh("请用原来的软件导出为 PDF，或截图为 PNG 再上传。")
        )
    kind = _kind(text, subject.ending)
    refusing.require_ending(kind, subject.ending)
    if data.startswith(b"#!"):
        raise refusing.not_accepted(
            zh("脚本程序"), zh("请把有关的文字另存为文本，去掉首行再上传。")
        )
    foreign.refuse_code(text.encode(), kind.label, text=True)
    foreign.refuse_second_file(data, kind.label)
    refuse_marked(text, kind.label)
    remarks = _formulas(text) if kind is FileKind.CSV else ()
    return Report(kind, remarks=remarks, bare=True)


def is_writing(text: str) -> bool:
    """Tell writing from bytes that happen to decode: no controls, no unassigned characters."""
    if _CONTROL.search(text) or any(category(c) in {"Cn", "Cs"} for c in set(text)):
        return False
    return 20 * sum(1 for _ in _PRIVATE.finditer(text)) <= len(text)


def _kind(text: str, ending: str) -> FileKind:
    if _WEB.match(text):
        raise refusing.not_accepted(zh("网页"), zh("请在浏览器里打印为 PDF 再上传。"))
    if _XML.match(text):
        if _SVG.search(text[:4096]):
            raise refusing.not_accepted(
                zh("SVG 图片"), zh("这种图里可以藏程序，请导出为 PNG 或 PDF 再上传。")
            )
        if (kind := _xml_kind(text)) is not None:
            return kind
    return FileKind.CSV if ending in ENDINGS[FileKind.CSV] else FileKind.TEXT


def _xml_kind(text: str) -> FileKind | None:
    label = zh("XML 文件")
    if "<?xml-stylesheet" in text:
        raise refusing.scripted(label, "<?xml-stylesheet")
    root = _Root()
    try:
        markup.parse(text.encode(), root, label, encoding="utf-8")
    except Invalid as refusal:
        if refusal.code == "EVIDENCE-06" and not text.lstrip().startswith("<?xml"):
            return None  # a note that begins with a bracket
        raise
    if found := root.spaces.intersection(_RUN_BY_BROWSERS):
        raise refusing.scripted(label, min(found))
    space, name = root.first
    kind, wanted = _SPACES.get(space.rstrip("/"), (None, ""))
    if kind is None or name != wanted:
        raise refusing.not_accepted(
            zh("BPMN 和 XES 以外的 XML 文件"), zh("请用原来的软件导出为 PDF 再上传。")
        )
    return kind


class _Root:
    """A parser's target that remembers the root and which namespaces elements are in."""

    def __init__(self) -> None:
        self.first = ("", "")
        self.spaces: set[str] = set()

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if not self.spaces:
            self.first = (space[1:], name)
        if len(self.spaces) < 1000:
            self.spaces.add(space[1:])

    def close(self) -> None:
        """Nothing is left to do when the document ends."""


def _formulas(text: str) -> tuple[Sentence, ...]:
    found = _FORMULA.search(text)
    if found is None:
        return ()
    line = text.count("\n", 0, found.end()) + 1
    return (
        zh(
            "第 {line} 行有以 = 或 @ 开头的格子，表格软件会把它当公式。打开时请选「不启用」。",
            line=line,
        ),
    )
