"""A copy of an Office file that says nothing about who made it, where and when.

Text, comments and tracked changes stay; the names on them become 作者, as Word's own
inspector does. Members are written with one fixed date.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from guiju.base.evidence.formats import markup
from guiju.base.evidence.formats.archive import Archive, opened_archive
from guiju.base.evidence.formats.picture_layout import stripped
from guiju.core.sentence import Sentence

_SOMEBODY = "作者"
_PROPERTIES = {
    "core-properties+xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org'
    b'/package/2006/metadata/core-properties"/>',
    "extended-properties+xml": b'<Properties xmlns="http://schemas.openxmlformats.org'
    b'/officeDocument/2006/extended-properties"/>',
    "custom-properties+xml": b'<Properties xmlns="http://schemas.openxmlformats.org'
    b'/officeDocument/2006/custom-properties"/>',
}
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PEOPLE = (b"author", b"Author", b"userName", b"displayName", b"absPath")
_TELLING = (*_PEOPLE, b"rsid", b"userId", b"docVars", b"attachedTemplate", b"TargetMode")
_NAMELESS = frozenset({"userName", "userId", "initials"})
_EMPTIED = frozenset({"author"})
_REMOVED = frozenset({"rsids", "docVars", "attachedTemplate"})
_DEVICE_NAME = 64
"""Bytes of the printer's name at the head of its settings (DEVMODEW.dmDeviceName)."""


def write(archive: Archive, path: Path) -> None:
    """Write the clean copy of ``archive`` to ``path``.

    Raises:
        Invalid: EVIDENCE-06 when a member is damaged.
    """
    with path.open("wb") as out:
        _write(archive, out)


def names_people(content: bytes) -> bool:
    """Tell whether it is worth looking for people in a part."""
    return any(word in content for word in _PEOPLE)


def people_of(tag: str, attributes: Mapping[str, str], text: str) -> Iterator[str]:
    """Yield the people whom an element names."""
    for name, value in attributes.items():
        if name in {"author", "userName"} or (_is_person(tag) and name in {"name", "displayName"}):
            yield value
    if tag == "author":
        yield text


def save(out: BinaryIO, original: Archive, members: Iterator[tuple[str, bytes]]) -> None:
    """Write ``members`` as an archive that tells neither time nor machine."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            packing = zipfile.ZIP_DEFLATED if original.packs_well(name) else zipfile.ZIP_STORED
            archive.writestr(info, content, packing, 3)


def _write(archive: Archive, out: BinaryIO) -> None:
    emptied = _emptied_parts(archive)
    save(
        out,
        archive,
        ((n, emptied.get(n) or _cleaned(archive, n, c)) for n, c in archive.contents()),
    )


def _emptied_parts(archive: Archive) -> dict[str, bytes]:
    parts = {}
    content = archive.read("[Content_Types].xml")
    for tag, attributes, _ in markup.elements(content, archive.kind):
        declared = attributes.get("ContentType", "").rpartition(".")[2]
        if tag == "Override" and declared in _PROPERTIES:
            name = attributes.get("PartName", "").lstrip("/")
            parts[name] = _DECLARATION + _PROPERTIES[declared]
    return parts


def _cleaned(archive: Archive, name: str, content: bytes) -> bytes:
    if name.endswith((".xml", ".rels")):
        if not any(word in content for word in _TELLING):
            return content
        removed = _REMOVED | ({"person"} if name.startswith("word/") else frozenset())
        emptied = _EMPTIED if name.startswith("xl/") else frozenset[str]()
        change = markup.Change(_attribute, emptied=emptied, removed=removed)
        return markup.changed(content, change, archive.kind)
    if "/printerSettings" in name:
        return bytes(min(len(content), _DEVICE_NAME)) + content[_DEVICE_NAME:]
    if content.startswith(b"PK\x03\x04"):
        return _inner(content, archive.kind)
    return stripped(content)


def _inner(content: bytes, kind: Sentence) -> bytes:
    out = BytesIO()
    _write(opened_archive(BytesIO(content), content, kind), out)
    return out.getvalue()


def _attribute(tag: str, attributes: Mapping[str, str], name: str) -> str | None:
    value = attributes[name]
    if name.startswith("rsid") or (name in {"date", "dt", "dT"} and _is_dated(tag, attributes)):
        return None
    if name == "author" or (_is_person(tag) and name in {"name", "displayName"}):
        return _SOMEBODY
    if name in _NAMELESS or (tag == "absPath" and name == "url"):
        return ""
    external = tag == "Relationship" and attributes.get("TargetMode") == "External"
    if external and name == "Target" and not attributes.get("Type", "").endswith("/hyperlink"):
        return "removed"
    return value


def _is_person(tag: str) -> bool:
    return tag in {"person", "cmAuthor", "author"}


def _is_dated(tag: str, attributes: Mapping[str, str]) -> bool:
    return "author" in attributes or tag in {"cm", "threadedComment"}
