"""Walking through a PDF's objects once, and what is worth knowing about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from guiju.base.evidence import refusing
from guiju.base.evidence.kinds import FileKind
from guiju.core.sentence import zh

MOST_OBJECTS = 300_000
ACTS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition",
     "/RichMediaExecute", "/Movie", "/Sound", "/GoTo3DView"}
)  # fmt: skip
"""Actions (ISO 32000-1, 12.6.4) that do more than turn pages."""

_MOST_DEPTH = 40


@dataclass(slots=True)
class Survey:
    """What the objects of a PDF hold, each value once and in order.

    Attributes:
        actions: kinds among ``ACTS``.
        attachments: names of the files inside.
        annotators: who wrote comments.
        signers: who signed, as the signatures say it.
        signatures: how many there are.
    """

    actions: dict[str, None] = field(default_factory=dict)
    attachments: dict[str, None] = field(default_factory=dict)
    annotators: dict[str, None] = field(default_factory=dict)
    signers: dict[str, None] = field(default_factory=dict)
    signatures: int = 0


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and stream, those written inside others too.

    Raises:
        Invalid: EVIDENCE-10 when there are too many.
    """
    count = 0
    for whole in pdf.objects:
        waiting: list[tuple[object, int]] = [(whole, 0)]
        while waiting:
            thing, depth = waiting.pop()
            if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
                continue
            count += 1
            if count > MOST_OBJECTS or depth > _MOST_DEPTH:
                raise refusing.bomb(FileKind.PDF.label, zh("里面的对象太多"))
            if not isinstance(thing, pikepdf.Array):
                yield thing
            # What has a number of its own is in pdf.objects already.
            waiting += [
                (one, depth + 1)
                for one in _inside(thing)
                if isinstance(one, pikepdf.Object) and not one.is_indirect
            ]


def _inside(thing: pikepdf.Object) -> list[object]:
    if isinstance(thing, pikepdf.Array):
        return list(thing)
    return [value for _, value in thing.items()]


def survey(pdf: pikepdf.Pdf) -> Survey:
    """Look at every object once.

    Raises:
        Invalid: EVIDENCE-10 when there are too many.
    """
    seen = Survey()
    for thing in dictionaries(pdf):
        if "/JS" in thing:
            seen.actions["/JavaScript"] = None
        if (kind := str(thing.get("/S", ""))) in ACTS:
            seen.actions[kind] = None
        if isinstance(thing.get("/EF"), pikepdf.Dictionary):
            seen.attachments[str(thing.get("/UF") or thing.get("/F") or "")] = None
        if is_comment(thing):
            seen.annotators[str(thing["/T"])] = None
        if "/ByteRange" in thing:
            seen.signatures += 1
            seen.signers[str(thing.get("/Name", ""))] = None
    return seen


def is_comment(thing: pikepdf.Object) -> bool:
    """Tell whether it is an annotation with an author; a form field's /T is its name."""
    kind = thing.get("/Subtype")
    if not isinstance(kind, pikepdf.Name) or kind == pikepdf.Name.Widget:
        return False
    return "/Rect" in thing and "/T" in thing
