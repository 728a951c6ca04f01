"""Taking out of a PDF what it tells about its making and what it could do by itself."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from guiju.base.evidence.formats.pdf_objects import ACTS, dictionaries, is_comment
from guiju.base.evidence.formats.picture_layout import stripped

_FROM_ROOT = ("/OpenAction", "/Collection", "/SpiderInfo", "/Legal")
_FROM_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations", "/Renditions")
_FROM_ALL = (
    "/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/AA", "/JS", "/AF", "/XFA", "/EF",
)  # fmt: skip
_FROM_COMMENTS = ("/T", "/M", "/CreationDate", "/NM", "/RC")
_CARRIERS = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/3D", "/Sound"})


def clean(pdf: pikepdf.Pdf) -> int:
    """Take everything telling or acting out; return how many pictures told more than they show.

    Raises:
        Invalid: EVIDENCE-10 when there are too many objects.
    """
    _drop(pdf.trailer, ("/Info",))
    _drop(pdf.Root, _FROM_ROOT)
    if isinstance(names := pdf.Root.get("/Names"), pikepdf.Dictionary):
        _drop(names, _FROM_NAMES)
    pictures = 0
    for thing in list(dictionaries(pdf)):
        _drop(thing, _FROM_ALL)
        if is_comment(thing):
            _drop(thing, _FROM_COMMENTS)
        _drop_actions(thing)
        _drop_carriers(thing)
        pictures += _strip_picture(thing)
    return pictures


def save(pdf: pikepdf.Pdf, path: Path) -> None:
    """Write ``pdf``, without a password, its streams packed as they are."""
    pdf.save(
        path,
        fix_metadata_version=False,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        encryption=False,
        deterministic_id=True,
    )


def _drop(thing: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def _drop_actions(thing: pikepdf.Object) -> None:
    for key in ("/A", "/PA", "/Next"):
        action = thing.get(key)
        acts = isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ACTS
        # Several next actions at once are a rarity not worth telling apart.
        if acts or (key == "/Next" and isinstance(action, pikepdf.Array)):
            del thing[key]


def _drop_carriers(thing: pikepdf.Object) -> None:
    annotations = thing.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    kept = [one for one in annotations if not _carries(one)]
    if len(kept) < len(annotations):
        thing["/Annots"] = pikepdf.Array(kept)


def _carries(annotation: object) -> bool:
    if not isinstance(annotation, pikepdf.Dictionary):
        return False
    return str(annotation.get("/Subtype", "")) in _CARRIERS


def _strip_picture(thing: pikepdf.Object) -> int:
    packing = thing.get("/Filter") if isinstance(thing, pikepdf.Stream) else None
    if isinstance(packing, pikepdf.Array) and len(packing) == 1:
        packing = packing[0]
    if packing != pikepdf.Name.DCTDecode:
        return 0
    raw = thing.read_raw_bytes()
    bare = stripped(raw)
    if bare == raw:
        return 0
    parameters = thing.get("/DecodeParms")
    known = parameters if isinstance(parameters, pikepdf.Dictionary | pikepdf.Array) else None
    thing.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=known)
    return 1
