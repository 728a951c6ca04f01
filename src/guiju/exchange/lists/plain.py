"""An edition as JSON: complete, in the order of its rows, and read back as the same."""

from __future__ import annotations

import json

from guiju.core.errors import Invalid
from guiju.core.lists.canonical import FORMAT
from guiju.core.lists.model import Edition
from guiju.core.plain import Misfit, made, plain
from guiju.core.sentence import zh

_MOST_DIGITS = 18


def edition_json(edition: Edition, *, is_for_people: bool = True) -> bytes:
    """Return an edition as JSON; readable by people too, which takes five times as long."""
    told = {"format": FORMAT, **plain(edition)}
    text = json.dumps(told, ensure_ascii=False, indent=1 if is_for_people else None)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def edition_of(content: bytes) -> Edition:
    """Read what ``edition_json`` wrote.

    Raises:
        Invalid: LISTS-07 for what is no edition, naming the place.
    """
    try:
        return _edition(json.loads(content.decode("utf-8-sig"), parse_int=_whole))
    except Misfit as misfit:
        raise Invalid(
            "LISTS-07",
            zh(
                "这个 JSON 文件不是规矩导出的清单：「{place}」不对。"
                "请用「guiju lists export」重新导出。",
                place=".".join(misfit.path)[:100],
            ),
        ) from None
    except (ValueError, RecursionError):
        raise Invalid(
            "LISTS-07",
            zh("这个 JSON 文件已损坏，读不出来。请用「guiju lists export」重新导出。"),
        ) from None


def _edition(data: object) -> Edition:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Misfit("format")
    return made(Edition, {name: value for name, value in data.items() if name != "format"})


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(text)
    return int(text)
