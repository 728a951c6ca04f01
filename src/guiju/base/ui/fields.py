"""Fields of forms in our words: a day, a line, one word of a closed set, or several."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.base.ui.forms import said
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

_ISO = "%Y-%m-%d"
"""As browsers want days, whatever the reader's language writes."""


def day_field(label: Sentence, hint: Sentence | None = None, *, required: bool = True) -> Any:  # noqa: ANN401 - a field
    """Return a field for a day."""
    return forms.DateField(
        label=said(label),
        help_text=said(hint) if hint else "",
        required=required,
        widget=forms.DateInput({"type": "date"}, format=_ISO),
        input_formats=[_ISO],
    )


def text_field(
    label: Sentence, hint: Sentence | None = None, *, most: int = 100, required: bool = True
) -> Any:  # noqa: ANN401 - a field
    """Return a field for a line of text."""
    return forms.CharField(
        label=said(label),
        help_text=said(hint) if hint else "",
        max_length=most,
        required=required,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def term_field(
    label: Sentence,
    words: type[Term],
    hint: Sentence | None = None,
    *,
    required: bool = True,
    nothing: Sentence | None = None,
) -> Any:  # noqa: ANN401 - a field
    """Return a field for one word of a closed set; its value is the word, or None."""
    first = [("", said(nothing or zh("请选择")))]
    return forms.TypedChoiceField(
        label=said(label),
        help_text=said(hint) if hint else "",
        choices=[*first, *((one.value, said(one.label)) for one in words)],
        coerce=words.of,
        empty_value=None,
        required=required,
    )


def terms_field(label: Sentence, words: type[Term], hint: Sentence | None = None) -> Any:  # noqa: ANN401 - a field
    """Return a field for several words of a closed set, or none; its value is a list."""
    return forms.TypedMultipleChoiceField(
        label=said(label),
        help_text=said(hint) if hint else "",
        choices=[(one.value, said(one.label)) for one in words],
        coerce=words.of,
        empty_value=[],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
