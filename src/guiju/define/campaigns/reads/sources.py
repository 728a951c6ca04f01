"""What the forms are made from: the draft, who holds its posts, who answered and confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone

from guiju.base.inbox.people import names_of
from guiju.base.org.reads.staffing import StaffedPost, staffing
from guiju.base.ui.language import say
from guiju.core.lists.words_campaigns import Gate
from guiju.core.sentence import listing, zh
from guiju.define.campaigns.models import Ask, Campaign
from guiju.define.campaigns.papers import FormKind, Signed, Source, day_words
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole


class Signatures(Protocol):
    """Tells who approved an edition, as lines at the foot of its forms; empty while nobody did."""

    def __call__(self, edition: Edition, /, *, may_name: bool) -> Sequence[Signed]:
        """Return the lines; they name persons only where the reader may see who they are."""


_SIGNATURES: list[Signatures] = []


def add_signatures(source: Signatures) -> None:
    """Have an area say who approved an edition."""
    _SIGNATURES.append(source)


def source_of(campaign: Campaign, kind: FormKind, post: str, *, on: date, may_name: bool) -> Source:
    """Return what a form is made from.

    Args:
        campaign: with its edition and unit.
        kind: which form.
        post: the post that it is for, by its name; empty for all.
        on: the day whose holders are named.
        may_name: whether the reader may see who they are.
    """
    staffed = staffing(campaign.edition.unit.path, on)
    return Source(
        lists=whole(campaign.edition),
        profile=profile_of(campaign.edition),
        unit=campaign.edition.unit.name,
        post=post if kind.is_personal else "",
        holders=_holders(staffed) if may_name else {},
        levels={one.name: say(one.level.label) for one in staffed if one.level},
        signed=[
            *signed(campaign, kind, post, may_name=may_name),
            *approved(campaign.edition, may_name=may_name),
        ],
        on=day_words(on),
    )


def _holders(staffed: Iterable[StaffedPost]) -> Mapping[str, str]:
    return {one.name: "、".join(each.name for each in one.own) for one in staffed if one.own}


def approved(edition: Edition, *, may_name: bool) -> list[Signed]:
    """Return who approved an edition; one line to be signed while it has not passed."""
    found = [one for source in _SIGNATURES for one in source(edition, may_name=may_name)]
    return found or [Signed(zh("审签"))]


def signed(campaign: Campaign, kind: FormKind, post: str, *, may_name: bool) -> list[Signed]:
    """Return who signed in the system: those who looked for risks, and who confirmed the gate."""
    asks = Ask.objects.filter(campaign=campaign, answered_at__isnull=False).order_by("number")
    mine = [one for one in asks if not (kind.is_personal and post) or one.post_name == post]
    gates = [campaign.gates[one.value] for one in Gate if one.value in campaign.gates]
    people = {one.person for one in mine} | {one["by"] for one in gates}
    names = names_of(people, at=timezone.now()) if may_name else {}
    lines = [
        zh(
            "{post} {name} {day}",
            post=one.post_name,
            name=names.get(one.person, ""),
            day=day_words(timezone.localdate(one.answered_at)),
        )
        for one in mine
    ]
    label = zh("本人签字") if kind.is_personal else zh("排查人签字")
    told = [Signed(label, say(listing(lines, most=30)))]
    if len(gates) == len(Gate) and all(one["is_passed"] for one in gates):
        last = max(gates, key=lambda one: str(one["at"]))
        day = day_words(timezone.localdate(datetime.fromisoformat(last["at"])))
        who = names.get(last["by"], "")
        told.append(Signed(zh("四不放过审核"), zh("通过 {name} {day}", name=who, day=day)))
    else:
        told.append(Signed(zh("四不放过审核")))
    return told
