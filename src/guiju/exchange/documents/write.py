"""Writing a document as DOCX. The same document is the same bytes, whenever it is written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from guiju.exchange.documents import layout
from guiju.exchange.documents.paper import Grid, Heading, Paper, Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TENS = "一二三四五六七八九"
_FONTS = (layout.BLACK, layout.ITALIC, layout.BODY, layout.BODY)
_INDENT = layout.THREE * 2
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_CELL_LINE = Pt(17)


def write_paper(paper: Paper) -> bytes:
    """Return a document as a DOCX file."""
    document = docx.Document()
    layout.set_up(document, is_wide=paper.is_wide)
    _properties(document, paper)
    title = _paragraph(document, is_indented=False)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(35)
    layout.written(title, _clean(paper.title), layout.TITLE, layout.TWO)
    if paper.under:
        under = _paragraph(document, is_indented=False)
        under.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.written(under, _clean(paper.under), layout.ITALIC)
    _paragraph(document, is_indented=False)
    numbers = _Numbers()
    for part in paper.parts:
        if isinstance(part, Heading):
            _heading(document, part, numbers)
        elif isinstance(part, Text):
            _text(document, part)
        else:
            _grid(document, part)
    _end(document, paper)
    return _saved(document)


def _properties(document: Document, paper: Paper) -> None:
    """Say what it is, and nothing of whoever's computer made it."""
    told = document.core_properties
    told.title, told.author, told.comments = _clean(paper.title)[:255], _clean(paper.signed), ""
    told.created = told.modified = datetime(*_ZIP_DAY)  # noqa: DTZ001 - no instant, a filler
    told.last_modified_by = ""


class _Numbers:
    """Numbers headings: 一、（一）1.（1）."""

    def __init__(self) -> None:
        self._reached = [0, 0, 0, 0]

    def next(self, level: int) -> str:
        self._reached[level - 1] += 1
        self._reached[level:] = [0] * (4 - level)
        number = self._reached[level - 1]
        return (f"{_spoken(number)}、", f"（{_spoken(number)}）", f"{number}.", f"（{number}）")[
            level - 1
        ]


def _spoken(number: int) -> str:
    """Return 1 to 99 as 一 to 九十九; what is above as figures."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    said = ("" if tens < 2 else _TENS[tens - 1]) + ("十" if tens else "")
    return said + (_TENS[ones - 1] if ones else "")


def _heading(document: Document, part: Heading, numbers: _Numbers) -> None:
    level = min(max(part.level, 1), 4)
    paragraph = _paragraph(document)
    paragraph.paragraph_format.keep_with_next = True
    text = numbers.next(level) + _clean(part.text)
    layout.written(paragraph, text, _FONTS[level - 1])
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)  # noqa: SLF001 - python-docx has no name for it


def _text(document: Document, part: Text) -> None:
    for place, line in enumerate(_clean(part.text).split("\n")):
        paragraph = _paragraph(document)
        if part.label and not place:
            layout.written(paragraph, f"{_clean(part.label)}：", layout.BLACK)
        layout.written(paragraph, line)


def _paragraph(document: Document, *, is_indented: bool = True) -> Paragraph:
    paragraph = document.add_paragraph()
    if is_indented:
        paragraph.paragraph_format.first_line_indent = _INDENT
    return paragraph


def _end(document: Document, paper: Paper) -> None:
    """Whose it is and of what day: at the end, four characters from the right."""
    lines = [one for one in (paper.signed, paper.dated) if one]
    if lines:
        _paragraph(document)
    for line in lines:
        paragraph = _paragraph(document, is_indented=False)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = layout.THREE * 4
        paragraph.paragraph_format.keep_together = True
        layout.written(paragraph, _clean(line))


def _grid(document: Document, part: Grid) -> None:
    """Write a table cell by cell as elements: python-docx's own way grows with the square."""
    section = document.sections[0]
    whole = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    shares = part.widths or (1,) * len(part.head)
    widths = [whole * one // sum(shares) for one in shares]
    table = document.add_table(rows=0, cols=len(part.head))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    inner = table._tbl  # noqa: SLF001 - as above
    inner.append(_row(part.head, widths, is_head=True))
    for row in part.rows:
        inner.append(_row(row, widths))
    _paragraph(document, is_indented=False)


def _row(cells: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> object:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for text, width in zip(cells, widths, strict=True):
        row.append(_cell(text, width, is_head=is_head))
    return row


def _cell(text: str, width: int, *, is_head: bool) -> object:
    cell = OxmlElement("w:tc")
    properties, size = OxmlElement("w:tcPr"), OxmlElement("w:tcW")
    size.set(qn("w:w"), str(width // 635))
    size.set(qn("w:type"), "dxa")
    properties.append(size)
    cell.append(properties)
    for line in _clean(text).split("\n"):
        made = OxmlElement("w:p")
        cell.append(made)
        paragraph = Paragraph(made, cell)
        paragraph.paragraph_format.line_spacing = _CELL_LINE
        if is_head:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.written(paragraph, line, layout.BLACK if is_head else "", layout.SMALL_FOUR)
    return cell


def _clean(text: str) -> str:
    """Return text without what no XML holds."""
    return _NEVER.sub("", text)


def _saved(document: Document) -> bytes:
    """Return the file with every part dated alike, so that its hash tells of its contents."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in _parts(given):
            out.writestr(zipfile.ZipInfo(name, _ZIP_DAY), part, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _parts(given: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for one in given.infolist():
        yield one.filename, given.read(one)
