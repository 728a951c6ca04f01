"""What the tests of the API share: a county with something of everything, and a program."""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from guiju.base.access import grants
from guiju.base.access.actions.tokens import issue_token
from guiju.base.evidence.actions import receive_file
from guiju.base.inbox import actions as inbox
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.kinds import ASKED
from guiju.base.org.actions import bodies, delegations, members
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.actions.members import Seating
from guiju.base.record.actor import SYSTEM, Actor
from guiju.core.organisation.words_bodies import BodyKind, MemberRole
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from organised import ACT, BEGUN, County, appoint
from readers import make_account

ROOT = "/api/v1"
QUERIES_OF_LIST, QUERIES_OF_DETAIL = 12, 15
"""Queries that a list and one thing may cost, the token's included."""


def identity(row):
    """What of a reference stands in addresses."""
    return row.reference.partition(":")[2]


@dataclass
class Program:
    """Something that shows a token."""

    token: object
    secret: str
    account: object

    def ask(self, method, address, body=None, **headers):
        sent = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        more = {}
        if body is not None:
            more = {"data": json.dumps(body), "content_type": "application/json"}
        return Client(enforce_csrf_checks=True).generic(
            method, ROOT + address, headers=sent, **more
        )

    def get(self, address, status=200, **headers):
        response = self.ask("GET", address, **headers)
        assert response.status_code == status, response.content.decode()
        return response.json()

    def post(self, address, body, status=200, **headers):
        response = self.ask("POST", address, body, **headers)
        assert response.status_code == status, response.content.decode()
        return response.json()


def program(*roles, unit="", permissions=None, account=None, days=30, at=None, **limits):
    """Return a program of somebody with these roles, allowed all that they may."""
    if account is None:
        account, unit = make_account(*roles, unit=unit), ""
    at = at or timezone.now()
    standing = grants.standing(account.person, timezone.localdate())
    if permissions is None:
        permissions = {one for one in Permission if standing.may(one)} | {Permission.OWN_ACCOUNT}
    row, secret = issue_token(
        account=account, name="报表程序", permissions=permissions, by=Actor(account.person), at=at,
        expires_at=at + timedelta(days=days), standing=standing, unit=unit, **limits,
    )  # fmt: skip
    return Program(row, secret, account)


def is_problem(response, status, code):
    """Whether an answer is a problem as RFC 9457 says, with our code and a sentence."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    said = json.loads(response.content)
    assert said["type"] == f"urn:guiju:{code}"
    assert (said["status"], said["code"]) == (status, code)
    assert said["title"]
    assert said["detail"].endswith("。") or said["detail"].endswith(".")
    return said


class Story(County):
    """The small county with appointments, a delegation, a body, tasks, notices and a file."""

    def __init__(self):
        super().__init__()
        first, second, third, *_ = self.people
        self.term = appoint(first, self.head, start=date(2016, 1, 1))
        appoint(second, self.deputy)
        appoint(second, self.book_keeper)
        self.deputy_head = appoint(third, self.chief)
        today = timezone.localdate()
        self.delegation = delegations.delegate(
            mandate=Mandate(
                post=self.deputy.reference, principal=second.reference, delegate=third.reference,
                first=today, last=today + timedelta(days=9), reason="出差",
            ), **ACT,
        )  # fmt: skip
        facts = BodyFacts(
            "领导小组", BodyKind.LEADING_GROUP, host=self.bureau.reference, founded=BEGUN
        )
        self.body = bodies.found_body(facts=facts, **ACT)
        for role, who in (
            (MemberRole.CHAIR, {"person": first}),
            (MemberRole.MEMBER_UNIT, {"unit": self.office}),
        ):
            seat = Seating(role, **{name: row.reference for name, row in who.items()})
            self.seat = members.add_member(
                body=self.body.reference, seating=seat, start=BEGUN, end=None, **ACT
            )


def task_for(person, says="请核对付款资料", by=SYSTEM):
    """Give somebody something to do; return its identity."""
    task = NewTask(ASKED, zh("{text}", text=says), Holder(person, "post:clerk", "unit:x", "1/"))
    return inbox.assign_task(task, by=by, at=timezone.now()).partition(":")[2]


def a_file(name="说明.txt", text="收到了", by=SYSTEM):
    """Take a small file in; return its row."""
    return receive_file(
        io.BytesIO(text.encode()), declared_name=name, about="", by=by, at=timezone.now(),
        key=uuid.uuid4(),
    )  # fmt: skip
