"""K8: what is closed later is in no older public form, whatever is closed; nothing else goes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.lists.closing import added, closed, key_of, shut_in, touches
from guiju.core.lists.model import TABLES, Control
from guiju.core.lists.public import public_edition
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, ItemKind
from guiju.exchange.profile_files import built_in
from small_edition import SOUND

COUNTY = built_in("county")
SHOWN = public_edition(SOUND, COUNTY).edition
CLOSABLE = [key_of(one) for one in SHOWN.items() if hasattr(one, "publication")]
WAYS = st.sampled_from(
    [Publication(exemption="涉及国家安全"), Publication(audience=Audience.INTERNAL), Publication()]
)


def spoiled(ways):
    """Return the small edition with these items closed, and its public form."""
    told = SOUND
    for kind, name in TABLES.items():
        items = tuple(
            replace(one, publication=ways[key_of(one)]) if key_of(one) in ways else one
            for one in told.table(kind)
        )
        told = replace(told, **{name: items})
    return told, public_edition(told, COUNTY).edition


def owners(edition, item):
    """Return to what an item belongs, step by step: an independent way up."""
    if isinstance(item, Control):
        risk = next((one for one in edition.risks if one.code == item.risk), None)
        return [(ItemKind.RISK, item.risk), *(owners(edition, risk) if risk else ())]
    code = item.parent if item.item_kind is ItemKind.POWER else getattr(item, "power", "")
    power = next((one for one in edition.powers if one.code == code), None)
    return [(ItemKind.POWER, code), *(owners(edition, power) if power else ())] if code else []


@given(st.dictionaries(st.sampled_from(CLOSABLE), WAYS))
def test_k8_exactly_what_is_closed_goes_with_what_belongs_to_it(ways):
    whole, shown = spoiled(ways)
    shut = shut_in(whole, shown, COUNTY)
    found = closed(SHOWN, shut)
    left = {key_of(one) for one in found.edition.items()}
    wanted = {
        key_of(one) for one in SHOWN.items() if not {key_of(one), *owners(SHOWN, one)} & set(shut)
    }
    assert left == wanted
    assert left == {key_of(one) for one in shown.items()}
    assert left.isdisjoint(found.items)
    assert left | set(found.items) == {key_of(one) for one in SHOWN.items()}
    assert sum(one.count for one in found.withheld) <= len(found.items)
    assert bool(found.withheld) == bool(found.items)


@given(st.dictionaries(st.sampled_from(CLOSABLE), WAYS))
def test_closing_twice_is_closing_once_and_a_change_of_it_is_recognised(ways):
    whole, shown = spoiled(ways)
    shut = shut_in(whole, shown, COUNTY)
    found = closed(SHOWN, shut)
    again = closed(found.edition, shut)
    assert again.edition == found.edition
    assert (again.items, again.withheld) == ({}, ())
    assert all(touches(one, found.items) for one in SHOWN.items() if key_of(one) in found.items)
    assert not any(touches(one, found.items) for one in found.edition.items())


@given(st.dictionaries(st.sampled_from(CLOSABLE), WAYS))
def test_what_is_withheld_is_counted_together_by_its_class(ways):
    whole, shown = spoiled(ways)
    told = closed(SHOWN, shut_in(whole, shown, COUNTY)).withheld
    both = added(told, told)
    assert {replace(one, count=0) for one in both} == {replace(one, count=0) for one in told}
    assert sum(one.count for one in both) == 2 * sum(one.count for one in told)
    assert added((), told) == told
