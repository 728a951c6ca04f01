"""Changing a part of a draft: the form, what it changes, then the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.forms import data
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_diff import differences
from guiju.core.lists.profile_entries import LISTS, entries, removed, removed_step
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import Layer
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.profiles.actions import changing
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.models import OwnProfile, Version
from guiju.define.profiles.pages.frame import address, path_to, reached, version_name
from guiju.define.profiles.pages.parts import chains, grading, scope
from guiju.define.profiles.pages.parts.form import PartForm, SeenForm
from guiju.define.profiles.reads.profiles import draft_in, versions_of

MOST_SAID = 12

_WHOLE: dict[ProfilePart, type[PartForm]] = {
    ProfilePart.NAME: scope.Name,
    ProfilePart.GRADES: grading.Grades,
    ProfilePart.METHODS: grading.Methods,
    ProfilePart.MATRIX: grading.Matrix,
    ProfilePart.COUNTS: grading.Counts,
    ProfilePart.FACTORS: grading.FactorsForm,
    ProfilePart.LAYERS: scope.Layers,
    ProfilePart.CHANNELS: scope.Channels,
    ProfilePart.BOUNDS: scope.Bounds,
    ProfilePart.PUBLICATION: scope.Publication,
}
_ENTRY: dict[ProfilePart, type[PartForm]] = {
    ProfilePart.RULES: grading.Rule,
    ProfilePart.CRITERIA: grading.CriterionForm,
    ProfilePart.LEVELS: grading.Level,
    ProfilePart.KINDS: scope.Kind,
    ProfilePart.DIMENSIONS: scope.Dimensions,
    ProfilePart.CHAINS: chains.Chain,
    ProfilePart.SEPARATIONS: scope.Separation,
    ProfilePart.LIMITS: scope.Limit,
    ProfilePart.SEVERITIES: scope.Severity,
}
_FIXED = {ProfilePart.LEVELS: len(GRADES), ProfilePart.DIMENSIONS: len(Layer)}


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft that is being changed."""

    profile: OwnProfile
    draft: Version
    told: Profile

    @property
    def back(self) -> str:
        """Where its content is shown."""
        return address("profiles:version", self.profile, self.draft.ordinal)


def desk_of(request: HttpRequest, identity: UUID) -> Desk:
    """Return the draft of the profile that an address names.

    Raises:
        Http404: for a profile that is not the reader's to change, or without a draft.
    """
    profile = reached(request, identity, Permission.PROFILE_EDIT)
    head = draft_in(versions_of(profile))
    if head is None:
        raise Http404
    return Desk(profile, head, profile_in(head))


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def part_page(request: HttpRequest, identity: UUID, part: str) -> HttpResponse:
    """Change a part that is changed as a whole."""
    which = _known(part, _WHOLE)
    heading = zh("改「{part}」", part=which.label)
    return _changed(request, desk_of(request, identity), _WHOLE[which], (), heading)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def entry_page(request: HttpRequest, identity: UUID, part: str, at: int) -> HttpResponse:
    """Change one entry of a part."""
    which, desk = _known(part, _ENTRY), desk_of(request, identity)
    count = len(entries(desk.told, which)) if which in LISTS else _FIXED[which]
    if at >= count:
        raise Http404
    heading = zh("改「{part}」第 {number} 条", part=which.label, number=at + 1)
    return _changed(request, desk, _ENTRY[which], (at,), heading)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def add_page(request: HttpRequest, identity: UUID, part: str) -> HttpResponse:
    """Add an entry to a part."""
    which = _known(part, LISTS)
    heading = zh("给「{part}」加一条", part=which.label)
    return _changed(request, desk_of(request, identity), _ENTRY[which], (), heading)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def remove_page(request: HttpRequest, identity: UUID, part: str, at: int) -> HttpResponse:
    """Take an entry of a part away."""
    which, desk = _known(part, LISTS), desk_of(request, identity)
    if at >= len(entries(desk.told, which)):
        raise Http404
    return _removed(request, desk, which, removed(desk.told, which, at))


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def step_page(request: HttpRequest, identity: UUID, at: int, step: int) -> HttpResponse:
    """Change a step of a chain."""
    desk = desk_of(request, identity)
    _require_step(desk.told, at, step)
    chain = desk.told.chains[at]
    heading = zh("改「{chain}」的「{step}」", chain=chain.name, step=chain.steps[step].name)
    return _changed(request, desk, chains.Step, (at, step), heading)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def add_step_page(request: HttpRequest, identity: UUID, at: int) -> HttpResponse:
    """Add a step to a chain."""
    desk = desk_of(request, identity)
    if at >= len(desk.told.chains):
        raise Http404
    heading = zh("给「{chain}」加一步", chain=desk.told.chains[at].name)
    return _changed(request, desk, chains.Step, (at,), heading)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def remove_step_page(request: HttpRequest, identity: UUID, at: int, step: int) -> HttpResponse:
    """Take a step of a chain away."""
    desk = desk_of(request, identity)
    _require_step(desk.told, at, step)
    return _removed(request, desk, ProfilePart.CHAINS, removed_step(desk.told, at, step))


def consequences(before: Profile, after: Profile) -> list[Sentence]:
    """Say what a change of a draft changes, and what would still keep it from force."""
    if before == after:
        return [zh("没有改动。")]
    changes = differences(before, after)
    found = [one.sentence for one in changes[:MOST_SAID]]
    if len(changes) > MOST_SAID:
        found.append(zh("另有 {count} 处改动。", count=len(changes) - MOST_SAID))
    known = {(one.code, str(one.sentence)) for one in faults(before)}
    found += [
        zh("要注意：{fault}", fault=one.sentence)
        for one in faults(after)
        if (one.code, str(one.sentence)) not in known
    ]
    found.append(zh("只改草稿；启用以前，对任何清单都没有影响。"))
    return found


def _changed(
    request: HttpRequest,
    desk: Desk,
    form_of: type[PartForm],
    place: tuple[int, ...],
    heading: Sentence,
) -> HttpResponse:
    form = form_of(data(request), profile=desk.told, place=place, seen=desk.draft.revision)
    act = _act(desk, heading, zh("改草稿"), zh("草稿已改。"))

    def says(_filled: Filled) -> Sequence[Sentence]:
        return consequences(desk.told, form.changed())

    def do(filled: Filled) -> None:
        save(request, desk, form.changed(), filled["seen"])

    return acted(request, act, form, says=says, do=do)


def _removed(request: HttpRequest, desk: Desk, part: ProfilePart, after: Profile) -> HttpResponse:
    form = SeenForm(data(request), seen=desk.draft.revision)
    heading = zh("删去「{part}」里的一条", part=part.label)
    act = _act(desk, heading, zh("删去"), zh("已从草稿里删去。"), is_grave=True)

    def says(_filled: Filled) -> Sequence[Sentence]:
        return consequences(desk.told, after)

    def do(filled: Filled) -> None:
        save(request, desk, after, filled["seen"])

    return acted(request, act, form, says=says, do=do)


def save(request: HttpRequest, desk: Desk, after: Profile, seen: int) -> None:
    """Let the draft say something else."""
    changing.change_draft(
        profile=desk.profile.reference,
        told=after,
        revision=seen,
        by=actor_of(request),
        at=timezone.now(),
    )


def _act(
    desk: Desk, heading: Sentence, verb: Sentence, done: Sentence, *, is_grave: bool = False
) -> Act:
    steps = (Crumb(version_name(desk.draft), desk.back), Crumb(heading))
    return Act(heading, verb, done, desk.back, path_to(desk.profile, *steps), is_grave)


def _known(part: str, among: object) -> ProfilePart:
    if part not in set(ProfilePart) or ProfilePart.of(part) not in among:  # type: ignore[operator] # a mapping or a set
        raise Http404
    return ProfilePart.of(part)


def _require_step(told: Profile, at: int, step: int) -> None:
    if at >= len(told.chains) or step >= len(told.chains[at].steps):
        raise Http404
