"""XMP (ISO 16684-1): what the packet inside a picture or PDF says about people and places."""

from __future__ import annotations

from guiju.base.evidence.formats import markup
from guiju.base.evidence.report import Row, rows
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

_MOST_BYTES = 1024**2
_LABELS = {
    "creator": zh("作者"),
    "Author": zh("作者"),
    "Artist": zh("作者"),
    "CaptionWriter": zh("说明撰写者"),
    "AuthorsPosition": zh("作者职务"),
    "OwnerName": zh("相机主人"),
    "SerialNumber": zh("相机序列号"),
    "rights": zh("版权"),
    "Credit": zh("署名"),
    "Source": zh("来源"),
    "title": zh("标题"),
    "description": zh("备注"),
    "Location": zh("地点"),
    "City": zh("城市"),
    "State": zh("省份"),
    "Country": zh("国家"),
    "GPSLatitude": zh("纬度"),
    "GPSLongitude": zh("经度"),
    "CreatorTool": zh("制作软件"),
    "CreateDate": zh("创建时间"),
    "ModifyDate": zh("最后修改时间"),
    "CiEmailWork": zh("电子邮箱"),
    "CiTelWork": zh("电话"),
    "PersonInImage": zh("画面中的人"),
    "DerivedFrom": zh("源文件"),
}


def xmp_rows(packet: bytes) -> tuple[Row, ...]:
    """Return rows for what a packet says; none for one that cannot be read."""
    try:
        found = markup.elements(packet[:_MOST_BYTES].strip(b" \t\r\n\0"), zh("XMP"))
    except Invalid:
        return ()
    said: list[tuple[Sentence, object]] = []
    outer: Sentence | None = None
    for tag, attributes, text in found:
        said += [(_LABELS[name], value) for name, value in attributes.items() if name in _LABELS]
        # Lists stand inside: <dc:creator><rdf:Seq><rdf:li>name</rdf:li>…
        if tag not in {"Seq", "Bag", "Alt", "li"}:
            outer = _LABELS.get(tag)
        if outer is not None and text.strip():
            said.append((outer, text))
    return rows(*said)
