"""Chinese is the source, English is complete, and the compiled catalogues are fresh."""

import gettext
import importlib.util
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "src" / "guiju" / "locale"
CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def load_words():
    spec = importlib.util.spec_from_file_location("words", ROOT / "tools" / "words.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def stored(path):
    with path.open("rb") as stream:
        return read_po(stream)


def test_every_sentence_in_the_source_has_english():
    known = {m.id for m in stored(LOCALE / "en/LC_MESSAGES/guiju.po") if m.id and m.string}
    said = {m.id for m in load_words().collected() if m.id}
    assert len(said) > 300
    assert sorted(said - known) == []


def test_english_uses_the_same_fields_as_chinese():
    wrong = [
        m.id
        for m in stored(LOCALE / "en/LC_MESSAGES/guiju.po")
        if m.id and fields(m.id) != fields(m.string)
    ]
    assert wrong == []


def test_english_holds_no_chinese_characters():
    left = [
        m.string
        for m in stored(LOCALE / "en/LC_MESSAGES/guiju.po")
        if m.id and any("\u4e00" <= char <= "\u9fff" for char in strip_quoted(m.string))
    ]
    assert left == []


def strip_quoted(text):
    """Drop words that an English sentence quotes from a Chinese file, such as column names."""
    out, depth = [], 0
    for char in text:
        depth += char in "「“"
        if not depth:
            out.append(char)
        depth -= char in "」”"
    return "".join(out)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parent.parent.name)
def test_the_compiled_catalogue_is_as_new_as_its_text(path):
    with path.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in stored(path):
        if message.id and message.string and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
