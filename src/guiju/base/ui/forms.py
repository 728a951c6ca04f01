"""Forms: Django's, with our words, and a key so that sending twice does a thing once.

Labels and hints are sentences (``said``). Templates show them with ``{% form_part form %}``;
what is wrong stands beside its field and once more in the summary at the top, which has the
focus.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import lazy

from guiju.base.ui.language import say
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

KEY = "key"

said = lazy(say, str)
"""Makes a sentence fit where Django wants text: ``label=said(zh("姓名"))``; it is put into the
reader's language when it is shown."""

_WORDS = {
    "required": zh("请填写「{label}」。"),
    "invalid": zh("「{label}」认不出来。请核对后重新填写。"),
    "invalid_choice": zh("「{label}」里没有这一项。请重新选择。"),
    "invalid_list": zh("「{label}」认不出来。请重新选择。"),
    "max_length": zh("「{label}」最多 {limit_value} 个字，现在有 {show_value} 个。请写短一些。"),
    "min_length": zh("「{label}」至少 {limit_value} 个字，现在有 {show_value} 个。请写得详细些。"),
    "max_value": zh("「{label}」不能大于 {limit_value}。请改小。"),
    "min_value": zh("「{label}」不能小于 {limit_value}。请改大。"),
    "null_characters_not_allowed": zh("「{label}」里有控制字符。请删去后再提交。"),
}
_DAY = zh("「{label}」认不出来。请写成 2026-11-21。")


class Form(forms.Form):
    """A form with our words.

    ``key`` travels with it: the action gets it, so that the same form sent twice is one act.
    """

    use_required_attribute = False  # the browser's own bubbles would speak its language, not ours

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        sent = self.data.get(self.add_prefix(KEY), "") if self.is_bound else ""
        self.key = _uuid(str(sent)) or uuid4()

    def add_error(self, field: str | None, error: Any) -> None:  # noqa: ANN401 - as Django's
        """Put an error beside its field, in our words where we have some."""
        if field in self.fields and isinstance(error, ValidationError):
            error = [self._worded(field, one) for one in _flat(error)]
        super().add_error(field, error)

    def _worded(self, name: str, error: ValidationError) -> ValidationError:
        field, code = self.fields[name], error.code or ""
        is_day = code == "invalid" and isinstance(field, forms.DateField)
        words = _DAY if is_day else _WORDS.get(code)
        if words is None:
            return error
        values = {key: str(value) for key, value in (error.params or {}).items()}
        filled = Sentence(words.template, (*values.items(), ("label", say(field.label or name))))
        return ValidationError(say(filled), code=code)


def refuse(form: forms.Form, refusal: Refusal, *, field: str | None = None) -> None:
    """Show an action's refusal in the form: beside a field, or above all of them."""
    form.add_error(field, ValidationError(f"{say(refusal.sentence)}（{refusal.code}）"))


def data(request: HttpRequest) -> object:
    """Return what was sent, None where nothing was."""
    return request.POST if request.method == "POST" else None


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key of the form that was sent; None for a form without one."""
    return _uuid(request.POST.get(KEY, ""))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _flat(error: ValidationError) -> list[ValidationError]:
    return list(getattr(error, "error_list", [error]))
