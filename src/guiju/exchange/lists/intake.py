"""Taking in lists: from the files an office has to an edition, with every doubt told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.lists.model import Edition
from guiju.core.lists.profile import Profile
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import Progress, opened, silent
from guiju.exchange.lists.account import Note
from guiju.exchange.lists.asked import Asked, asked_in
from guiju.exchange.lists.build_flows import bound
from guiju.exchange.lists.dictionary import Dictionary, Learned, dictionary
from guiju.exchange.lists.draft import Draft
from guiju.exchange.lists.own import is_own, read_own
from guiju.exchange.lists.seen import Counts, FileSeen, SheetSeen, Table, file_seen
from guiju.exchange.lists.sheet import MOST_BYTES, Sheet, too_large
from guiju.exchange.lists.tables import read_sheet
from guiju.exchange.lists.text import PASTED, decoded, read_text
from guiju.exchange.lists.totals import disagreements
from guiju.exchange.lists.workbook import read_workbook
from guiju.exchange.memory import uncollected

_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Intake:
    """What files say, as an edition, and what of them is doubtful or was not understood.

    Attributes:
        notes: each such cell with its place.
        disagreements: totals stated in a file that its rows do not bear out.
    """

    edition: Edition
    files: tuple[FileSeen, ...]
    notes: tuple[Note, ...]
    disagreements: tuple[Sentence, ...]

    @property
    def rows(self) -> Counts:
        """The rows of all files."""
        return sum((one.rows for one in self.files), Counts())

    @property
    def cells(self) -> Counts:
        """The cells of all files that are not empty."""
        return sum((one.cells for one in self.files), Counts())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of all files."""
        return tuple(table for one in self.files for table in one.tables)

    @property
    def is_clear(self) -> bool:
        """Whether there is nothing for a person to look at."""
        return not self.notes and not self.disagreements


@uncollected()
def read_lists(
    paths: Sequence[Path],
    *,
    profile: Profile | None = None,
    learned: Learned | None = None,
    progress: Progress = silent,
) -> Intake:
    """Read files into one edition.

    Args:
        paths: XLSX, CSV, TSV, or text that was copied from a page or document.
        profile: what the edition follows; its own kinds of power are understood.
        learned: meanings of columns that a person has confirmed; they go first.
        progress: told files done and files there are.

    Raises:
        Invalid: FILE-01 for a file that cannot be opened; LISTS-01 macros, LISTS-02 and ORG-21
            too large, LISTS-03 and ORG-20 broken, LISTS-04 no text, LISTS-05 empty.
    """
    taking = _Taking(dictionary(learned), profile)
    for place, path in enumerate(paths):
        progress(place, len(paths))
        with opened(path) as stream:
            content = stream.read(MOST_BYTES + 1)
        taking.file(path.name, content)
    return taking.result()


@uncollected()
def read_content(
    name: str,
    content: bytes,
    *,
    profile: Profile | None = None,
    learned: Learned | None = None,
    asked: Asked | None = None,
    progress: Progress = silent,
) -> Intake:
    """Read what was uploaded under a name; refuses as ``read_lists`` does.

    Args:
        name: of the file.
        content: its bytes.
        profile: as for ``read_lists``.
        learned: as for ``read_lists``.
        asked: the headers and cards that a person pointed out.
        progress: told lines done and lines there are, sheet by sheet.
    """
    taking = _Taking(dictionary(learned), profile, asked or {}, progress)
    taking.file(name, content)
    return taking.result()


def read_pasted(
    text: str, *, profile: Profile | None = None, learned: Learned | None = None
) -> Intake:
    """Read a table that was pasted; refuses as ``read_lists`` does."""
    return read_content(PASTED, pasted(text), profile=profile, learned=learned)


def pasted(text: str) -> bytes:
    """Return what was pasted as the content of a file."""
    return text.encode("utf-8", "replace")


class _Taking:
    """Takes in one file after the other."""

    def __init__(
        self,
        words: Dictionary,
        profile: Profile | None,
        asked: Asked | None = None,
        progress: Progress = silent,
    ) -> None:
        self.words, self.profile, self.asked, self.progress = words, profile, asked or {}, progress
        kinds = profile.kinds if profile else {}
        self.draft = Draft({label: code for code, label in kinds.items()})
        self.head: dict[str, object] = {}
        self.files: list[FileSeen] = []
        self.notes: list[Note] = []
        self.told: list[Sentence] = []
        self.has_own = False

    def file(self, name: str, content: bytes) -> None:
        """Take in what one file holds."""
        sheets = _sheets(name, content, self.words, self.asked)
        before, stated = self.draft.keys(), len(self.draft.stated)
        if is_own(sheets):
            seen, head = read_own(name, sheets, self.draft)
            self.head |= head
            self.has_own = True
            read = [seen]
        else:
            read = [self._sheet(name, sheet) for sheet in sheets]
        self.files.append(file_seen(name, read))
        said = self.draft.since(before, stated)
        self.told += [zh("{file}：{why}", file=name, why=why) for why in disagreements(said)]
        self.notes += [n for one in read for account in one.accounts for n in account.notes()]

    def _sheet(self, name: str, sheet: Sheet) -> SheetSeen:
        asked = asked_in(self.asked, sheet.name)
        return read_sheet(name, sheet, self.words, self.draft, asked, self.progress)

    def result(self) -> Intake:
        """Return what all files said together; a profile that is asked for goes first."""
        head = {**self.head, "profile": self.profile.code} if self.profile else self.head
        edition = self.draft.edition(**head)
        if not self.has_own:  # our own workbook says it exactly, or means to leave it open
            edition = bound(edition)
        return Intake(edition, tuple(self.files), tuple(self.notes), tuple(self.told))


def _sheets(name: str, content: bytes, words: Dictionary, asked: Asked) -> tuple[Sheet, ...]:
    if len(content) > MOST_BYTES:
        raise too_large()
    if content.startswith((_ZIP, _OLD_EXCEL)):
        sheets = read_workbook(content)
    else:
        sheets = (read_text(decoded(content), name, words, asked_in(asked, name).heads),)
    if not any(sheet.lines for sheet in sheets):
        raise Invalid("LISTS-05", zh("「{name}」是空的。请核对是否选错了文件。", name=name[:60]))
    return sheets
