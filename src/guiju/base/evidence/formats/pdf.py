"""PDF (ISO 32000): alone in its file, open to everybody; what it says and what it could do."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf

from guiju.base.evidence import refusing
from guiju.base.evidence.formats import foreign, pdf_clean, pdf_objects, pdf_text
from guiju.base.evidence.formats.xmp import xmp_rows
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.marks import refuse_marked
from guiju.base.evidence.report import Data, Report, Row, Subject, rows
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

_LABEL = FileKind.PDF.label
_BLANK = b" \t\r\n\0\x0c"
_INFO = {
    "/Author": zh("作者"),
    "/Creator": zh("制作软件"),
    "/Producer": zh("转换软件"),
    "/Company": zh("单位"),
    "/Title": zh("标题"),
    "/Subject": zh("主题"),
    "/Keywords": zh("关键词"),
    "/CreationDate": zh("创建时间"),
    "/ModDate": zh("最后修改时间"),
    "/SourceModified": zh("源文件修改时间"),
}


def examine(subject: Subject) -> Report:
    """Examine a file that begins like a PDF.

    Raises:
        Invalid: EVIDENCE-05 to -07, -09 or -11.
    """
    refusing.require_ending(FileKind.PDF, subject.ending)
    _check_end(subject.data)
    foreign.refuse_second_file(subject.data, _LABEL)
    with _reading(), pikepdf.open(subject.path) as pdf:
        text = pdf_text.text_of(pdf)
        seen = pdf_objects.survey(pdf)
        found = _facts(pdf, seen)
        for words in (text, *(row.value for row in found)):
            refuse_marked(words, _LABEL)
        remarks = _remarks(seen, text)
        pictures = pdf_clean.clean(pdf)
        pdf_clean.save(pdf, subject.clean)
    found += rows((zh("文中带拍摄信息的图片（张）"), pictures or None))
    return Report(FileKind.PDF, found, remarks, cleaned=True)


@contextmanager
def _reading() -> Iterator[None]:
    """Take whatever pikepdf raises on broken files for what it is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about forms and pages that do not concern us
            yield
    except (Refusal, MemoryError):
        raise
    except OSError as error:
        if error.errno in refusing.DISK_FULL:
            raise
        raise refusing.damaged(_LABEL) from None
    except pikepdf.PasswordError:
        raise refusing.locked(_LABEL) from None
    except Exception:  # noqa: BLE001 - PdfError, ValueError, TypeError, RuntimeError and others
        raise refusing.damaged(_LABEL) from None


def _check_end(data: Data) -> None:
    tail = data[max(0, len(data) - 4096) :].rstrip(_BLANK)
    if b"%%EOF" not in tail:
        raise refusing.damaged(_LABEL)
    if not tail.endswith(b"%%EOF"):
        raise refusing.hidden(_LABEL, zh("文件末尾还有数据"))


def _facts(pdf: pikepdf.Pdf, seen: pdf_objects.Survey) -> tuple[Row, ...]:
    found: list[tuple[Sentence, object]] = []
    for key, value in pdf.trailer.get("/Info", pikepdf.Dictionary()).items():
        if label := _INFO.get(key):
            found.append((label, str(value)))
        else:
            found.append((zh("自定义属性"), f"{key[1:41]}：{value}"))
    said = xmp_rows(pdf_text.unpacked(pdf.Root.get("/Metadata")))
    found += [(zh("附件"), name) for name in seen.attachments]
    found += [(zh("批注者"), name) for name in seen.annotators]
    found += [(zh("电子签名人"), name) for name in seen.signers]
    return tuple(dict.fromkeys((*rows(*found), *said)))


def _remarks(seen: pdf_objects.Survey, text: str) -> tuple[Sentence, ...]:
    said = []
    if "/JavaScript" in seen.actions:
        said.append(zh("这份 PDF 里有脚本程序，清洁副本里没有。请打开清洁副本。"))
    if set(seen.actions) - {"/JavaScript"}:
        said.append(
            zh("这份 PDF 会启动程序或向外提交数据，清洁副本里没有这些动作。请打开清洁副本。")
        )
    if seen.attachments:
        said.append(zh("这份 PDF 里带有附件，没有检查过；清洁副本里没有它们。"))
    if seen.signatures:
        said.append(zh("这份 PDF 有电子签名，清洁副本里签名失效；核验签名请用原件。"))
    if not text.strip():
        said.append(zh("这份 PDF 读不出文字（可能是扫描件），密级标志无法自动检查，请人工核对。"))
    return tuple(said)
