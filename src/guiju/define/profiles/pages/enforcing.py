"""Putting a draft in force, and using a profile no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import day_field, text_field
from guiju.base.ui.forms import Form, data
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_diff import differences
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.profiles.actions import enforcing
from guiju.define.profiles.actions.copying import MOST_REASON
from guiju.define.profiles.pages.changing import MOST_SAID, Desk, desk_of
from guiju.define.profiles.pages.frame import address, base_name, path_to, reached, version_name
from guiju.define.profiles.pages.parts.form import SeenForm
from guiju.define.profiles.reads.held import profile_with
from guiju.define.profiles.reads.profiles import open_editions, versions_of


class EnforceForm(SeenForm):
    """From which day."""

    first_day = day_field(zh("从哪天起"), zh("今天或以后的一天；从这天起开始编制的清单用它"))

    def __init__(self, data: object, *, seen: int, day: date) -> None:
        super().__init__(data, seen=seen)
        self.initial["first_day"] = day


class EndForm(Form):
    """From which day, and why."""

    day = day_field(zh("从哪天起停用"))
    reason = text_field(zh("原因"), most=MOST_REASON)


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def enforce_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Put a draft in force."""
    desk = desk_of(request, identity)
    day = max(desk.draft.valid_from, timezone.localdate())
    form = EnforceForm(data(request), seen=desk.draft.revision, day=day)
    act = Act(
        zh("启用「{name}」第 {ordinal} 版", name=desk.told.name, ordinal=desk.draft.ordinal),
        zh("启用"),
        zh("已启用。从那天起编制的清单用这一版。"),
        address("profiles:profile", desk.profile),
        path_to(desk.profile, Crumb(version_name(desk.draft), desk.back), Crumb(zh("启用"))),
        lead=_lead(desk),
    )

    def says(filled: Filled) -> Sequence[Sentence]:
        return consequences(desk, filled["first_day"])

    def do(filled: Filled) -> None:
        enforcing.put_in_force(
            profile=desk.profile.reference,
            first_day=filled["first_day"],
            revision=filled["seen"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


def consequences(desk: Desk, first_day: date) -> list[Sentence]:
    """Say for whom it holds, what differs from before, and what keeps the older version."""
    found = [
        zh(
            "从 {day} 起，「{unit}」和它的下级开始编制的清单，凡按「{base}」编的，都用这一版。",
            day=str(first_day),
            unit=desk.profile.unit.name,
            base=base_name(desk.profile),
        ),
        zh("启用后这一版不能再改；要改，另起草新的一版。"),
    ]
    codes = [desk.profile.base, *(one.code for one in versions_of(desk.profile))]
    if kept := open_editions(codes, desk.profile.unit.path):
        found.append(
            zh(
                "有 {count} 版清单已经开始，继续用原来的配置；"
                "还是草稿的，可以在清单的「配置」里改用新版。",
                count=kept,
            )
        )
    before = profile_with(desk.draft.origin)
    changes = differences(before, desk.told) if before else ()
    found += [one.sentence for one in changes[:MOST_SAID]]
    if len(changes) > MOST_SAID:
        found.append(zh("另有 {count} 处改动。", count=len(changes) - MOST_SAID))
    found += [zh("要注意：{fault}", fault=one.sentence) for one in faults(desk.told)]
    return found


def _lead(desk: Desk) -> Sentence | None:
    wrong = [one for one in faults(desk.told) if not one.is_doubt]
    if not wrong:
        return None
    return zh("还有 {count} 处要改，改好才能启用；都列在草稿的页面上。", count=len(wrong))


@needs(Permission.PROFILE_EDIT)
@require_http_methods(METHODS)
def end_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Use a profile no more."""
    profile = reached(request, identity, Permission.PROFILE_EDIT)
    form = EndForm(data(request), initial={"day": timezone.localdate()})
    act = Act(
        zh("停用「{name}」", name=profile.name),
        zh("停用"),
        zh("已停用。"),
        address("profiles:profile", profile),
        path_to(profile, Crumb(zh("停用"))),
        is_grave=True,
    )

    def says(filled: Filled) -> Sequence[Sentence]:
        return [
            zh(
                "从 {day} 起开始编制的清单，用上级单位的配置；上级没有的，用系统自带的「{base}」。",
                day=str(filled["day"]),
                base=base_name(profile),
            ),
            zh("已经按它编制的清单继续用它。停用后不能恢复，可以从它复制一套新的。"),
        ]

    def do(filled: Filled) -> None:
        enforcing.end_profile(
            profile=profile.reference,
            day=filled["day"],
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)
