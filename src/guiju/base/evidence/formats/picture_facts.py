"""What a picture says beside what it shows: EXIF with place, IPTC, XMP, text chunks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from PIL import ExifTags, ImageFile, IptcImagePlugin, PngImagePlugin

from guiju.base.evidence.formats.xmp import xmp_rows
from guiju.base.evidence.report import Row, rows
from guiju.core.sentence import Sentence, zh

_MAIN: dict[int, Sentence] = {
    0x010F: zh("相机厂商"),
    0x0110: zh("相机型号"),
    0x0131: zh("处理软件"),
    0x0132: zh("最后修改时间"),
    0x013B: zh("作者"),
    0x013C: zh("所用电脑"),
    0x010E: zh("图片说明"),
    0x8298: zh("版权"),
    0x9C9B: zh("标题"),
    0x9C9C: zh("备注"),
    0x9C9D: zh("作者"),
    0x9C9E: zh("关键词"),
}
_CAMERA: dict[int, Sentence] = {
    0x9003: zh("拍摄时间"),
    0x9286: zh("备注"),
    0xA420: zh("图片编号"),
    0xA430: zh("相机主人"),
    0xA431: zh("相机序列号"),
    0xA435: zh("镜头序列号"),
}
_PLACE: dict[int, Sentence] = {
    0x1D: zh("定位日期"),
    0x1C: zh("地点"),
}
_PRESS: dict[tuple[int, int], Sentence] = {
    (2, 80): zh("作者"),
    (2, 85): zh("作者职务"),
    (2, 90): zh("城市"),
    (2, 92): zh("地点"),
    (2, 95): zh("省份"),
    (2, 101): zh("国家"),
    (2, 110): zh("署名"),
    (2, 116): zh("版权"),
    (2, 120): zh("备注"),
    (2, 122): zh("说明撰写者"),
}
_WINDOWS = range(0x9C9B, 0xA000)
"""Tags that Windows writes in UTF-16."""


def picture_rows(image: ImageFile.ImageFile) -> tuple[Row, ...]:
    """Return rows for what an opened and loaded picture says; what cannot be read is left out."""
    readers: tuple[Callable[[ImageFile.ImageFile], tuple[Row, ...]], ...] = (
        _exif, _press, _packet, _text,
    )  # fmt: skip
    found: list[Row] = []
    for reader in readers:
        try:
            found += reader(image)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - Pillow raises whatever happens to on broken metadata
            found += rows((zh("读不出来的元数据（处）"), 1))
    return tuple(dict.fromkeys(found))


def _exif(image: ImageFile.ImageFile) -> tuple[Row, ...]:
    exif = image.getexif()
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    thumbnail = exif.get_ifd(ExifTags.IFD.IFD1)
    return rows(
        (zh("拍摄地点（纬度，经度）"), _position(place)),
        *((label, _shown(tag, place.get(tag))) for tag, label in _PLACE.items()),
        *((label, _shown(tag, camera.get(tag))) for tag, label in _CAMERA.items()),
        *((label, _shown(tag, exif.get(tag))) for tag, label in _MAIN.items()),
        (zh("内嵌的缩略图（可能是裁剪前的画面，张）"), 1 if 0x0201 in thumbnail else None),
    )


def _position(place: dict[int, Any]) -> str | None:
    if 2 not in place or 4 not in place:
        return None
    south = str(place.get(1, "N")).upper().startswith("S")
    west = str(place.get(3, "E")).upper().startswith("W")
    return f"{_degrees(place[2], turned=south)}, {_degrees(place[4], turned=west)}"


def _degrees(parts: Any, *, turned: bool) -> str:  # noqa: ANN401 - whatever the file holds
    whole = sum(Fraction(str(float(part))) / 60**index for index, part in enumerate(parts))
    return f"{float(-whole if turned else whole):.6f}"


def _shown(tag: int, value: Any) -> object:  # noqa: ANN401 - whatever the file holds
    if isinstance(value, bytes):
        if tag in _WINDOWS:
            return value.decode("utf-16-le", "replace").rstrip("\0")
        # A comment begins with eight bytes that name its encoding (EXIF 2.32, 4.6.5).
        unicode = value.startswith((b"UNICODE\0", b"Unicode\0"))
        body = value[8:] if tag in {0x9286, 0x1C, 0x1B} else value
        return body.decode("utf-16-le" if unicode else "utf-8", "replace").strip("\0 ")
    return _chinese(value) if isinstance(value, str) else value


def _chinese(text: str) -> str:
    """Undo Pillow's reading of text as Latin-1: telephones write UTF-8, older programs GB18030."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec).strip("\0 ")
        except UnicodeDecodeError:
            continue
    return text


def _press(image: ImageFile.ImageFile) -> tuple[Row, ...]:
    said = IptcImagePlugin.getiptcinfo(image) or {}
    found: list[tuple[Sentence, object]] = []
    for key, label in _PRESS.items():
        value = said.get(key)
        several = value if isinstance(value, list) else [value]
        found += [(label, one.decode("utf-8", "replace")) for one in several if one]
    return rows(*found)


def _packet(image: ImageFile.ImageFile) -> tuple[Row, ...]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return xmp_rows(packet.encode() if isinstance(packet, str) else bytes(packet))


def _text(image: ImageFile.ImageFile) -> tuple[Row, ...]:
    said: dict[str, object] = {}
    if isinstance(image, PngImagePlugin.PngImageFile):
        said = dict(image.text)
    comment = image.info.get("comment")
    if isinstance(comment, bytes):
        said["comment"] = comment.decode("utf-8", "replace")
    return rows(
        *(
            (zh("图片里的文字"), f"{name[:40]}：{value}")
            for name, value in said.items()
            if name != "XML:com.adobe.xmp"
        )
    )
