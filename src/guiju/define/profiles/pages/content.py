"""What a profile says, part by part, in plain words; of a draft with the ways to change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition
from guiju.base.ui.reader import may
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_entries import LISTS
from guiju.core.lists.profile_told import Told, told
from guiju.core.lists.profile_told_line import Line, Text
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import GradeMethod
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import way
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.models import OwnProfile, Version
from guiju.define.profiles.pages.frame import (
    LIST,
    address,
    head,
    known_built_in,
    reached,
    state_of,
    version_name,
)
from guiju.define.profiles.pages.overview import editions_shown
from guiju.define.profiles.reads.profiles import is_in_force
from guiju.exchange.profile_files import built_in

_METHODS = {
    ProfilePart.RULES: GradeMethod.RULES,
    ProfilePart.CRITERIA: GradeMethod.CHECKLIST,
    ProfilePart.MATRIX: GradeMethod.MATRIX,
    ProfilePart.COUNTS: GradeMethod.COUNT,
    ProfilePart.FACTORS: GradeMethod.FACTORS,
}
_ENTRY_FORMS = frozenset({*LISTS, ProfilePart.LEVELS, ProfilePart.DIMENSIONS})
"""Parts that are changed entry by entry."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the ways to change it; empty where it cannot be."""

    label: Text
    text: Text
    is_step: bool = False
    change_at: str = ""
    remove_at: str = ""
    add_step_at: str = ""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part with the ways to change it."""

    part: ProfilePart
    lines: tuple[ShownLine, ...]
    note: Sentence | None = None
    change_at: str = ""
    add_at: str = ""


Link: TypeAlias = Callable[..., str]


def parts_of(profile: Profile, link: Link | None = None) -> list[ShownPart]:
    """Return what a profile says; with links, what may be changed.

    Args:
        profile: what it says.
        link: returns the address of a page that changes a part, from the view's name and what
            stands in the address; None where nothing may be changed.
    """
    return [
        _part(one, profile, link)
        for one in told(profile)
        if link is not None or (one.lines and _is_used(one.part, profile))
    ]


def _is_used(part: ProfilePart, profile: Profile) -> bool:
    """Tell whether a part counts: what a method needs does where the method is chosen."""
    return part not in _METHODS or _METHODS[part] in profile.methods


def _part(one: Told, profile: Profile, link: Link | None) -> ShownPart:
    note = None
    if not _is_used(one.part, profile):
        note = zh("没有采用这种方法。")
    elif not one.lines:
        note = zh("没有规定。")
    lines = tuple(_line(one.part, line, link) for line in one.lines)
    if link is None:
        return ShownPart(one.part, lines, note)
    return ShownPart(
        one.part,
        lines,
        note,
        "" if one.part in _ENTRY_FORMS else link("part", one.part.value),
        link("add", one.part.value) if one.part in LISTS else "",
    )


def _line(part: ProfilePart, line: Line, link: Link | None) -> ShownLine:
    is_step = len(line.place) > 1
    if link is None or not line.place or part not in _ENTRY_FORMS:
        return ShownLine(line.label, line.text, is_step)
    if is_step:
        chain, step = line.place
        return ShownLine(
            line.label,
            line.text,
            is_step,
            link("step", chain, step),
            link("remove_step", chain, step),
        )
    at = line.place[0]
    return ShownLine(
        line.label,
        line.text,
        is_step,
        link("entry", part.value, at),
        link("remove", part.value, at) if part in LISTS else "",
        link("add_step", at) if part is ProfilePart.CHAINS else "",
    )


@needs(Permission.LISTS_READ)
@require_safe
def built_in_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a profile that comes with Guiju."""
    profile = built_in(known_built_in(code))
    shown = {
        "heading": zh("配置「{name}」", name=profile.name),
        "lead": zh("系统自带，不能改；要改，复制一套。"),
        "way": way(None, Crumb(zh("配置"), reverse(LIST)), Crumb(profile.name)),
        "sheet": (Definition(zh("从哪天起"), profile.valid_from),),
        "copy_at": _copy_at(request, code),
        "file_at": reverse("profiles:built_in_file", args=[code]),
        **editions_shown(request, [code]),
    }
    return render(request, "profiles/content.html", shown | contents(profile))


@needs(Permission.LISTS_READ)
@require_safe
def version_page(request: HttpRequest, identity: UUID, ordinal: int) -> HttpResponse:
    """Show a version of a body's own profile."""
    profile = reached(request, identity)
    version = version_at(profile, ordinal)
    frame = head(request, profile, "profiles:version", Crumb(version_name(version)))
    is_draft = not is_in_force(version)
    link = _links(profile) if is_draft and frame["may_edit"] else None
    shown = {
        "heading": zh("{name} · 第 {ordinal} 版", name=profile.name, ordinal=version.ordinal),
        "profile_state": state_of(version, frame["versions"], timezone.localdate()),  # type: ignore[arg-type] # head makes it so
        "sheet": _sheet(version),
        "version": version,
        "is_draft": is_draft,
        "copy_at": "" if is_draft else _copy_at(request, version.code),
        "file_at": address("profiles:file", profile, ordinal),
        "enforce_at": link("enforce") if link else "",
        "upload_at": link("upload") if link else "",
        "discard_at": link("discard") if link else "",
    }
    if not is_draft:
        shown |= editions_shown(request, [version.code])
    shown |= contents(profile_in(version), link)
    return render(request, "profiles/content.html", frame | shown)


def contents(profile: Profile, link: Link | None = None) -> dict[str, object]:
    """Return what the page shows of what a profile says, and of what is wrong with it."""
    wrong = faults(profile)
    return {
        "parts": parts_of(profile, link),
        "faults": [one for one in wrong if not one.is_doubt],
        "doubts": [one for one in wrong if one.is_doubt],
    }


def _links(profile: OwnProfile) -> Link:
    def link(view: str, *more: object) -> str:
        return address(f"profiles:{view}", profile, *more)

    return link


def version_at(profile: OwnProfile, ordinal: int) -> Version:
    """Return a version of a profile.

    Raises:
        Http404: when there is none.
    """
    found = profile.versions.filter(ordinal=ordinal).first()
    if found is None:
        raise Http404
    return found


def _copy_at(request: HttpRequest, code: str) -> str:
    is_allowed = may(request, Permission.PROFILE_EDIT)
    return f"{reverse('profiles:copy')}?origin={code}" if is_allowed else ""


def _sheet(version: Version) -> tuple[Definition, ...]:
    return (
        Definition(zh("从哪天起"), version.valid_from),
        Definition(zh("代号"), version.code),
        Definition(zh("内容摘要"), version.digest or None),
        Definition(zh("最近改动"), version.changed_at),
    )
