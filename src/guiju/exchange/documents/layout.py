"""The sheet of GB/T 9704-2012: margins, lines, characters, page numbers.

A4, 37 mm above and 28 mm left of a text area of 156 × 225 mm, which holds 22 lines of 28
characters of 3号; page numbers in 4号 宋体 between dashes, odd ones right, even ones left.
The fonts that the standard names are named in the file, not shipped with it.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

BODY, BLACK, ITALIC, TITLE, NUMBERS = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
TWO, THREE, FOUR, SMALL_FOUR = Pt(22), Pt(16), Pt(14), Pt(12)
"""Sizes of type: 二号, 三号, 四号, 小四."""

TOP, LEFT, WIDTH, HEIGHT = Mm(37), Mm(28), Mm(156), Mm(225)
LINE = Pt(28.95)
"""22 lines on 225 mm."""

_PAGE = (Mm(210), Mm(297))
_CHARACTERS, _LINES = 28, 22
_TWIP, _CHAR_PARTS = 635, 4096
_DASH = "\u2014"


def set_up(document: Document, *, is_wide: bool) -> None:
    """Give an empty document its sheet, its grid, its ordinary type and its page numbers."""
    section = document.sections[0]
    _sheet(section, is_wide=is_wide)
    if not is_wide:
        _grid(section)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - tells mypy what Word's template has
    normal.font.size = THREE
    face(normal.element.get_or_add_rPr(), BODY)
    normal.paragraph_format.line_spacing = LINE
    normal.paragraph_format.space_after = Pt(0)
    document.settings.odd_and_even_pages_header_footer = True
    section.footer_distance = Mm(28)
    _numbered(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _numbered(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _sheet(section: Section, *, is_wide: bool) -> None:
    """Set the margins; lying on its side, the sheet gives a table more room."""
    width, height = _PAGE
    below, right = Mm(35), Mm(26)
    if is_wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = height, width
        section.left_margin = section.right_margin = Mm(28)
        section.top_margin, section.bottom_margin = LEFT, below
    else:
        section.page_width, section.page_height = width, height
        section.left_margin, section.right_margin = LEFT, right
        section.top_margin, section.bottom_margin = TOP, below


def _grid(section: Section) -> None:
    """22 lines of 28 characters."""
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no name for it
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001 - as above
    pitch = HEIGHT / _LINES / _TWIP
    space = (WIDTH / _CHARACTERS / Pt(1) - THREE / Pt(1)) * _CHAR_PARTS
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(pitch)))
    grid.set(qn("w:charSpace"), str(round(space)))


def face(properties: object, name: str) -> None:
    """Set the typeface for Chinese and for Latin characters alike."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined] # python-docx's own element
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def written(paragraph: Paragraph, text: str, name: str = "", size: Pt | None = None) -> Run:
    """Add text to a paragraph in a typeface and size."""
    run = paragraph.add_run(text)
    if name:
        face(run._r.get_or_add_rPr(), name)  # noqa: SLF001 - as above
    if size is not None:
        run.font.size = size
    return run


def _numbered(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    is_right = side is WD_ALIGN_PARAGRAPH.RIGHT
    inset = paragraph.paragraph_format
    inset.right_indent, inset.left_indent = (FOUR, None) if is_right else (None, FOUR)
    written(paragraph, f"{_DASH} ", NUMBERS, FOUR)
    number = written(paragraph, "", NUMBERS, FOUR)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        number._r.append(part)  # noqa: SLF001 - as above
    written(paragraph, f" {_DASH}", NUMBERS, FOUR)
