"""What kinds of file are taken in, and the name endings that tell the truth about each.

The list is short on purpose. An office needs documents, scans, photos, tables and
recordings; it can live without every format whose content cannot be looked at (archives),
that carries programs (macro documents, SVG, HTML) or that hardly anyone can open.
GIF is left out: nothing an office proves is an animation, and the format is the favourite
shell of polyglots. Old PowerPoint is left out: its macros hide inside the slides' own
stream. DOC and XLS stay, because WPS and half of all archived papers are in them.
"""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class FileKind(Term):
    """What a stored file is, by its content."""

    PDF = "pdf", zh("PDF 文件")
    OFD = "ofd", zh("OFD 版式文件")
    DOCX = "docx", zh("Word 文档")
    XLSX = "xlsx", zh("Excel 工作簿")
    PPTX = "pptx", zh("PowerPoint 演示文稿")
    ODT = "odt", zh("ODT 文档")
    ODS = "ods", zh("ODS 表格")
    DOC = "doc", zh("旧版 Word 或 WPS 文字文档")
    XLS = "xls", zh("旧版 Excel 或 WPS 表格")
    PNG = "png", zh("PNG 图片")
    JPEG = "jpeg", zh("JPEG 图片")
    WEBP = "webp", zh("WebP 图片")
    TIFF = "tiff", zh("TIFF 图片")
    TEXT = "text", zh("纯文本")
    CSV = "csv", zh("CSV 表格")
    BPMN = "bpmn", zh("BPMN 流程文件")
    XES = "xes", zh("XES 事件日志")
    MP3 = "mp3", zh("MP3 录音")
    WAV = "wav", zh("WAV 录音")
    MP4 = "mp4", zh("MP4 录音或录像")


ENDINGS: dict[FileKind, tuple[str, ...]] = {
    FileKind.PDF: ("pdf",),
    FileKind.OFD: ("ofd",),
    FileKind.DOCX: ("docx",),
    FileKind.XLSX: ("xlsx",),
    FileKind.PPTX: ("pptx",),
    FileKind.ODT: ("odt",),
    FileKind.ODS: ("ods",),
    FileKind.DOC: ("doc", "wps"),
    FileKind.XLS: ("xls", "et"),
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileKind.WEBP: ("webp",),
    FileKind.TIFF: ("tif", "tiff"),
    FileKind.TEXT: ("txt", "log", "md"),
    FileKind.CSV: ("csv",),
    FileKind.BPMN: ("bpmn", "xml"),
    FileKind.XES: ("xes", "xml"),
    FileKind.MP3: ("mp3",),
    FileKind.WAV: ("wav",),
    FileKind.MP4: ("mp4", "m4a", "m4v"),
}
"""Endings without the dot, lower case; the first is given to a name that has none."""
