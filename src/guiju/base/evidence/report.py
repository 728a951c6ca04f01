"""What an examination found, and how it travels from the worker as JSON."""

from __future__ import annotations

import json
import re
import string
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path
from typing import Any

from guiju.base.evidence.kinds import FileKind
from guiju.core.errors import Conflict, Denied, Invalid, Refusal
from guiju.core.sentence import Listing, Sentence, zh

MOST_ROWS = 60
MOST_VALUE = 200
"""How many rows are kept, and how many characters of each value."""

Data = bytes | mmap
"""What is read here: both can be sliced and searched."""

_CODE = re.compile(r"[A-Z]+-\d\d")
_CLASSES = {one.__name__: one for one in (Invalid, Denied, Conflict)}
_KINDS = {kind.value: kind for kind in FileKind}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a file says about people, places or its own making.

    A label has no fields, so that its template is all there is to keep of it.
    """

    label: Sentence
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a file is and says.

    Attributes:
        kind: by content.
        rows: what its metadata say.
        remarks: what the receiver should know, such as scripts in a PDF.
        cleaned: whether a copy without metadata was written.
        bare: whether there is nothing to remove, so that the file is its own clean copy.
    """

    kind: FileKind
    rows: tuple[Row, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    cleaned: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A file under examination.

    Attributes:
        path: where it is.
        data: its bytes, mapped, not copied.
        ending: of its name, without the dot, lower case; empty when it has none.
        clean: where to write the clean copy.
    """

    path: Path
    data: Data
    ending: str
    clean: Path


class Unreadable(Exception):  # noqa: N818 - what came back is no fault of this program
    """What came back from the worker is not a report."""


def rows(*found: tuple[Sentence, object]) -> tuple[Row, ...]:
    """Return rows for the values that say something, on one line each and not long."""
    made = (Row(label, _line(value)) for label, value in found if value is not None)
    return tuple(row for row in dict.fromkeys(made) if row.value)


def limited(found: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return at most ``MOST_ROWS`` rows, the last of which counts those left out."""
    if len(found) <= MOST_ROWS:
        return found
    left = len(found) - MOST_ROWS + 1
    return (*found[: MOST_ROWS - 1], Row(zh("其余信息（项）"), str(left)))


def _line(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else " " for c in text[: MOST_VALUE * 4])
    text = " ".join(text.split())
    return text if len(text) <= MOST_VALUE else f"{text[: MOST_VALUE - 1]}…"


def encoded(outcome: Report | Refusal) -> bytes:
    """Return ``outcome`` as JSON."""
    made: dict[str, Any]
    if isinstance(outcome, Refusal):
        said = packed(outcome.sentence)
        made = {"refusal": type(outcome).__name__, "code": outcome.code, "sentence": said}
    else:
        made = {
            "kind": outcome.kind.value,
            "rows": [[packed(row.label), row.value] for row in limited(outcome.rows)],
            "remarks": [packed(remark) for remark in outcome.remarks],
            "cleaned": outcome.cleaned,
            "bare": outcome.bare,
        }
    return json.dumps(made).encode()


def decoded(content: bytes) -> Report | Refusal:
    """Read what ``encoded`` wrote, trusting nothing: a hostile file may have taken the worker.

    Raises:
        Unreadable: it is anything else.
    """
    try:
        made = json.loads(content)
        if "refusal" in made:
            return _CLASSES[made["refusal"]](_code(made["code"]), unpacked(made["sentence"]))
        return Report(
            _KINDS[made["kind"]],
            tuple(Row(unpacked(label), _line(_text(value))) for label, value in made["rows"]),
            tuple(map(unpacked, made["remarks"])),
            made["cleaned"] is True,
            made["bare"] is True,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable from error


def packed(sentence: Sentence) -> list[Any]:
    """Return a sentence as JSON holds it."""
    values = []
    for name, value in sentence.values:
        if isinstance(value, Listing):
            raise TypeError(sentence.template)  # no sentence here needs one
        values.append([name, packed(value) if isinstance(value, Sentence) else value])
    return [sentence.template, values]


def unpacked(plain: Any) -> Sentence:  # noqa: ANN401 - JSON
    """Return a sentence from JSON that may come from a stranger.

    Raises:
        ValueError, TypeError: it is none.
    """
    template, values = plain
    filled = tuple((_text(name), _value(value)) for name, value in values)
    # str.format would follow "{x.__class__}": a field is a name that is given, nothing more.
    for _, name, spec, turned in string.Formatter().parse(_text(template)):
        if name is not None and (name not in dict(filled) or spec or turned):
            raise ValueError(name)
    return Sentence(template, filled)


def _value(value: Any) -> str | float | Sentence:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return unpacked(value)
    return value if isinstance(value, int | float) else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a surrogate pair would fail later, when the page is sent
    return value


def _code(code: object) -> str:
    if not _CODE.fullmatch(_text(code)):
        raise ValueError(code)
    return str(code)
