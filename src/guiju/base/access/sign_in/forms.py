"""What is typed when signing in and about one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from guiju.base.access.sign_in.policies import MOST_CHARACTERS
from guiju.base.ui.forms import Form
from guiju.core.sentence import Sentence, zh

_MOST_NAME = 64
_MOST_CREDENTIAL = 16_384


def _password(label: Sentence, use: str, hint: Sentence | str = "") -> forms.CharField:
    """Return a field for a password; ``use`` tells the browser's own store which one it is."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # our templates speak it
        help_text=hint,  # type: ignore[arg-type]
        max_length=4 * MOST_CHARACTERS,  # longer ones are refused with a sentence of their own
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": use}),
    )


class SignInForm(Form):
    """Login name and password."""

    login_name = forms.CharField(
        label=zh("登录名"),  # type: ignore[arg-type]
        max_length=_MOST_NAME,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(zh("密码"), "current-password")


class CodeForm(Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=zh("验证码"),  # type: ignore[arg-type]
        help_text=zh("手机上的 6 位数字，或一个 8 位的恢复码。"),  # type: ignore[arg-type]
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OwnPasswordForm(Form):
    """The current password, for what an open session alone must not do."""

    password = _password(zh("当前密码"), "current-password")


class EnrolForm(OwnPasswordForm):
    """Something new for the second factor; the password only where there is one already."""

    def __init__(self, *args: Any, has_factor: bool, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        if not has_factor:
            del self.fields["password"]


class AppForm(EnrolForm):
    """The first code of an authenticator app."""

    code = forms.CharField(
        label=zh("手机上的 6 位数字"),  # type: ignore[arg-type]
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    field_order = ("code", "password")


class AnswerForm(Form):
    """What a browser's script hands over of a security key."""

    credential = forms.CharField(max_length=_MOST_CREDENTIAL, widget=forms.HiddenInput)


class KeyForm(EnrolForm):
    """A new security key and what its owner calls it."""

    name = forms.CharField(
        label=zh("密钥的叫法"),  # type: ignore[arg-type]
        help_text=zh("例如：钥匙串上的、抽屉里备用的。"),  # type: ignore[arg-type]
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.CharField(max_length=_MOST_CREDENTIAL, widget=forms.HiddenInput)
    field_order = ("name", "password", "credential")


class NewPasswordForm(Form):
    """A password, twice."""

    new = _password(
        zh("新密码"),
        "new-password",
        zh(
            "至少 {least} 个字符，含大写字母、小写字母、数字、符号中的三种，不含登录名。",
            least=settings.PASSWORD_LEAST,
        ),
    )
    again = _password(zh("再填一次新密码"), "new-password")


class ChangePasswordForm(NewPasswordForm):
    """The current password, and a new one twice."""

    password = _password(zh("当前密码"), "current-password")
    field_order = ("password", "new", "again")
