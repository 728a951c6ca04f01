"""Choosing a person, post, unit or body in a form: by name or code, with suggestions.

A list to choose from would not hold a hundred thousand people; what is typed is looked up in
the reader's scope, and nothing outside of it is ever found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guiju.base.org.reads import bodies as bodies_read
from guiju.base.org.reads import people as people_read
from guiju.base.org.reads import posts as posts_read
from guiju.base.org.reads import units as units_read
from guiju.base.ui.forms import Form
from guiju.base.ui.language import say
from guiju.core.access import NOWHERE, Scope
from guiju.core.sentence import listing, zh

_SUGGESTED = 200
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What was chosen; ``typed`` is what the field shows for it."""

    reference: str
    code: str
    name: str

    @property
    def typed(self) -> str:
        return f"{self.name} {self.code}".strip()


Finder = Callable[[Scope, date, str, int], Sequence[Found]]


def find_people(scope: Scope, _on: date, search: str, most: int) -> Sequence[Found]:
    """Return people who serve, by the beginning of their name or their code."""
    rows = people_read.people(scope, search=search, size=most).rows
    return [Found(one.reference, one.code, one.name) for one in rows]


def find_posts(scope: Scope, on: date, search: str, most: int) -> Sequence[Found]:
    """Return posts by a part of their name or the beginning of their code."""
    rows = posts_read.posts(scope, on=on, search=search, size=most).rows
    return [Found(one.reference, one.code, one.name) for one in rows]


def find_units(scope: Scope, on: date, search: str, most: int) -> Sequence[Found]:
    """Return units by a part of their name or the beginning of their code."""
    rows = units_read.units(scope, on=on, search=search, size=most).rows
    return [Found(one.reference, one.code, one.name) for one in rows]


def find_bodies(scope: Scope, on: date, search: str, _most: int) -> Sequence[Found]:
    """Return bodies by a part of their name."""
    rows = bodies_read.bodies(scope, on=on)
    return [Found(one.reference, "", one.name) for one in rows if search in one.name]


class Suggesting(forms.TextInput):
    """A field to type in, below which the browser offers what may be meant."""

    options: Sequence[str] = ()

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - as Django's
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the field, and what is offered."""
        named = f"{(attrs or {}).get('id', name)}_offered"
        more = {**(attrs or {}), "autocomplete": "off"}
        field = super().render(
            name, value, more | {"list": named} if self.options else more, renderer
        )
        if not self.options:
            return field
        offered = format_html_join("", '<option value="{}"></option>', ((o,) for o in self.options))
        return format_html('{}<datalist id="{}">{}</datalist>', field, named, offered)


class Chosen(forms.CharField):
    """Something that is named by what people type; its value is ``Found``, or None."""

    widget = Suggesting
    scope: Scope = NOWHERE
    on: date = date.min

    def __init__(self, finder: Finder, **words: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(max_length=160, **words)
        self.finder = finder

    def look_in(self, scope: Scope, on: date) -> None:
        """Look things up there, and offer them where they are few."""
        self.scope, self.on = scope, on
        found = self.finder(scope, on, "", _SUGGESTED + 1)
        if len(found) <= _SUGGESTED:
            self.widget.options = [one.typed for one in found]

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's
        """Return what is meant.

        Raises:
            ValidationError: for nothing of that name or code, and for several.
        """
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        return self._the_only(text, self._matches(text))

    def _matches(self, text: str) -> list[Found]:
        _, _, code = text.rpartition(" ")
        found = list(self.finder(self.scope, self.on, code, _LOOKED_AT))
        if code != text:
            found += self.finder(self.scope, self.on, text, _LOOKED_AT)
        for is_meant in (
            lambda one: one.typed == text,
            lambda one: one.code == text,
            lambda one: one.name == text,
        ):
            if meant := list(dict.fromkeys(filter(is_meant, found))):
                return meant
        return []

    def _the_only(self, text: str, meant: list[Found]) -> Found:
        if len(meant) == 1:
            return meant[0]
        if not meant:
            raise ValidationError(
                say(zh("没有找到「{text}」，或不归您管理。请写全名或编号。", text=text))
            )
        offered = listing([one.typed for one in meant], most=6)
        raise ValidationError(
            say(zh("「{text}」不止一个：{offered}。请写编号。", text=text, offered=offered))
        )


class OrgForm(Form):
    """A form whose ``Chosen`` fields look things up in the reader's scope."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's
        scope: Scope = NOWHERE,
        scopes: Mapping[str, Scope] | None = None,
        on: date = date.min,
        **kwargs: Any,  # noqa: ANN401 - as Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Chosen):
                field.look_in((scopes or {}).get(name, scope), on)
