"""PNG, JPEG, WebP and TIFF: whole, alone, of bearable size; shown upright in the clean copy."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, TiffImagePlugin

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign, picture_facts, picture_layout
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.marks import refuse_marked
from guiju.base.evidence.report import Report, Row, Subject
from guiju.core.errors import Refusal
from guiju.core.sentence import zh

MOST_PIXELS = 50_000_000
"""Of one picture: a page of A4 at 600 dpi has 35 million, a telephone's photo 12 to 50."""

MOST_PAGES_PIXELS = 400_000_000
"""Of all pages of a TIFF together, about 45 pages of A4 at 300 dpi."""

_MODES = {
    FileKind.JPEG: ("L", "RGB", "CMYK"),
    FileKind.PNG: ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    FileKind.WEBP: ("RGB", "RGBA"),
    FileKind.TIFF: ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"),
}


def examine(subject: Subject, kind: FileKind) -> Report:
    """Examine a picture that begins like ``kind``.

    Raises:
        Invalid: EVIDENCE-05 to -07, -10, -11 or -18.
    """
    refusing.require_ending(kind, subject.ending)
    remarks = picture_layout.check_end(kind, subject.data)
    foreign.refuse_second_file(subject.data, kind.label)
    foreign.refuse_code(subject.data, kind.label, text=False)
    with _reading(kind), Image.open(subject.path, formats=[kind.value.upper()]) as image:
        pages = _check_size(image, kind)
        found = _written(image, kind, subject.clean, pages)
    for row in found:
        refuse_marked(row.value, kind.label)
    if pages > 1 and kind is not FileKind.TIFF:
        remarks = (*remarks, zh("这是动画，清洁副本里只有第一幅。"))
    return Report(kind, found, remarks, cleaned=True)


@contextmanager
def _reading(kind: FileKind) -> Iterator[None]:
    """Take whatever Pillow raises on broken pictures for what it is."""
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # _check_size knows better
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Refusal, MemoryError):
        raise
    except OSError as error:
        if error.errno in refusing.DISK_FULL:
            raise
        raise refusing.damaged(kind.label) from None
    except Exception:  # noqa: BLE001 - OSError, SyntaxError, ValueError, struct.error and others
        raise refusing.damaged(kind.label) from None
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _check_size(image: ImageFile.ImageFile, kind: FileKind) -> int:
    """Look at declared sizes before anything is unpacked; return the number of pages."""
    pages, total = 0, 0
    while True:
        pixels = image.width * image.height
        total += pixels
        pages += 1
        if pixels > MOST_PIXELS or total > MOST_PAGES_PIXELS:
            raise refusing.bomb(
                kind.label,
                zh(
                    "太大（{width}×{height}，第 {page} 页）",
                    width=image.width,
                    height=image.height,
                    page=pages,
                ),
            )
        if kind is not FileKind.TIFF:
            return int(getattr(image, "n_frames", 1))
        try:
            image.seek(pages)
        except EOFError:
            image.seek(0)
            return pages


def _written(image: ImageFile.ImageFile, kind: FileKind, path: Path, pages: int) -> tuple[Row, ...]:
    """Write the clean copy and return what the picture said."""
    image.load()
    found = list(picture_facts.picture_rows(image))
    if kind is not FileKind.TIFF:
        _save(_upright(image, kind), kind, path)
        return tuple(found)
    with TiffImagePlugin.AppendingTiffWriter(path, new=True) as out:
        for page in range(pages):
            image.seek(page)
            found += picture_facts.picture_rows(image) if page else ()
            _save(_upright(image, kind), kind, out)
            out.newFrame()
    return tuple(dict.fromkeys(found))


def _upright(image: Image.Image, kind: FileKind) -> Image.Image:
    """Return the picture as it is to be seen, with nothing but its pixels."""
    # A copy is a plain Image: formats' own classes would write their tags again.
    turned = ImageOps.exif_transpose(image).copy()
    clear = turned.info.get("transparency")
    turned.info = {} if clear is None else {"transparency": clear}
    if turned.mode in _MODES[kind]:
        return turned
    opaque = kind is FileKind.JPEG or "A" not in turned.getbands() + ("A",) * (clear is not None)
    return turned.convert("RGB" if opaque else "RGBA")


def _save(
    image: Image.Image, kind: FileKind, out: Path | TiffImagePlugin.AppendingTiffWriter
) -> None:
    if kind is FileKind.JPEG:
        image.save(out, "JPEG", quality=90)
    elif kind is FileKind.PNG:
        image.save(out, "PNG", compress_level=1)
    elif kind is FileKind.WEBP:
        image.save(out, "WEBP", quality=90, method=0)
    else:
        packing = "group4" if image.mode == "1" else "tiff_adobe_deflate"
        image.save(out, "TIFF", compression=packing)
