"""Profiles for programs: what there is, what a version says, copying, changing a draft."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.api.schemas import Body, Done
from guiju.base.org.reads.known import known_unit
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_words import VersionState
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.profiles.actions import changing, copying
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.models import CODE, NAME, REFERENCE
from guiju.define.profiles.pages.changing import desk_of
from guiju.define.profiles.pages.content import version_at
from guiju.define.profiles.pages.frame import known_built_in, reached
from guiju.define.profiles.pages.profiles import TABLE, source_of
from guiju.define.profiles.reads.profiles import ProfileLine, copyable, versions_of
from guiju.exchange.profile_files import built_in, profile_data, profile_from

router = Router(tags=["lists"])


class ProfileOut(Schema):
    """A profile in the list; ``reference`` is empty for one that comes with the product."""

    reference: str
    code: str
    name: str
    base: str
    unit: str
    unit_name: str
    ordinal: int
    first_day: date | None
    next_from: date | None
    ended: date | None
    has_draft: bool
    editions: int


class VersionOut(Schema):
    """A version without what it says."""

    ordinal: int
    code: str
    origin: str
    state: VersionState
    first_day: date
    digest: str
    revision: int


class FaultOut(Schema):
    """Something wrong with a profile; a doubt may stay."""

    code: str
    part: str
    detail: str
    is_doubt: bool


class SaidOut(Schema):
    """What a profile says, as its file has it, and what is wrong with it."""

    code: str
    revision: int
    content: dict[str, Any]
    findings: list[FaultOut]


class CopyIn(Body):
    """Which profile is copied, for which unit, under which name, from which day."""

    unit: str = Field(max_length=REFERENCE)
    origin: str = Field(max_length=CODE)
    name: str = Field(max_length=NAME)
    first_day: date


class DraftIn(Body):
    """All that a draft is to say, and the revision that was seen."""

    content: dict[str, Any]
    revision: int = Field(ge=0)


@router.get("", response=Paged[ProfileOut], summary=said(zh("配置")), openapi_extra=asked(TABLE))
@needs(Permission.LISTS_READ)
def list_profiles(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return profiles, as on the page."""
    return listed(
        request,
        response,
        table=TABLE,
        source=lambda state: source_of(request, state),
        show=_line,
    )


@router.post("", response=Done, summary=said(zh("为单位复制一套配置")))
@needs(Permission.PROFILE_EDIT)
def copy_profile(request: HttpRequest, wanted: CopyIn) -> object:
    """Copy a profile."""
    scope = scope_of(request, Permission.PROFILE_EDIT)
    if known_unit(wanted.unit, scope) is None or wanted.origin not in dict(copyable(scope)):
        raise Http404
    with once(request):
        return copying.copy_profile(
            unit=wanted.unit,
            origin=wanted.origin,
            name=wanted.name,
            first_day=wanted.first_day,
            by=actor_of(request),
            at=timezone.now(),
        )


@router.get("/built-in/{slug:code}", response=SaidOut, summary=said(zh("系统自带的一套配置")))
@needs(Permission.LISTS_READ)
def built_in_profile(request: HttpRequest, code: str) -> dict[str, object]:  # noqa: ARG001 - ninja wants its name
    """Return a profile that comes with the product."""
    return _said(built_in(known_built_in(code)), 0)


@router.get("/{uuid:identity}", response=list[VersionOut], summary=said(zh("一套配置的各版")))
@needs(Permission.LISTS_READ)
def profile_versions(request: HttpRequest, identity: UUID) -> list[dict[str, object]]:
    """Return the versions of a profile, the newest first."""
    names = [name for name in VersionOut.model_fields if name != "first_day"]
    return [
        {"first_day": one.valid_from, **{name: getattr(one, name) for name in names}}
        for one in versions_of(reached(request, identity))
    ]


@router.get(
    "/{uuid:identity}/versions/{int:ordinal}",
    response=SaidOut,
    summary=said(zh("一版配置的内容和查出的问题")),
)
@needs(Permission.LISTS_READ)
def profile_version(request: HttpRequest, identity: UUID, ordinal: int) -> dict[str, object]:
    """Return what a version says."""
    found = version_at(reached(request, identity), ordinal)
    return _said(profile_in(found), found.revision)


@router.put("/{uuid:identity}/draft", response=Done, summary=said(zh("改配置的草稿")))
@needs(Permission.PROFILE_EDIT)
def change_profile(request: HttpRequest, identity: UUID, wanted: DraftIn) -> object:
    """Let a draft say something else; its code and first day stay."""
    desk = desk_of(request, identity)
    told = profile_from({**wanted.content, "code": desk.draft.code, "valid_from": None})
    with once(request):
        changing.change_draft(
            profile=desk.profile.reference,
            told=told,
            revision=wanted.revision,
            by=actor_of(request),
            at=timezone.now(),
        )
    return desk.profile


def _said(told: Profile, revision: int) -> dict[str, object]:
    return {
        "code": told.code,
        "revision": revision,
        "content": profile_data(told),
        "findings": [
            {
                "code": one.code,
                "part": one.part.value,
                "detail": say(one.sentence),
                "is_doubt": one.is_doubt,
            }
            for one in faults(told)
        ],
    }


def _line(one: ProfileLine) -> dict[str, object]:
    names = (name for name in ProfileOut.model_fields if name != "first_day")
    return {"first_day": one.since, **{name: getattr(one, name) for name in names}}
