"""What people call the things that the record knows by reference only: other areas say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from guiju.core.sentence import Listing, Sentence, zh

Value = str | float | Sentence | Listing
Source = Callable[[Iterable[str]], Mapping[str, str]]

NO_NAME = zh("（已清除姓名）")
_REFERENCE = re.compile(r"[a-z_]+:[!-~]{1,100}")
_INSIDE = re.compile(r"(?<![a-z_])[a-z_]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])")
_SOURCES: list[Source] = []


def name_by(source: Source) -> None:
    """Let ``source`` say what references are called, in one query; it leaves out the unknown."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def names(references: Iterable[object]) -> dict[str, str]:
    """Return the names of those of these values that are references and have one."""
    wanted = sorted(
        {one for one in references if isinstance(one, str) and _REFERENCE.fullmatch(one)}
    )
    found: dict[str, str] = {}
    for source in _SOURCES if wanted else ():
        found.update(source(wanted))
    return found


def named(sentence: Sentence, known: Mapping[str, str | Sentence]) -> Sentence:
    """Return a sentence in which people and things are called by name.

    What is kept of a sentence has references in it, so that a name that is erased is erased
    there too; a person whom nobody can name any more is called so.
    """
    return Sentence(
        sentence.template, tuple((field, _called(value, known)) for field, value in sentence.values)
    )


def references_in(sentence: Sentence) -> Iterator[str]:
    """Yield the references that a sentence holds."""
    for _, value in sentence.values:
        if isinstance(value, Sentence):
            yield from references_in(value)
        elif isinstance(value, str) and _INSIDE.fullmatch(value):
            yield value


def named_text(text: str) -> str:
    """Return a text in which references are replaced by names, as far as there are any."""
    known = names(_INSIDE.findall(text))
    return _INSIDE.sub(lambda found: known.get(found[0], found[0]), text)


def _called(value: Value, known: Mapping[str, str | Sentence]) -> Value:
    if isinstance(value, Sentence):
        return named(value, known)
    if not isinstance(value, str) or not _INSIDE.fullmatch(value):
        return value
    return known.get(value) or (NO_NAME if value.startswith("person:") else value)
