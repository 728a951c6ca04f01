"""OFD (GB/T 33190-2016): China's own fixed-layout documents, often sealed electronically."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import markup
from guiju.base.evidence.formats.archive import Archive
from guiju.base.evidence.formats.ooxml_clean import save
from guiju.base.evidence.formats.picture_layout import stripped
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.marks import refuse_marked, worth_reading
from guiju.base.evidence.report import Report, Subject, rows
from guiju.core.sentence import Sentence, zh

_INFO = {
    "Author": zh("作者"),
    "Creator": zh("制作软件"),
    "CreationDate": zh("创建时间"),
    "ModDate": zh("最后修改时间"),
    "Title": zh("标题"),
    "Subject": zh("主题"),
    "Keyword": zh("关键词"),
    "Abstract": zh("备注"),
}
_EMPTIED = frozenset({"Author", "Creator", "CreatorVersion"})
_REMOVED = frozenset({"CustomDatas", "CreationDate", "ModDate"})


def examine(subject: Subject, archive: Archive) -> Report:
    """Examine an OFD file whose members are in order.

    Raises:
        Invalid: EVIDENCE-05, -06, -09 or -11.
    """
    kind = FileKind.OFD
    refusing.require_ending(kind, subject.ending)
    if any(name.rpartition("/")[2] == "Encryptions.xml" for name in archive.names):
        raise refusing.locked(kind.label)
    entry = markup.elements(archive.read("OFD.xml"), kind.label)
    if not entry or entry[0][0] != "OFD":
        raise refusing.damaged(kind.label)
    found: list[tuple[Sentence, object]] = []
    for tag, attributes, text in entry:
        if label := _INFO.get(tag):
            found.append((label, text))
        elif tag == "CustomData":
            found.append((zh("自定义属性"), f"{attributes.get('Name', '')[:40]}：{text}"))
    attached = False
    for name, content in archive.contents():
        if name.endswith(".xml"):
            if worth_reading(content):
                refuse_marked(markup.text_of(content), kind.label)
            attached = attached or name.endswith("Attachments.xml")
            found += _annotators(content)
    sealed = any(tag == "Signatures" for tag, _, _ in entry)
    remarks = _remarks(sealed=sealed, attached=attached)
    if not remarks:
        with subject.clean.open("wb") as out:
            save(out, archive, _cleaned(archive))
    return Report(kind, rows(*found), remarks, cleaned=not remarks)


def _remarks(*, sealed: bool, attached: bool) -> tuple[Sentence, ...]:
    said = []
    if sealed:
        said.append(zh("这份 OFD 有电子签章，改动一个字节签章就失效，所以没有清洁副本。"))
    if attached:
        said.append(zh("这份 OFD 里还带有附件，附件没有清洁，所以没有清洁副本。"))
    return tuple(said)


def _annotators(content: bytes) -> list[tuple[Sentence, object]]:
    if b"Annot" not in content:
        return []
    return [
        (zh("批注或修订者"), attributes.get("Creator"))
        for tag, attributes, _ in markup.elements(content, FileKind.OFD.label)
        if tag == "Annot"
    ]


def _cleaned(archive: Archive) -> Iterator[tuple[str, bytes]]:
    whole = markup.Change(_attribute, emptied=_EMPTIED, removed=_REMOVED)
    annotations = markup.Change(_attribute)
    for name, content in archive.contents():
        if name == "OFD.xml":
            yield name, markup.changed(content, whole, archive.kind)
        elif name.endswith(".xml") and b"Annot" in content:
            yield name, markup.changed(content, annotations, archive.kind)
        else:
            yield name, stripped(content)


def _attribute(tag: str, attributes: Mapping[str, str], name: str) -> str | None:
    return "" if tag == "Annot" and name == "Creator" else attributes[name]
