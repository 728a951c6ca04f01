"""A profile as a file: taking it away, and bringing one in as what a draft says."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.record.exported import note_export
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.downloads import download
from guiju.base.ui.forms import data, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Invalid
from guiju.core.lists.profile import Profile
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.pages.changing import consequences, desk_of, save
from guiju.define.profiles.pages.content import version_at
from guiju.define.profiles.pages.frame import known_built_in, path_to, reached, version_name
from guiju.define.profiles.pages.parts.form import SeenForm
from guiju.exchange.profile_files import built_in, read_profile, write_profile

TOML = "application/toml"
MOST_BYTES = 300_000
_NO_TEXT = "\ufffd"
"""Stands for what is no text; ``read_profile`` refuses it in words."""


class UploadForm(SeenForm):
    """The file, or its text: what was chosen as a file is carried to the second step as text."""

    file = forms.FileField(
        label=said(zh("配置文件")),
        help_text=said(zh("从本系统下载的配置文件（.toml），改好后传回来")),
        required=False,
    )
    text = forms.CharField(
        label=said(zh("或者粘贴文件的内容")),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
    )

    def clean(self) -> None:
        """Read the profile.

        Raises:
            ValidationError: for nothing, and for what ``read_profile`` refuses.
        """
        text = self.cleaned_data.get("text", "")
        if not text.strip():
            self.add_error("file", ValidationError(say(zh("请选文件，或粘贴它的内容。"))))
            return
        try:
            self.cleaned_data["told"] = read_profile(text.encode("utf-8"))
        except Invalid as refusal:
            self.add_error("file", ValidationError(f"{say(refusal.sentence)}（{refusal.code}）"))


@needs(Permission.LISTS_READ, is_data=True)
@require_safe
def file_page(request: HttpRequest, identity: UUID, ordinal: int) -> HttpResponse:
    """Give a version as a file."""
    profile = reached(request, identity)
    version = version_at(profile, ordinal)
    name = zh("{name}第{ordinal}版配置", name=profile.name, ordinal=ordinal)
    return _file(request, profile_in(version), name)


@needs(Permission.LISTS_READ, is_data=True)
@require_safe
def built_in_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give a profile that comes with Guiju as a file."""
    profile = built_in(known_built_in(code))
    return _file(request, profile, zh("{name}配置", name=profile.name))


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def upload_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Let a draft say what a file says."""
    desk = desk_of(request, identity)
    _carry(request)
    form = UploadForm(data(request), seen=desk.draft.revision)
    act = Act(
        zh("用文件替换草稿"),
        zh("替换草稿"),
        zh("草稿已按文件替换。"),
        desk.back,
        path_to(desk.profile, Crumb(version_name(desk.draft), desk.back), Crumb(zh("上传文件"))),
        lead=zh("整份替换：文件里没写的，草稿里也就没有了。替换以前会列出改了哪些。"),
    )

    def says(filled: Filled) -> Sequence[Sentence]:
        return consequences(desk.told, filled["told"])

    def do(filled: Filled) -> None:
        save(request, desk, filled["told"], filled["seen"])

    return acted(request, act, form, says=says, do=do)


def _file(request: HttpRequest, profile: Profile, name: Sentence) -> HttpResponse:
    content = write_profile(profile, remark=say(name))
    note_export(
        name=name, filters="", form="toml", count=1, by=actor_of(request), at=timezone.now()
    )
    return download(content, f"{say(name)}.toml", TOML)


def _carry(request: HttpRequest) -> None:
    """Let the text of a file that was sent travel with the form to its second step."""
    found = request.FILES.get("file") if request.method == "POST" else None
    if found is None:
        return
    content = found.read(MOST_BYTES + 1)
    sent = request.POST.copy()
    try:
        sent["text"] = content.decode("utf-8") if len(content) <= MOST_BYTES else _NO_TEXT
    except UnicodeDecodeError:
        sent["text"] = _NO_TEXT
    request.POST = sent  # type: ignore[assignment] # a copy of its own kind
