"""ODT and ODS (OASIS OpenDocument 1.3): no scripts inside, what it tells, its clean copy."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import markup
from guiju.base.evidence.formats.archive import Archive
from guiju.base.evidence.formats.foreign import leads_elsewhere
from guiju.base.evidence.formats.ooxml_clean import save
from guiju.base.evidence.formats.picture_layout import stripped, tells_more
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.marks import refuse_marked, worth_reading
from guiju.base.evidence.report import Report, Row, Subject, rows
from guiju.core.sentence import Sentence, zh

_TYPES = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
_PROGRAMS = re.compile(r"(?i)(?:^|/)(?:Basic|Scripts|Dialogs)/")
_CALLS = ("vnd.sun.star.script:", "vnd.sun.star.macro:", "macro:", "service:", "slot:")
_META = {
    "initial-creator": zh("作者"),
    "creator": zh("最后修改者"),
    "printed-by": zh("打印者"),
    "creation-date": zh("创建时间"),
    "date": zh("最后修改时间"),
    "generator": zh("制作软件"),
    "title": zh("标题"),
    "subject": zh("主题"),
    "keyword": zh("关键词"),
    "description": zh("备注"),
}
_OFFICE = b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"'
_EMPTIED_PARTS = {
    "meta.xml": b"<office:document-meta " + _OFFICE + b"><office:meta/></office:document-meta>",
    "settings.xml": b"<office:document-settings " + _OFFICE + b"/>",
}
_NAMES = frozenset({"creator", "creator-initials", "initial-creator", "author-name"})


def examine(subject: Subject, archive: Archive) -> Report:
    """Examine an OpenDocument file whose members are in order.

    Raises:
        Invalid: EVIDENCE-04 to -06, -08, -09, -11 or -19.
    """
    kind = _kind(archive)
    refusing.require_ending(kind, subject.ending)
    if any(map(_PROGRAMS.search, archive.names)):
        raise refusing.active(kind.label, zh("宏"))
    people: list[tuple[Sentence, object]] = []
    pictures = 0
    for name, content in archive.contents():
        pictures += tells_more(content)
        if name.endswith(".xml"):
            _check_part(name, content, kind)
            people += _people(name, content, kind)
    if pictures:
        people.append((zh("文中带拍摄信息的图片（张）"), pictures))
    with subject.clean.open("wb") as out:
        save(out, archive, _cleaned(archive))
    return Report(kind, (*_meta(archive), *rows(*people)), cleaned=True)


def _kind(archive: Archive) -> FileKind:
    first = archive.zip.infolist()[0]
    kind = _TYPES.get(archive.read("mimetype").strip())
    if kind is None:
        raise refusing.not_accepted(zh("ODT、ODS 以外的开放文档"), zh("请导出为 PDF 再上传。"))
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        raise refusing.damaged(kind.label)
    return kind


def _check_part(name: str, content: bytes, kind: FileKind) -> None:
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        raise refusing.locked(kind.label)
    if b"href" in content or b"dde-source" in content:
        markup.parse(content, _Links(kind.label), kind.label)
    if worth_reading(content):
        refuse_marked(markup.text_of(content), kind.label)


class _Links:
    """A parser's target that refuses what runs or loads something when the file is opened."""

    def __init__(self, label: Sentence) -> None:
        self.label = label

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = markup.local(tag)
        targets = [v.strip() for k, v in attributes.items() if markup.local(k) == "href"]
        if name == "dde-source" or any(one.lower().startswith(_CALLS) for one in targets):
            raise refusing.active(self.label, zh("宏或会启动其他程序的链接"))
        for target in targets:
            if name != "a" and leads_elsewhere(target):  # what is clicked is a reader's choice
                raise refusing.remote(self.label, target[:100])

    def close(self) -> None:
        """Nothing is left to do when the document ends."""


def _meta(archive: Archive) -> tuple[Row, ...]:
    if not archive.has("meta.xml"):
        return ()
    found: list[tuple[Sentence, object]] = []
    for tag, attributes, text in markup.elements(archive.read("meta.xml"), archive.kind):
        if label := _META.get(tag):
            found.append((label, text))
        elif tag == "user-defined":
            found.append((zh("自定义属性"), f"{attributes.get('name', '')[:40]}：{text}"))
    return rows(*found)


def _people(name: str, content: bytes, kind: FileKind) -> list[tuple[Sentence, object]]:
    if name == "meta.xml" or b"creator" not in content:
        return []
    return [
        (zh("批注或修订者"), text)
        for tag, _, text in markup.elements(content, kind.label)
        if tag == "creator"
    ]


def _cleaned(archive: Archive) -> Iterator[tuple[str, bytes]]:
    change = markup.Change(lambda _tag, attributes, name: attributes[name], emptied=_NAMES)
    for name, content in archive.contents():
        if name in _EMPTIED_PARTS:
            yield name, b'<?xml version="1.0" encoding="UTF-8"?>\n' + _EMPTIED_PARTS[name]
        elif name.endswith(".xml") and (b"creator" in content or b"author" in content):
            yield name, markup.changed(content, change, archive.kind)
        else:
            yield name, stripped(content)
