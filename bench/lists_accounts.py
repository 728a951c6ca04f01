"""Accounts of a large county: those that are measured through the door, thousands beside them.

The measured ones have passwords and authenticator apps of their own, kept in the folder.
"""

from __future__ import annotations

import base64
import json
import random
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from lists_county import store

from guiju.base.access.actions.accounts import open_account
from guiju.base.access.actions.founding import found_first_administrator
from guiju.base.access.actions.links import issue_link
from guiju.base.access.actions.roles import grant_role
from guiju.base.access.models import Account, RoleGrant
from guiju.base.access.policies import LinkPurpose
from guiju.base.access.sign_in.actions.factors import enrol_app
from guiju.base.access.sign_in.actions.passwords import set_password_by_link
from guiju.base.inbox import titles
from guiju.base.inbox.models import Notice, Task
from guiju.base.org.models import Appointment, Unit
from guiju.base.record import vault
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.event_types import new_reference
from guiju.core.sentence import zh
from guiju.core.terms import Role
from guiju.demo.county.sign_ins import app_code

FILE = "sign-ins.json"
_EARLIER = timedelta(minutes=5)
_ACCOUNTS, _TASKS, _NOTICES = 5_000, 20_000, 20_000
_OWN_TASKS, _OWN_NOTICES = 300, 500


@dataclass(frozen=True, slots=True)
class SignIn:
    """By what one of the measured readers signs in; ``name`` is what tables call them."""

    name: str
    login_name: str
    person: str
    password: str
    secret: str


def open_accounts(folder: Path, at: datetime) -> None:
    """Open the measured accounts and the others; keep how to sign in."""
    token = found_first_administrator(by=SYSTEM, at=at, anew=True)
    if token is None:
        raise RuntimeError("there is an administrator already: the folder is not new")
    security = _enter("security", token, at)
    by = Actor(security.person)
    county = Unit.objects.get(parent=None)
    narrow = Unit.objects.filter(path__startswith=county.path, parent__parent=county)[5]
    lines = [security]
    for name, role, unit, at_unit in (
        ("supervisor", Role.SUPERVISOR, county.reference, county),
        ("clerk", Role.ORG_KEEPER, narrow.reference, narrow),
        ("system", Role.SYSTEM_ADMIN, "", county),
        ("audit", Role.AUDIT_ADMIN, "", county),
    ):
        person = _holder(at_unit, [line.person for line in lines])
        lines.append(_opened(name, person, role, unit, by=by, at=at))
    path = folder / FILE
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(line) for line in lines]), "utf-8")
    taken = {line.person for line in lines}
    store(_others(taken, at))
    store(_grants(at))
    vault.make_keys(list(dict.fromkeys(_repeated(_ACCOUNTS))))
    store(_tasks(sorted(taken), at))
    store(_notices(sorted(taken), at))


def read_sign_ins(folder: Path) -> dict[str, SignIn]:
    """Return how the measured readers sign in, by name."""
    lines = (SignIn(**line) for line in json.loads((folder / FILE).read_text("utf-8")))
    return {line.name: line for line in lines}


def _holder(unit: Unit, taken: list[str]) -> str:
    """Return somebody who holds a post of a unit now."""
    terms = Appointment.objects.filter(end_date=None, post__unit=unit)
    found = terms.exclude(person__reference__in=taken).order_by("number").first()
    assert found is not None
    return found.person.reference


def _opened(name: str, person: str, role: Role, unit: str, *, by: Actor, at: datetime) -> SignIn:
    account = open_account(person=person, login_name=name, display_name=name, by=by, at=at)
    grant_role(person=person, role=role, unit=unit, start=at.date(), by=by, at=at)
    link = issue_link(account=account, purpose=LinkPurpose.INVITATION, by=by, at=at)
    return _enter(name, link, at)


def _enter(name: str, token: str, at: datetime) -> SignIn:
    """Set a password by a one-time link and enrol an app."""
    password, secret = f"Bench-{secrets.token_hex(8)}", _secret()
    account = set_password_by_link(token, new=(password, password), at=at)
    browser = HttpRequest()
    browser.session = SessionStore()
    earlier = at - _EARLIER  # the code that is shown now is still good then
    code = app_code(secret, earlier.timestamp())
    enrol_app(browser, account, secret=secret, code=code, at=earlier)
    return SignIn(name, account.login_name, account.person, password, secret)


def _secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def _others(taken: set[str], at: datetime) -> Iterator[Account]:
    terms = Appointment.objects.filter(end_date=None, kind="regular").exclude(
        person__reference__in=taken
    )
    rows = terms.order_by("person_id").values_list("person__reference", "person__name")
    people = dict(rows[: _ACCOUNTS * 2])
    for number, (person, name) in zip(range(_ACCOUNTS), people.items(), strict=False):
        yield Account(
            reference=new_reference("account"),
            person=person,
            login_name=f"u{number:05d}",
            display_name=name,
            password="!",  # noqa: S106 - nobody gets in by it
            created_at=at - timedelta(days=400),
            last_used_at=at - timedelta(days=number % 120),
            is_active=number % 25 != 3,
        )


def _grants(at: datetime) -> Iterator[RoleGrant]:
    chosen = random.Random(8)
    units = list(Unit.objects.order_by("number").values_list("reference", flat=True))
    people = Account.objects.filter(login_name__startswith="u").values_list("person", flat=True)
    roles = (Role.STAFF, Role.STAFF, Role.LEADER, Role.ORG_KEEPER, Role.SUPERVISOR)
    for person in people.order_by("pk"):
        for role in chosen.sample(roles, chosen.choice((1, 1, 2))):
            yield RoleGrant(
                reference=new_reference("grant"),
                person=person,
                role=role.value,
                unit=chosen.choice(units),
                start_date=(at - timedelta(days=chosen.randrange(1, 900))).date(),
                granted_by="system",
                granted_at=at,
            )


def _tasks(measured: list[str], at: datetime) -> Iterator[Task]:
    says = zh("请核对本单位的岗位和任职")
    for number, person in enumerate([*measured * _OWN_TASKS, *_repeated(_TASKS)]):
        is_done = number % 4 == 1 and person not in measured
        yield Task(
            reference=new_reference("task"),
            kind="inbox.asked",
            box=titles.sealed(person, titles.TASK, says),
            person=person,
            created_at=at - timedelta(days=20),
            created_by="person:somebody",
            started_at=at - timedelta(days=20),
            due_at=at + timedelta(hours=number % 900 - 100),
            state="done" if is_done else "open",
            done_at=at if is_done else None,
            done_by=person if is_done else "",
        )


def _notices(measured: list[str], at: datetime) -> Iterator[Notice]:
    says = zh("「核对岗位」已经办结")
    for number, person in enumerate([*measured * _OWN_NOTICES, *_repeated(_NOTICES)]):
        yield Notice(
            key=f"bench:{number}",
            person=person,
            kind="told",
            box=titles.sealed(person, titles.NOTICE, says),
            created_at=at - timedelta(minutes=number),
            read_at=at if number % 3 else None,
        )


def _repeated(count: int) -> list[str]:
    """Return the people of the other accounts, again and again."""
    rows = Account.objects.filter(login_name__startswith="u").order_by("pk")
    people = list(rows.values_list("person", flat=True))
    return (people * (count // len(people) + 1))[:count]
