"""Profiles in the gallery, over what comes with Guiju."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.badges import Badge
from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, Holder, holders
from guiju.base.ui.parts import Crumb, Definition, Tab
from guiju.core.lists.profile import Criterion, Profile
from guiju.core.lists.profile_words import VersionState
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import SignAction
from guiju.core.sentence import zh
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import full_name, state_badge
from guiju.define.profiles.models import OwnProfile, Version
from guiju.define.profiles.pages import comparing, content, of_edition, overview, profiles
from guiju.define.profiles.reads.profiles import ProfileLine
from guiju.exchange.profile_files import built_in

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
DAY = date(2026, 7, 1)


def _profile(state: str) -> OwnProfile:
    from guiju.base.org.models import Unit  # noqa: PLC0415 - needs loaded apps

    made = OwnProfile(reference=f"profile:{UUID(int=3)}", base="county", code="county-00000000")
    made.name = LONG_TEXT[:60] if state == "long" else "教育系统"
    made.unit = Unit(name=LONG_UNIT if state == "long" else "教育局", path="1/")
    return made


def _versions(count: int) -> list[Version]:
    return [
        Version(
            ordinal=ordinal,
            code=f"county-00000000-{ordinal}",
            state=(VersionState.IN_FORCE if ordinal < count else VersionState.DRAFT).value,
            valid_from=date(2020 + ordinal % 6, 1 + ordinal % 12, 1),
            digest="a3f1" * 16 if ordinal < count else "",
            revision=ordinal % 9,
            changed_at=NOON,
        )
        for ordinal in range(count, 0, -1)
    ]


def _told(state: str) -> Profile:
    """Return what a profile says: nothing, as it comes, in long words, much, with faults."""
    county = built_in("county")
    if state == "empty":
        return Profile(code="own", name="新配置")
    if state == "long":
        rules = tuple(replace(one, text=LONG_TEXT) for one in county.rules)
        return replace(county, name=LONG_TEXT[:60], rules=rules)
    if state == "many":
        criteria = (
            Criterion(code=f"c-{one}", grade=one % 3 + 1, text=f"第 {one} 种情形")
            for one in range(COUNTS[state])
        )
        return replace(built_in("school"), criteria=tuple(criteria))
    if state == "error":
        chain = county.chains[-1]
        steps = tuple(replace(one, action=SignAction.EXAMINE, limit=0) for one in chain.steps)
        wrong = (*county.chains[:-1], replace(chain, steps=steps))
        return replace(county, grades=county.grades[:2], chains=wrong, methods=())
    return county


def _editions(count: int) -> list[tuple[object, ...]]:
    states = (EditionState.EFFECTIVE, EditionState.DRAFT, EditionState.SUPERSEDED)
    return [
        (
            full_name(Edition(title=f"{one.unit}清单", ordinal=one.number % 3 + 1)),
            one.unit,
            state_badge(states[one.number % 3]),
            reverse("ui:gallery"),
        )
        for one in holders(min(count, overview.MOST_EDITIONS))
    ]


def _head(state: str, current: str) -> dict[str, object]:
    here, profile = reverse("ui:gallery"), _profile(state)
    names = (zh("概况"), zh("内容"), zh("比较"), zh("经过"))
    return {
        "profile": profile,
        "heading": profile.name,
        "profile_state": Badge("good", zh("现行")),
        "lead": zh("{unit}及其下级 · 代替「{base}」", unit=profile.unit.name, base="县"),
        "way": (Crumb(zh("四单"), here), Crumb(zh("配置"), here), Crumb(profile.name)),
        "tabs": [Tab(one, here, one.template == current) for one in names],
        "editions": _editions(COUNTS[state]),
        "is_more": COUNTS[state] > overview.MOST_EDITIONS,
    }


def _line(one: Holder) -> ProfileLine:
    return ProfileLine(
        order=one.number,
        reference=f"profile:{UUID(int=one.number)}",
        code=f"county-00000000-{one.number}",
        name=f"{one.unit}系统",
        base="county",
        unit="",
        unit_name=one.unit,
        ordinal=one.number % 4,
        since=one.since if one.number % 4 else None,
        next_from=DAY if one.number % 3 == 0 else None,
        ended=None,
        has_draft=one.number % 4 == 0,
        editions=one.matters,
    )


def _profiles(request: HttpRequest, state: str) -> Shown:
    here = reverse("ui:gallery")
    return {
        "heading": profiles.TABLE.name,
        "lead": profiles.LEAD,
        "tabs": (Tab(zh("各版清单"), here), Tab(profiles.TABLE.name, here, is_current=True)),
        "way": (Crumb(zh("四单"), here), Crumb(profiles.TABLE.name)),
        "copy_at": "" if state == "forbidden" else here,
        "listed": listed(request, profiles.TABLE, state, _line),
    }


def _content(_request: HttpRequest, state: str) -> Shown:
    here, is_allowed = reverse("ui:gallery"), state != "forbidden"

    def link(_view: str, *_more: object) -> str:
        return here

    sheet = (
        Definition(zh("从哪天起"), DAY),
        Definition(zh("代号"), "county-00000000-2"),
        Definition(zh("内容摘要"), None),
    )
    shown = {"sheet": sheet, "is_draft": True, "file_at": here}
    if is_allowed:
        shown |= {"enforce_at": here, "upload_at": here, "discard_at": here}
    return (
        _head(state, "内容") | shown | content.contents(_told(state), link if is_allowed else None)
    )


def _profile_page(_request: HttpRequest, state: str) -> Shown:
    profile, versions = _profile(state), _versions(max(COUNTS[state], 1))
    is_allowed = state != "forbidden"
    return _head(state, "概况") | overview.contents(profile, versions, may_edit=is_allowed)


def _compare(_request: HttpRequest, state: str) -> Shown:
    before, after = built_in("county"), _told(state)
    if state == "empty":
        after = before
    choices = [
        ("2", zh("第 {ordinal} 版", ordinal=2)),
        ("county", zh("系统自带「{name}」", name="县")),
    ]
    shown = {"choices": choices, "before": "county", "after": "2"}
    return _head(state, "比较") | shown | comparing.contents(before, after)


def _of_edition(_request: HttpRequest, state: str) -> Shown:
    from guiju.base.org.models import Unit  # noqa: PLC0415 - needs loaded apps

    here, edition = reverse("ui:gallery"), Edition(title="教育局清单", ordinal=2)
    edition.unit = Unit(name="教育局", path="1/")
    newer = replace(_told(state), name="教育系统", valid_from=DAY)
    is_newer = state not in ("empty", "typical")
    shown = of_edition.contents(built_in("county"), newer if is_newer else None)
    return shown | {
        "edition": edition,
        "edition_name": full_name(edition),
        "edition_state": state_badge(EditionState.DRAFT),
        "way": (Crumb(zh("四单"), here), Crumb(full_name(edition))),
        "edition_tabs": [Tab(zh("配置"), here, is_current=True)],
        "profile_at": here,
        "take_up_at": here if state != "forbidden" else "",
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, template, show in (
        ("content", zh("一版配置的内容"), "content", _content),
        ("profile", zh("一套配置的概况"), "profile", _profile_page),
        ("compare", zh("比较两版配置"), "compare", _compare),
        ("of-edition", zh("清单用的配置"), "of_edition", _of_edition),
    ):
        add_exhibit(
            Exhibit(f"profiles-{name}", label, f"profiles/{template}.html", show, is_screen=True)
        )
    add_lists(("profiles-list", zh("配置"), "profiles/profiles.html", _profiles))
