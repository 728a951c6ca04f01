"""GJ304: relatives in one flow. Declarations are sealed: the check says when it could not look."""

import uuid

import pytest
from django.utils import timezone

from guiju.base.org.actions.interests import declare_interest
from guiju.base.record.events import UNSEALED
from guiju.base.record.models import Event
from guiju.core.lists.lint import CHECKS, lint
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.terms import Role
from guiju.define.lists.reads.checks import report_of
from guiju.exchange.profile_files import built_in
from organised import KEEPER, TODAY
from readers import make_account, sign_in
from recorded import NOON
from reviewing import Chain, draft_of
from small_edition import FACTS, SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
WHY = "送审前核对任职回避"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day on which the county's people hold their posts."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or NOON).date())


@pytest.fixture
def county():
    return Chain()


@pytest.fixture
def edition(county):
    return draft_of(county.owner)


def acting(county):
    """Two people who act in the same flow of the small edition."""
    steps = [one.post for flow in SOUND.flows for one in flow.steps if one.post]
    names = list(dict.fromkeys(steps))
    held = {post.name: person for person, post in county.leaders.values()}
    return [held[name] for name in names if name in held]


def related(county, kind=InterestKind.SPOUSE):
    one, other = acting(county)[:2]
    declare_interest(
        person=one.reference,
        kind=kind,
        content={"who": other.name, "person": other.reference},
        by=KEEPER,
        at=NOON,
    )
    return one, other


def reader(county, role):
    return sign_in(make_account(role, unit=county.owner.reference))


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], "checks", *more]) + "/"


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def opened(client, edition, status=200, **said):
    sent = {"item": "declaration", "reason": WHY, "key": str(uuid.uuid4())} | said
    answer = client.post(at(edition, "relatives"), sent)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_report_says_that_it_could_not_look(edition):
    report = report_of(edition, TODAY)
    assert report.unlooked == ("GJ304",)
    known = lint(SOUND, FACTS, built_in("county"), TODAY)
    assert known.unlooked == (("GJ304",) if FACTS.relatives is None else ())
    assert [one.code for one in CHECKS if one.is_blind] == ["GJ304"]


def test_a_keeper_of_lists_is_told_that_nobody_looked_and_who_may(county, edition):
    related(county)
    client = reader(county, Role.LIST_KEEPER)
    page = shown(client, at(edition))
    assert "（GJ304）没有查" in page
    assert "组织人事" in page
    assert "relatives/" not in page
    assert client.get(at(edition, "relatives")).status_code == 404


def test_who_may_open_what_is_sealed_looks_for_a_reason_and_each_reading_is_recorded(
    county, edition
):
    one, other = related(county)
    client = reader(county, Role.SUPERVISOR)
    page = shown(client, at(edition))
    assert "1 人申报了近亲属" in page
    assert "checks/relatives/" in page
    told = opened(client, edition)
    assert one.name in told
    assert other.name in told
    assert "回避" in told
    (event,) = Event.objects.filter(kind=UNSEALED.kind)
    assert event.object == one.reference
    assert other.name.encode() not in bytes(event.entry)
    assert WHY.encode() not in bytes(event.entry)
    assert "没有查" in shown(reader(county, Role.LIST_KEEPER), at(edition))


def test_without_a_reason_nothing_is_opened(county, edition):
    related(county)
    client = reader(county, Role.SUPERVISOR)
    assert "申报有亲属关系" not in opened(client, edition, 400, reason="看看")
    assert not Event.objects.filter(kind=UNSEALED.kind).exists()


def test_the_same_form_opens_nothing_twice(county, edition):
    related(county)
    client, key = reader(county, Role.SUPERVISOR), str(uuid.uuid4())
    assert "申报有亲属关系" in opened(client, edition, key=key)
    assert "申报有亲属关系" not in opened(client, edition, 400, key=key)


def test_what_is_no_family_is_not_opened(county, edition):
    related(county, InterestKind.SIDE_POST)
    client = reader(county, Role.SUPERVISOR)
    page = shown(client, at(edition))
    assert "没有可查的" in page
    assert client.get(at(edition, "relatives")).status_code == 404


def test_relatives_who_serve_elsewhere_are_no_finding(county, edition):
    one = acting(county)[0]
    away = county.leaders["G-02"][0]
    declare_interest(
        person=one.reference,
        kind=InterestKind.CHILD,
        content={"who": away.name, "person": away.reference},
        by=KEEPER,
        at=NOON,
    )
    told = opened(reader(county, Role.SUPERVISOR), edition)
    assert "没有查出亲属同在一个流程" in told
    assert away.name not in told
