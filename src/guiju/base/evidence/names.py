"""The name that a file came with: words to show, never a path to open."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 120
"""How long a shown name may be."""

MOST_BYTES = 240
"""How long it may be in UTF-8: file systems stop at 255, and a browser may add to it."""

_LAST_PART = re.compile(r"[^/\\]*\Z")
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|\Z)")
_SHORT_ENDING = re.compile(r"\.(?=\d*[A-Za-z])[A-Za-z0-9]{1,8}\Z")
"""A dot before digits alone is part of the name: 会议纪要2024.5."""

_NAMELESS = "未命名"


def clean_name(declared: str) -> str:
    """Return a name fit to be shown and to be offered for download.

    Folders, control characters, marks that turn the direction of writing (U+202E makes
    ``exe.pdf`` out of ``fdp.exe``), characters that Windows cannot store and its device names
    are gone; what is left is cut to ``MOST_CHARACTERS`` and ``MOST_BYTES``, keeping the ending.
    Cleaning a clean name changes nothing.
    """
    # A hostile name may be megabytes long; only its end can matter, for the ending stands there.
    name = unicodedata.normalize("NFC", _last_part(declared[-4096:]))
    shown = "".join(_shown(character) for character in name).translate(_NOT_IN_NAMES)
    shown = " ".join(shown.split()).strip(". ")
    if not shown:
        return _NAMELESS
    if _DEVICES.match(shown):
        shown = f"_{shown}"
    return _cut(shown)


def ending_of(name: str) -> str:
    """Return what follows the last dot of a clean name, lower case; empty when there is none."""
    found = _SHORT_ENDING.search(name)
    return found[0][1:].lower() if found and found.start() else ""


def with_ending(name: str, ending: str) -> str:
    """Return ``name`` with ``ending`` put behind a dot, still short enough."""
    return _cut(f"{name}.{ending}")


def _last_part(declared: str) -> str:
    found = _LAST_PART.search(declared.rstrip("/\\"))
    return found[0] if found else ""


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zl", "Zp", "Zs"} or character in "\t\n\r":
        return " "
    return "" if category.startswith("C") else character


def _cut(name: str) -> str:
    found = _SHORT_ENDING.search(name)
    ending = found[0] if found else ""
    stem = name[: len(name) - len(ending)][: MOST_CHARACTERS - len(ending)]
    room = MOST_BYTES - len(ending)
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return f"{stem}{ending}"
