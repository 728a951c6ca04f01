"""DOCX, XLSX and PPTX (ECMA-376): which of them it is, no programs inside, what it tells."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import markup, ooxml_clean
from guiju.base.evidence.formats.archive import Archive
from guiju.base.evidence.formats.foreign import leads_elsewhere
from guiju.base.evidence.formats.picture_layout import tells_more
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.marks import refuse_marked, worth_reading
from guiju.base.evidence.report import Report, Row, Subject, rows
from guiju.core.sentence import Sentence, zh

_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    f"{_OFFICE}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_OFFICE}spreadsheetml.sheet.main+xml": FileKind.XLSX,
    f"{_OFFICE}presentationml.presentation.main+xml": FileKind.PPTX,
    f"{_OFFICE}presentationml.slideshow.main+xml": FileKind.PPTX,
}
_ACTIVE_TYPES = (
    ("macroenabled", zh("宏")),
    ("vbaproject", zh("宏")),
    ("macrosheet", zh("宏表")),
    ("activex", zh("ActiveX 控件")),
)
_ACTIVE_NAMES = re.compile(r"(?i)vba(?:project|data)|/macrosheets/|/activex/")
_FIELD = re.compile(
    rb"<(?:\w+:)?instrText[^>]*>([^<]*)|<(?:\w+:)?fldSimple[^>]*?instr\s*=\s*[\"']([^\"']*)"
)
_DDE = re.compile(r"(?i)\bDDE(?:AUTO)?\b")
_CORE = {
    "creator": zh("作者"),
    "lastModifiedBy": zh("最后修改者"),
    "created": zh("创建时间"),
    "modified": zh("最后修改时间"),
    "lastPrinted": zh("最后打印时间"),
    "title": zh("标题"),
    "subject": zh("主题"),
    "keywords": zh("关键词"),
    "description": zh("备注"),
    "category": zh("类别"),
}
_APP = {
    "Company": zh("单位"),
    "Manager": zh("经理"),
    "Application": zh("制作软件"),
    "Template": zh("模板"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship that leads out of the file."""

    kind: str
    target: str

    @property
    def is_remote(self) -> bool:
        """Whether opening the file would fetch something from another machine."""
        if self.kind in {"hyperlink", "externalLinkPath", "externalLinkLongPath"}:
            return False
        return leads_elsewhere(self.target)


def examine(subject: Subject, archive: Archive) -> Report:
    """Examine an Office file whose members are in order.

    Raises:
        Invalid: EVIDENCE-04 to -06, -08, -11 or -19.
    """
    kind = check(archive)
    refusing.require_ending(kind, subject.ending)
    for name, content in archive.contents():
        if name.endswith(".xml") and worth_reading(content):
            refuse_marked(markup.text_of(content), kind.label)
    found = (*_properties(archive), *_people(archive))
    ooxml_clean.write(archive, subject.clean)
    return Report(kind, found, cleaned=True)


def check(archive: Archive) -> FileKind:
    """Tell which kind of Office file it is; refuse programs and what is loaded from elsewhere.

    Raises:
        Invalid: EVIDENCE-04 another kind, EVIDENCE-06 damaged, EVIDENCE-08 macros, ActiveX or
            DDE, EVIDENCE-19 loads from elsewhere.
    """
    types = markup.elements(archive.read(_TYPES), archive.kind)
    for _, attributes, _ in types:
        declared = attributes.get("ContentType", "").lower()
        for sign, what in _ACTIVE_TYPES:
            if sign in declared:
                raise refusing.active(archive.kind, what)
    if any(_ACTIVE_NAMES.search(name) for name in archive.names):
        raise refusing.active(archive.kind, zh("宏或控件"))
    _check_fields(archive)
    for link in _links(archive):
        if link.is_remote:
            raise refusing.remote(archive.kind, link.target[:100])
    return _kind(archive, types)


def _kind(archive: Archive, types: list[tuple[str, dict[str, str], str]]) -> FileKind:
    targets = [
        attributes.get("Target", "")
        for name, attributes, _ in markup.elements(archive.read("_rels/.rels"), archive.kind)
        if name == "Relationship" and attributes.get("Type", "").endswith("/officeDocument")
    ]
    if len(targets) != 1 or not archive.has(targets[0].lstrip("/")):
        raise refusing.damaged(archive.kind)
    part = "/" + targets[0].lstrip("/")
    for name, attributes, _ in types:
        if name == "Override" and attributes.get("PartName") == part:
            kind = _MAIN.get(attributes.get("ContentType", ""))
            if kind is not None:
                return kind
    raise refusing.not_accepted(
        zh("模板、图形等其他 Office 文件"), zh("请另存为 DOCX、XLSX、PPTX 或 PDF 再上传。")
    )


def _check_fields(archive: Archive) -> None:
    for name, content in archive.contents():
        if not name.endswith(".xml"):
            continue
        if b"instr" in content:
            code = b"".join(one or other for one, other in _FIELD.findall(content))
            if _DDE.search(html.unescape(code.decode("utf-8", "replace"))):
                raise refusing.active(archive.kind, zh("会启动其他程序的域（DDE）"))
        if b"ddeLink" in content and "/externalLinks/" in name:
            raise refusing.active(archive.kind, zh("会启动其他程序的链接（DDE）"))


def _links(archive: Archive) -> Iterator[Link]:
    for name in archive.names:
        if not name.endswith(".rels"):
            continue
        for tag, attributes, _ in markup.elements(archive.read(name), archive.kind):
            if tag == "Relationship" and attributes.get("TargetMode") == "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                yield Link(kind, attributes.get("Target", ""))


def _properties(archive: Archive) -> tuple[Row, ...]:
    found: list[tuple[Sentence, object]] = []
    for name in sorted(n for n in archive.names if n.startswith("docProps/")):
        if not name.endswith(".xml"):
            continue
        title = ""
        for tag, attributes, text in markup.elements(archive.read(name), archive.kind):
            if label := _CORE.get(tag) or _APP.get(tag):
                found.append((label, text))
            elif tag == "property":
                title = attributes.get("name", "")
            elif title and text.strip():
                found.append((zh("自定义属性"), f"{title[:40]}：{text}"))
    return rows(*found)


def _people(archive: Archive) -> tuple[Row, ...]:
    found: list[tuple[Sentence, object]] = []
    pictures = 0
    for name, content in archive.contents():
        pictures += tells_more(content)
        if name.endswith(".xml") and ooxml_clean.names_people(content):
            for tag, attributes, text in markup.elements(content, archive.kind):
                found += [
                    (zh("批注或修订者"), person)
                    for person in ooxml_clean.people_of(tag, attributes, text)
                ]
                if tag == "absPath":
                    found.append((zh("本机路径"), attributes.get("url")))
    found += [(zh("本机路径"), link.target) for link in _links(archive) if link.kind != "hyperlink"]
    if pictures:
        found.append((zh("文中带拍摄信息的图片（张）"), pictures))
    return rows(*found)
