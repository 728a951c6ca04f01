"""Which of the document formats a ZIP is, and what none of them may hold inside."""

from __future__ import annotations

import re
from io import BytesIO

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign, legacy, markup, ofd, ooxml, opendocument
from guiju.base.evidence.formats.archive import Archive, opened_archive
from guiju.base.evidence.formats.compound import SIGNATURE, read_compound
from guiju.base.evidence.report import Report, Subject
from guiju.core.sentence import zh

_FORMATS = {
    "[Content_Types].xml": ooxml.examine,
    "mimetype": opendocument.examine,
    "OFD.xml": ofd.examine,
}
_XML = (".xml", ".rels", ".rdf")
_NOISE = (".odttf", ".fntdata")
"""Scrambled fonts, which may begin with anything."""

_PACKED_PICTURES = (".emz", ".wmz")
_PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf",
    ".hta", ".lnk", ".jar", ".class", ".msi", ".reg", ".sh", ".py", ".html", ".htm", ".xhtml",
)  # fmt: skip
_DOCTYPE = re.compile(rb"(?i)<!\s*(?:doctype|entity)")
_SCRIPT = re.compile(rb"(?i)<script|javascript:|\son[a-z]{3,20}\s*=")


def examine(subject: Subject) -> Report:
    """Examine a file that begins like a ZIP.

    Raises:
        Invalid: EVIDENCE-04 to -11, -18, -19 or -21.
    """
    with subject.path.open("rb") as stream:
        archive = opened_archive(stream, subject.data, zh("Office 或 OFD 文档"))
        found = [format_ for sign, format_ in _FORMATS.items() if archive.has(sign)]
        if len(found) > 1:
            raise refusing.hidden(archive.kind, zh("另一种格式的文档"))
        if not found:
            raise refusing.not_accepted(
                zh("压缩包"), zh("里面的文件要逐个检查和登记，请解压后逐个上传。")
            )
        _check_members(archive, nested=False)
        return found[0](subject, archive)


def _check_members(archive: Archive, *, nested: bool) -> None:
    for name, content in archive.contents():
        lower = name.lower()
        if lower.endswith(_PROGRAMS):
            raise refusing.hidden(archive.kind, zh("程序或网页「{name}」", name=name[-60:]))
        if lower.endswith(_XML):
            if b"\0" in content:  # UTF-16, in which the words looked for below would not be seen
                raise refusing.damaged(archive.kind)
            markup.require_plain(content, archive.kind)
        elif lower.endswith((".vml", ".svg")):
            _check_drawing(archive, content)
        elif not lower.endswith(_NOISE):
            _check_binary(archive, name, content, nested=nested)


def _check_drawing(archive: Archive, content: bytes) -> None:
    """Look through SVG, and VML, which Excel writes without closing its tags."""
    if _DOCTYPE.search(content):
        raise refusing.entities(archive.kind)
    if found := _SCRIPT.search(content):
        raise refusing.scripted(archive.kind, found[0].decode("ascii", "replace").strip())


def _check_binary(archive: Archive, name: str, content: bytes, *, nested: bool) -> None:
    if content.startswith(SIGNATURE):
        legacy.refuse_active(read_compound(content, archive.kind), archive.kind)
        return
    what = foreign.program_at(content)
    if what is None or (content[:2] == b"\x1f\x8b" and name.lower().endswith(_PACKED_PICTURES)):
        return
    # A chart carries its numbers as a workbook; nothing may be nested deeper than that.
    if content.startswith(b"PK\x03\x04") and "/embeddings/" in name and not nested:
        inner = opened_archive(BytesIO(content), content, archive.kind)
        ooxml.check(inner)
        _check_members(inner, nested=True)
        return
    raise refusing.hidden(archive.kind, zh("{what}「{name}」", what=what, name=name[-60:]))
