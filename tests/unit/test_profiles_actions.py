"""Copying, changing, enforcing and ending profiles; which editions are judged by which."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from drafted import drafted
from guiju.base.record import triggers, wall
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.profile_words import VersionState
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import in_force, profile_for, profile_of
from guiju.define.profiles.actions import changing, copying, enforcing
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.models import OwnProfile, Version
from guiju.exchange.profile_files import built_in
from organised import ACT, BEGUN, TODAY, County, found_unit, refusal
from profiled import LATER, change, copied, enforce, own, relabelled, said, unapproved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
COUNTY = built_in("county")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda at=None: at.date() if at else TODAY)


@pytest.fixture
def county():
    return County()


def data_of(event):
    return json.loads(bytes(event.entry))["data"]


def kinds():
    rows = Event.objects.filter(kind__startswith="profiles.").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_k1_a_copy_says_the_same_under_another_name(county):
    made = copied(county.bureau)
    told = said(made)
    assert replace(told, name="", code="", valid_from=None) == replace(
        COUNTY, name="", code="", valid_from=None
    )
    assert (told.name, told.valid_from, made.base) == ("本县自定", TODAY, "county")
    assert (made.unit_id, made.versions.count()) == (county.bureau.number, 1)
    assert kinds() == ["profiles.profile.copied"]


@pytest.mark.parametrize(
    ("changes", "kind", "code"),
    [
        ({"origin": "none"}, Invalid, "PROFILE-15"),
        ({"origin": "county-00000000-1"}, Invalid, "PROFILE-15"),
        ({"name": "  "}, Invalid, "PROFILE-16"),
        ({"name": "县" * 61}, Invalid, "PROFILE-16"),
        ({"name": "两\n行"}, Invalid, "PROFILE-16"),
        ({"unit": "unit:none"}, Invalid, "PROFILE-17"),
        ({"first_day": TODAY - timedelta(days=1)}, Invalid, "PROFILE-18"),
    ],
)
def test_a_copy_that_cannot_be_is_refused(county, changes, kind, code):
    wanted = {
        "unit": county.bureau.reference,
        "origin": "county",
        "name": "本县自定",
        "first_day": TODAY,
    }
    assert refusal(kind, copying.copy_profile, **wanted | changes, **ACT) == code
    assert not OwnProfile.objects.exists()
    assert kinds() == []


def test_a_unit_keeps_one_of_its_own_for_each_that_comes_with_guiju(county):
    copied(county.bureau)
    assert refusal(Denied, copied, county.bureau) == "PROFILE-19"
    copied(county.bureau, origin="school")
    copied(county.town)


def test_a_draft_is_changed_and_says_what_was_changed(county):
    made = copied(county.bureau)
    assert change(made, relabelled(said(made)), revision=0) == 1
    assert said(made).grade_label(1) == "红级"
    assert change(made, said(made)) == 0  # nothing else, so nothing is recorded
    told = data_of(Event.objects.get(kind="profiles.draft.changed"))
    assert told["parts"] == "风险等级"
    assert "一级" in told["before"]
    assert "红级" in told["after"]
    draft = Version.objects.get()
    assert (draft.revision, said(made).code) == (1, draft.code)


def test_two_who_change_a_draft_at_once_are_told(county):
    made = copied(county.bureau)
    change(made, relabelled(said(made)), revision=0)
    told = relabelled(said(made), "橙级")
    assert refusal(Conflict, change, made, told, revision=0) == "PROFILE-13"
    assert said(made).grade_label(1) == "红级"


def test_a_draft_may_not_say_too_much_nor_lose_its_name(county):
    made = copied(county.bureau)
    told = said(made)
    chains = told.chains * 20
    assert refusal(Invalid, change, made, replace(told, chains=chains)) == "PROFILE-22"
    assert refusal(Invalid, change, made, replace(told, name="")) == "PROFILE-16"
    gone = {"profile": "profile:none", "told": told, "revision": None}
    assert refusal(Invalid, changing.change_draft, **gone, **ACT) == "PROFILE-10"


def test_k4_a_draft_with_faults_is_not_put_in_force(county):
    made = copied(county.bureau)
    change(made, unapproved(said(made)))
    with pytest.raises(Invalid, match="部门清单") as refused:
        enforce(made)
    assert refused.value.code == "PROFILE-23"
    assert Version.objects.get().state == VersionState.DRAFT.value
    change(made, replace(said(made), chains=COUNTY.chains))
    assert enforce(made).digest


def test_a_first_day_is_never_past_and_never_before_the_last(county):
    made = copied(county.bureau)
    assert refusal(Invalid, enforce, made, first_day=TODAY - timedelta(days=1)) == "PROFILE-18"
    enforce(made, first_day=LATER)
    begin = {"profile": made.reference}
    assert refusal(Invalid, copying.begin_version, first_day=LATER, **begin, **ACT) == "PROFILE-18"
    copying.begin_version(first_day=LATER + timedelta(days=1), **begin, **ACT)
    assert refusal(Denied, copying.begin_version, first_day=date.max, **begin, **ACT) == (
        "PROFILE-20"
    )
    assert refusal(Invalid, enforce, made, first_day=LATER) == "PROFILE-18"
    assert enforce(made, first_day=LATER + timedelta(days=2)).ordinal == 2


def test_what_is_in_force_is_changed_by_a_new_version_alone(county):
    made = own(county.bureau)
    assert refusal(Denied, change, made, COUNTY) == "PROFILE-11"
    assert refusal(Denied, enforce, made) == "PROFILE-11"
    copying.begin_version(profile=made.reference, first_day=LATER, **ACT)
    assert said(made).grade_label(1) == "红级"
    change(made, relabelled(said(made), "橙级"))
    enforce(made, first_day=LATER)
    codes = [in_force(county.bureau.path, "county", day) for day in (TODAY, LATER)]
    assert [profile_for(code).grade_label(1) for code in codes] == ["红级", "橙级"]
    assert kinds()[-3:] == [
        "profiles.version.begun",
        "profiles.draft.changed",
        "profiles.version.put_in_force",
    ]


def test_the_nearest_units_own_profile_holds_for_it_and_all_below(county):
    wide = own(county.county)
    near = copied(county.bureau)
    change(near, relabelled(said(near), "局一级"))
    assert profile_for(in_force(county.office.path, "county", TODAY)).grade_label(1) == "红级"
    enforce(near)
    for unit, label in (
        (county.county, "红级"),
        (county.town, "红级"),
        (county.bureau, "局一级"),
        (county.office, "局一级"),
    ):
        assert profile_for(in_force(unit.path, "county", TODAY)).grade_label(1) == label
    assert in_force(county.bureau.path, "school", TODAY) == "school"
    assert in_force(county.bureau.path, "county", TODAY - timedelta(days=1)) == "county"
    end = {"profile": near.reference, "day": LATER, "reason": "机构改革"}
    enforcing.end_profile(**end, **ACT)
    assert in_force(county.office.path, "county", LATER).startswith(wide.code)
    assert in_force(county.office.path, "county", LATER - timedelta(days=1)).startswith(near.code)
    assert refusal(Denied, enforcing.end_profile, **end, **ACT) == "PROFILE-12"
    begin = {"profile": near.reference, "first_day": LATER}
    assert refusal(Denied, copying.begin_version, **begin, **ACT) == "PROFILE-12"
    copied(county.bureau)  # a new one may be made in its place


def test_an_edition_keeps_the_version_under_which_it_began(county):
    before = drafted(county.bureau)
    made = own(county.bureau)
    assert before.profile == "county"
    assert profile_of(before).grade_label(1) == "一级"
    after = drafted(county.office)
    assert after.profile == f"{made.code}-1"
    assert profile_of(after).grade_label(1) == "红级"


def test_a_draft_edition_takes_a_newer_version_up_when_its_keeper_wants(county):
    edition = drafted(county.bureau)
    take = {"edition": edition.reference, "revision": edition.revision}
    assert refusal(Invalid, enforcing.take_up, **take, **ACT) == "PROFILE-25"
    own(county.bureau)
    assert refusal(Conflict, enforcing.take_up, **take | {"revision": 0}, **ACT) == "EDITION-03"
    held = enforcing.take_up(**take, **ACT)
    assert profile_of(held).grade_label(1) == "红级"
    event = Event.objects.get(kind="profiles.edition.taken_up")
    assert (data_of(event)["before"], event.object) == ("county", edition.reference)
    with wall.opened():
        Edition.objects.filter(number=edition.number).update(state="in_review")
    assert refusal(Denied, enforcing.take_up, **take, **ACT) == "EDITION-02"


def test_a_draft_is_given_up_and_with_the_only_one_the_profile(county):
    made = own(county.bureau)
    copying.begin_version(profile=made.reference, first_day=LATER, **ACT)
    give_up = {"profile": made.reference, "reason": "写错了"}
    end = {"profile": made.reference, "day": LATER, "reason": "不用了"}
    assert refusal(Denied, enforcing.end_profile, **end, **ACT) == "PROFILE-24"
    assert refusal(Invalid, copying.discard_draft, **give_up | {"reason": ""}, **ACT) == (
        "PROFILE-21"
    )
    assert copying.discard_draft(**give_up, **ACT)
    assert refusal(Denied, copying.discard_draft, **give_up, **ACT) == "PROFILE-11"
    other = copied(county.town)
    assert not copying.discard_draft(profile=other.reference, reason="不用", **ACT)
    assert not OwnProfile.objects.filter(reference=other.reference).exists()


def test_units_that_are_no_more_get_none(county):
    unit = found_unit("Q", "X", founded=BEGUN)
    with wall.opened():
        type(unit).objects.filter(number=unit.number).update(abolished_date=TODAY)
    assert refusal(Denied, copied, unit) == "PROFILE-19"


def forced(statement):
    """Write past the door."""
    with wall.opened(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


FORBIDDEN = (
    "UPDATE profiles_version SET content = '{}'",
    "UPDATE profiles_version SET valid_from = '2020-01-01'",
    "UPDATE profiles_version SET state = 'draft', digest = ''",
    "DELETE FROM profiles_version",
    "UPDATE profiles_profile SET unit_id = unit_id + 1",
    "UPDATE profiles_profile SET base = 'school'",
    "DELETE FROM profiles_profile",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_keeps_what_is_in_force(county, statement):
    own(county.bureau)
    with pytest.raises((DatabaseError, IntegrityError)) as refused:
        forced(statement)
    assert "profiles_" in str(refused.value)
    assert profile_in(Version.objects.get()).grade_label(1) == "红级"


def test_the_database_lets_a_draft_be_changed(county):
    copied(county.bureau)
    forced("UPDATE profiles_version SET revision = 7")
    forced("UPDATE profiles_profile SET name = 'x'")
    assert Version.objects.get().revision == 7


def test_the_triggers_stand():
    assert not [one for one in triggers.missing(connection) if one.startswith("profiles")]


def test_rows_in_force_are_not_replaced(county):
    if connection.vendor != "sqlite":
        return
    made = own(county.bureau)
    row = Version.objects.get()
    copying.begin_version(profile=made.reference, first_day=LATER, **ACT)
    columns = ", ".join(
        field.column for field in Version._meta.concrete_fields if field.column != "number"
    )
    for statement in (
        f"INSERT OR REPLACE INTO profiles_version (number, {columns}) "
        f"SELECT {row.number}, {columns} FROM profiles_version WHERE ordinal = 2",
        "UPDATE OR REPLACE profiles_version SET ordinal = 1 WHERE ordinal = 2",
        "UPDATE OR REPLACE profiles_version SET state = 'in_force', digest = 'x', "
        f"valid_from = '{TODAY}' WHERE ordinal = 2",
    ):
        with pytest.raises((DatabaseError, IntegrityError), match="in force"):
            forced(statement)
    assert Version.objects.filter(state="in_force").count() == 1
