"""What pages cost a reader whose role is bound to a unit: a list 12 queries, one thing 15.

The lists of the organisation are counted where they are tested; here are those of other areas,
with more rows than fit on a page.
"""

import html
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from guiju.base.access.models import Account
from guiju.base.inbox import titles
from guiju.base.inbox.models import Notice, Task
from guiju.base.record import sequencer, wall
from guiju.base.record.actor import Actor
from guiju.base.record.event_types import new_reference
from guiju.core.sentence import zh
from guiju.core.terms import Role
from organised import County, appoint
from readers import give, make_account, sign_in
from record_story import cosign_latest, register_witness, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LIST, DETAIL = 12, 15
MANY = 60
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture
def county(data_folder):
    made = County()
    appoint(made.people[0], made.head)
    return made


@pytest.fixture
def supervisor(county):
    head = county.people[0].reference
    account = make_account(Role.SUPERVISOR, unit=county.county.reference, person=head)
    return sign_in(account)


def opened(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def costs(client, address, most, check):
    """Open a page twice: the first time the session notes that it is used."""
    opened(client, address)
    with check(most):
        return opened(client, address)


def tell(person, count):
    now, says = timezone.now(), zh("请核对")
    with wall.opened():
        Task.objects.bulk_create(
            Task(
                reference=new_reference("task"), kind="inbox.asked", person=person,
                box=titles.sealed(person, titles.TASK, says), created_at=now, started_at=now,
                created_by="person:somebody", due_at=now + timedelta(hours=number),
            )
            for number in range(count)
        )  # fmt: skip
        Notice.objects.bulk_create(
            Notice(
                key=f"test:{number}", person=person, kind="told", created_at=now,
                box=titles.sealed(person, titles.NOTICE, says),
            )
            for number in range(count)
        )  # fmt: skip


def test_the_workbench_and_notices_cost_few_queries(
    county, supervisor, django_assert_max_num_queries
):
    tell(county.people[0].reference, MANY)
    text = costs(supervisor, "/inbox/", LIST, django_assert_max_num_queries)
    assert f"{MANY}" in text
    task = Task.objects.first().reference.partition(":")[2]
    costs(supervisor, f"/inbox/?task={task}", LIST, django_assert_max_num_queries)
    costs(supervisor, "/inbox/notices/", LIST, django_assert_max_num_queries)


def test_accounts_roles_and_an_account_cost_few_queries(django_assert_max_num_queries):
    for _ in range(MANY):
        give(make_account(Role.STAFF), Role.LEADER, start=date(2024, 5, 1))
    client = sign_in(make_account(Role.SECURITY_ADMIN))
    for address in ("/access/", "/access/roles/", "/access/matrix/", "/access/administrators/"):
        costs(client, address, LIST, django_assert_max_num_queries)
    identity = Account.objects.first().reference.partition(":")[2]
    costs(client, f"/access/{identity}/", DETAIL, django_assert_max_num_queries)


@pytest.mark.parametrize("sort", ["login", "-login", "name", "-name"])
def test_the_list_of_accounts_goes_on_in_every_order(sort):
    accounts = [make_account(Role.STAFF) for _ in range(MANY)]
    client = sign_in(make_account(Role.SECURITY_ADMIN))
    first = opened(client, f"/access/?sort={sort}")
    second = opened(client, html.unescape(NEXT.search(first)[1]))
    assert all((one.login_name in first) != (one.login_name in second) for one in accounts)


@pytest.mark.parametrize("sort", ["role", "-role", "start", "-start"])
def test_the_list_of_roles_goes_on_in_every_order(sort):
    for number in range(MANY):
        account = make_account(display_name=f"人员{number:02d}")
        give(account, Role.STAFF, start=date(2024, 5, 1) + timedelta(days=number % 7))
    client = sign_in(make_account(Role.SECURITY_ADMIN))
    first = opened(client, f"/access/roles/?sort={sort}")
    second = opened(client, html.unescape(NEXT.search(first)[1]))
    named = [f"人员{number:02d}" for number in range(MANY)]
    assert all((name in first) != (name in second) for name in named)


def test_the_timeline_and_a_proven_event_cost_few_queries(
    county, supervisor, django_assert_max_num_queries
):
    now = timezone.now()
    by = Actor(county.people[0].reference, county.head.reference, county.bureau.reference)
    keys = [submit(county.people[1].reference, at=now, by=by) for _ in range(MANY)]
    witness = register_witness("witness.example/one", at=now)
    sequencer.seal_waiting()
    cosign_latest([witness], at=now + timedelta(days=1))
    for query in ("", f"?unit={county.bureau.reference}&actor={by.person}"):
        costs(supervisor, f"/record/{query}", LIST, django_assert_max_num_queries)
    event = f"/record/event/{keys[7]}/"
    assert "原文与检查点相符" in costs(supervisor, event, DETAIL, django_assert_max_num_queries)
