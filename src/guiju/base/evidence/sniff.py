"""What a file is, by its first bytes alone, and which examiner looks at the rest."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import filetype

from guiju.base.evidence import refusing
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.report import Report, Subject
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

_HEAD = 4096
_FORMATS = "guiju.base.evidence.formats"
_NOT_TAKEN: dict[str, tuple[Sentence, Sentence]] = {
    "gif": (zh("GIF 动图"), zh("请截图为 PNG 再上传。")),
    "bmp": (zh("BMP 图片"), zh("请另存为 PNG 再上传。")),
    "heic": (
        zh("HEIC 照片"),
        zh("请在手机相机设置里改成「兼容性最佳」，或把照片导出为 JPEG 再上传。"),
    ),
    "avif": (zh("AVIF 图片"), zh("请另存为 JPEG 再上传。")),
    "mov": (zh("MOV 录像"), zh("请导出为 MP4 再上传。")),
    "amr": (zh("AMR 录音"), zh("请转换为 MP3 再上传。")),
    "psd": (zh("Photoshop 图片"), zh("请导出为 PNG 再上传。")),
    "rtf": (zh("RTF 文档"), zh("请另存为 DOCX 或 PDF 再上传。")),
}
_UNPACK = zh("里面的文件要逐个检查和登记，请解压后逐个上传。")
_ARCHIVES = {"zip": "ZIP", "rar": "RAR", "7z": "7z", "gz": "gzip", "bz2": "bzip2", "xz": "xz",
             "tar": "tar", "zst": "Zstandard", "lz": "lzip"}  # fmt: skip
_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4A ",
     b"M4V ", b"M4VP", b"MSNV", b"dash", b"mp71", b"3gp4", b"3gp5", b"3gp6"}
)  # fmt: skip
_PROGRAMS = frozenset({"exe", "elf", "swf", "crx", "deb", "rpm", "dex", "wasm"})


def examine(subject: Subject) -> Report:
    """Tell what a file is, examine it and write its clean copy.

    Raises:
        Invalid: EVIDENCE-04 to -11, -18, -19 or -21, or MemoryError.
    """
    head = bytes(subject.data[:_HEAD])
    if kind := _picture(head):
        return _examiner("pictures")(subject, kind)
    if name := _family(head):
        module, _, function = name.partition(".")
        return _examiner(module, function or "examine")(subject)
    if is_text(head) and not _known(head):
        return _examiner("plain")(subject)
    raise _refused(head)


def is_text(head: bytes) -> bool:
    """Tell whether a file that begins so may be text; its examiner looks at all of it."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head


def _examiner(module: str, function: str = "examine") -> Callable[..., Report]:
    # Loaded when needed: a worker that reads text has no use for Pillow's and qpdf's memory.
    examiner: Callable[..., Report] = getattr(import_module(f"{_FORMATS}.{module}"), function)
    return examiner


def _picture(head: bytes) -> FileKind | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.TIFF if head.startswith((b"II*\0", b"MM\0*")) else None


def _family(head: bytes) -> str | None:
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zipped"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "legacy"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "sound.examine_wav"
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return "movie"
    is_frame = head[:1] == b"\xff" and head[1:2] in {b"\xfb", b"\xfa", b"\xf3", b"\xf2", b"\xe3"}
    return "sound.examine_mp3" if head.startswith(b"ID3") or is_frame else None


def _known(head: bytes) -> str:
    if head.startswith(b"{\\rtf"):
        return "rtf"
    guess = filetype.guess(head)
    return guess.extension if guess else ""


def _refused(head: bytes) -> Invalid:
    ending = _known(head)
    if ending in _NOT_TAKEN:
        return refusing.not_accepted(*_NOT_TAKEN[ending])
    if name := _ARCHIVES.get(ending):
        return refusing.not_accepted(zh("{name} 压缩包", name=name), _UNPACK)
    if ending in _PROGRAMS or head.startswith((b"MZ", b"\x7fELF")):
        return refusing.not_accepted(zh("程序"), zh("要说明问题时，请上传它的截图或日志。"))
    what = zh("{name} 文件", name=ending.upper()) if ending else zh("认不出格式的文件")
    advice = zh("请用原来的软件导出为 PDF，或截图为 PNG 再上传。")
    return refusing.not_accepted(what, advice)
