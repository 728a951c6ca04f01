"""The example's lists: large enough, of every kind, the same every time, with the told holes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from functools import cache
from itertools import chain

import pytest

from guiju.base.record.actor import Actor
from guiju.core.ledger.entry import canonical
from guiju.core.lists.canonical import content, encoded, same_content
from guiju.core.lists.facts import Facts, Holder, PostFacts
from guiju.core.lists.lint import lint
from guiju.core.lists.model import Edition
from guiju.core.lists.score import score
from guiju.core.lists.texts import plain
from guiju.core.lists.words import ItemKind, PowerKind, Severity
from guiju.core.terms import Phase
from guiju.define.lists.models import Edition as Row
from guiju.define.lists.reads.whole import whole
from guiju.demo.county import filling
from guiju.demo.county.rows import organisation
from guiju.demo.county.sign_ins import make_sign_ins
from guiju.demo.lists.bringing import bring_lists
from guiju.demo.lists.catalogue import patterns, plans
from guiju.demo.lists.editions import edition, editions
from guiju.demo.lists.holes import HOLES
from guiju.demo.lists.powers import numeral
from guiju.exchange.profile_files import built_in
from signing_in import CHEAP

TODAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 2, tzinfo=UTC)
PRINT = """
import hashlib
from guiju.core.lists.canonical import encoded
from guiju.demo.lists.editions import editions
print(hashlib.sha256(b"".join(map(encoded, editions()))).hexdigest())
"""
UNITS = {
    "county": ["ZFB", "SJJ", "FGJ", "MZJ", "SFJ", "CZJ", "ZRJ", "ZJJ", "WJJ"],
    "bureau": ["JYJ", "JYJ-JC"],
    "school": ["YZ", "EX", "QSX"],
}


@cache
def people_of(unit):
    """The posts of a unit by name, as the county's appointments have them."""
    county = organisation()
    held = {}
    for row in county.appointments:
        held.setdefault(row.post, []).append(Holder(row.person, row.start, row.end))
    return Facts(
        posts={
            post.name: PostFacts(
                unit=unit,
                level=post.level,
                functions=post.functions,
                is_key=post.is_key,
                most_years=post.most_years,
                holders=tuple(held.get(post.code, ())),
            )
            for post in county.posts
            if post.unit == unit
        }
    )


def findings(lists):
    report = lint(lists, people_of(lists.unit_code), built_in(lists.profile), TODAY)
    return [one for one in report.findings if one.severity is not Severity.HINT]


def test_it_has_the_size_that_was_asked_for():
    made = editions()
    assert sum(len(one.powers) for one in made) >= 300
    assert sum(len(one.risks) for one in made) >= 600
    assert sum(len(one.controls) for one in made) > sum(len(one.risks) for one in made)
    assert {one.profile for one in made} == set(UNITS)
    for profile, units in UNITS.items():
        assert [one.unit_code for one in made if one.profile == profile] == units


def test_s2_11_all_ten_official_kinds_are_there_and_three_important_matters_in_every_unit():
    kinds = Counter(power.kind for one in editions() for power in one.powers)
    assert not [kind for kind in PowerKind if not kinds[kind.value]]
    assert {"major", "funds", "project", "procurement", "admission"} <= set(kinds)
    for one in editions():
        majors = [power for power in one.powers if power.is_major]
        assert len(majors) >= 2 or one.unit_code == "JYJ-JC"
        assert all(power.grade == 1 for power in majors)


def test_only_the_told_holes_are_found_and_each_is_found():
    for one in editions():
        found = Counter((finding.code, finding.item) for finding in findings(one))
        told = Counter(chain.from_iterable(h.found for h in HOLES if h.unit == one.unit_code))
        assert found == told, one.unit_code


def test_without_the_holes_only_what_the_county_leaves_open_is_found():
    there = {(hole.unit, *mark) for hole in HOLES if hole.make is None for mark in hole.found}
    found = {
        (plan.unit, finding.code, finding.item)
        for plan in plans()
        for finding in findings(edition(plan))
    }
    assert found == there


def test_every_process_makes_the_same_bytes():
    made = set()
    for seed in ("0", "1"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT], env=environment, capture_output=True, check=True
        )
        made.add(done.stdout.decode().strip())
    assert made == {hashlib.sha256(b"".join(map(encoded, editions()))).hexdigest()}


def test_no_item_names_a_natural_person():
    names = {person.name for person in organisation().persons}
    for one in editions():
        told = canonical(content(one)).decode()
        assert [name for name in names if name in told] == []


def test_every_post_that_an_item_names_is_one_of_the_unit_or_of_its_bureau():
    known = {}
    for post in organisation().posts:
        known.setdefault(post.unit, set()).add(post.name)
    for one in editions():
        posts = known[one.unit_code] | known.get(one.unit_code.partition("-")[0], set())
        named = {step.post for flow in one.flows for step in flow.steps}
        named |= {power.post for power in one.powers} | {power.leader for power in one.powers}
        named |= {post for c in one.controls for post in (c.post, c.supervisor)}
        named |= {item.post for item in one.negatives} | {duty.owner for duty in one.duties}
        assert named <= posts, one.unit_code


def test_s4_40_no_unit_copies_the_risks_of_another_and_texts_are_its_own():
    whose = {}
    for one in editions():
        for text in {plain(risk.text) for risk in one.risks}:
            assert whose.setdefault(text, one.unit_code) == one.unit_code, text
        assert score(one).percent >= 95, one.unit_code


def test_s3_33_county_flows_show_four_phases_and_s3_09_some_are_refined_twice():
    for one in editions():
        if one.profile != "county":
            continue
        assert all({step.phase for step in flow.steps} == set(Phase) for flow in one.flows)
        parents = {flow.code: flow.parent for flow in one.flows}
        assert any(parents.get(parent) for parent in parents.values()), one.unit_code


def test_every_word_of_the_catalogue_is_used():
    used = {row.pattern for plan in plans() for row in plan.powers}
    assert used == set(patterns())
    for plan in plans():
        tiered = {row[0] for row in plan.standards}
        assert tiered == {row.name for row in plan.powers if "裁" in row.flags}, plan.unit
        assert {fee[0] for fee in plan.fees} <= {row.name for row in plan.powers}


@pytest.mark.parametrize(
    ("number", "text"),
    [(7, "七"), (10, "十"), (15, "十五"), (20, "二十"), (64, "六十四"), (105, "一百零五"),
     (210, "二百一十"), (1049, "一千零四十九"), (1105, "一千一百零五")],
)  # fmt: skip
def test_articles_are_counted_in_words(number, text):
    assert numeral(number) == text


@pytest.mark.django_db
@pytest.mark.database
def test_what_is_on_record_is_what_was_made(data_folder, settings, monkeypatch):
    settings.PASSWORD_HASHERS = CHEAP
    brought = {}

    def bring(roster, at):
        brought.update(bring_lists(roster, at=at))
        return brought

    monkeypatch.setattr(filling, "bring_lists", bring)
    filling.fill(make_sign_ins(), by=Actor("operator:tests"), at=AT)
    rows = {row.reference: row for row in Row.objects.select_related("unit")}
    assert set(brought.values()) == set(rows)
    for told in editions():
        held = whole(rows[brought[told.unit_code]])
        named = ("unit", "unit_code", "area_code", "state", "valid_from", "valid_to")
        head = {name: getattr(held, name) for name in named}
        assert same_content(held, _as(told, head))
        assert held.stated == told.stated
    states = {code: rows[reference].state for code, reference in brought.items()}
    assert states["FGJ"] == states["ZRJ"] == "effective"
    assert (states["CZJ"], states["JYJ-JC"]) == ("public_notice", "in_review")
    assert sum(state == "draft" for state in states.values()) == len(states) - 4


def _as(told: Edition, head):
    fields = {name: getattr(told, name) for name in Edition.__slots__} | head
    return Edition(**fields)


def test_every_table_is_filled_in_every_profile():
    for profile in UNITS:
        made = [one for one in editions() if one.profile == profile]
        empty = {kind for kind in ItemKind if not any(one.table(kind) for one in made)}
        assert empty == ({ItemKind.STANDARD} if profile == "school" else set())
