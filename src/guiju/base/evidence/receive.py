"""Taking a file in: the one way by which anything comes into the store from outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guiju.base.evidence import sandbox
from guiju.base.evidence.kinds import ENDINGS, FileKind
from guiju.base.evidence.marks import refuse_marked
from guiju.base.evidence.names import clean_name, ending_of, with_ending
from guiju.base.evidence.report import Report, Row
from guiju.base.evidence.sandbox import Limits
from guiju.base.evidence.scan import Scanner, ScanState, scan
from guiju.base.evidence.store import Incoming, Readable, adopted, incoming, keep, temporary
from guiju.core.sentence import Sentence, zh

_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was taken in.

    Attributes:
        sha256: of the original, by which the store finds it.
        size: bytes of the original.
        kind: by content.
        name: to be shown; data, never a path.
        rows: what its metadata say about people, places and its making.
        clean_sha256: of the copy without them; the original's own where there is nothing to
            remove; None where no such copy can be made, which a remark explains.
        scan: whether it was looked through for viruses.
        remarks: what the receiver should know.
    """

    sha256: str
    size: int
    kind: FileKind
    name: str
    rows: tuple[Row, ...]
    clean_sha256: str | None
    scan: ScanState
    remarks: tuple[Sentence, ...]


def receive(
    stream: Readable,
    *,
    declared_name: str,
    store: Path,
    limits: Limits = _USUAL,
    scanner: Scanner | None = None,
) -> Received:
    """Take a file in: examined, scanned, cleaned and stored; or refused and nothing left.

    Args:
        stream: the content.
        declared_name: as whoever sent it named it.
        store: the store's root folder.
        limits: what the file may cost.
        scanner: where clamd listens; None where the office has none.

    Raises:
        Invalid: EVIDENCE-01 too large, -02 the disk, -03 empty, -04 a kind not taken in, -05 a
            name that lies, -06 damaged, -07 something hidden, -08 programs, -09 a password,
            -10 a bomb, -11 a classification mark, -12 too costly, -13 a virus, -14 no answer
            from the scanner, -15 broken off, -18 web code, -19 loads from elsewhere, -21 DTD.
        Conflict: EVIDENCE-17 the same content is stored, but damaged.
    """
    refuse_marked(declared_name[-4096:], zh("文件名"))
    name = clean_name(declared_name)
    ending = ending_of(name)
    with incoming(store, stream, most=limits.size) as file, temporary(store) as clean:
        report = sandbox.examine(file.path, ending=ending, clean=clean, limits=limits)
        with file.path.open("rb") as content:
            scanned = scan(content, scanner)
        copy = adopted(clean) if report.cleaned else None
        keep(store, file, *([copy] if copy else []))
    shown = name if ending else with_ending(name, ENDINGS[report.kind][0])
    return _received(file, report, copy, shown, scanned)


def _received(
    file: Incoming, report: Report, copy: Incoming | None, name: str, scanned: ScanState
) -> Received:
    remarks = report.remarks
    if scanned is ScanState.NOT_SCANNED:
        remarks = (*remarks, zh("没有配置查毒服务，这个文件没有查过病毒。"))
    clean_sha256 = copy.sha256 if copy else None
    return Received(
        sha256=file.sha256,
        size=file.size,
        kind=report.kind,
        name=name,
        rows=report.rows,
        clean_sha256=file.sha256 if report.bare else clean_sha256,
        scan=scanned,
        remarks=remarks,
    )
