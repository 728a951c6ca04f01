"""Words in templates: ``{% tr "中文 {count} 条" count=n %}`` and ``{{ sentence|say }}``."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from guiju.base.ui import language
from guiju.core.sentence import Listing, Sentence
from guiju.core.terms import Term

register = template.Library()


@register.simple_tag
def tr(sentence: str, /, **values: object) -> str:
    """Return a sentence in the reader's language; what it holds is escaped like any text."""
    return language.say(Sentence(sentence, tuple((k, _fit(v)) for k, v in values.items())))


@register.filter
def say(value: object) -> str:
    """Return a sentence or a term of the domain in the reader's language."""
    return language.say(value)


@register.simple_tag
def language_code() -> str:
    """Return what stands in the page's ``lang`` attribute."""
    return "en" if get_language() == language.ENGLISH else "zh-Hans"


def _fit(value: object) -> str | float | Sentence | Listing:
    if isinstance(value, Term):
        return value.label
    return value if isinstance(value, str | int | float | Sentence | Listing) else str(value)
