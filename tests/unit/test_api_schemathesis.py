"""Schemathesis asks every operation whatever its document allows, and what it does not.

It finds no answer that the document does not know, and none that breaks (500). The same
examples each time: a fault that is found once is found again.
"""

from __future__ import annotations

import json
import uuid

import pytest
import schemathesis
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, reset_queries
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.openapi.checks import UndefinedStatusCode
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api_story import Story, a_file, identity, program, task_for
from guiju.base.record import reads
from guiju.base.record.actor import Actor
from guiju.config.api import API
from guiju.core.terms import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance, response_headers_conformance, allow_header_conformance,
]  # fmt: skip
EXAMPLES = 6
"""Of each operation in each mode; more find no more within the minute."""


@pytest.fixture
def connected():
    """Let no request close the connection in whose transaction the test stands."""
    pairs = (
        (request_started, reset_queries), (request_started, close_old_connections),
        (request_finished, close_old_connections),
    )  # fmt: skip
    for signal, listener in pairs:
        signal.disconnect(listener)
    yield
    for signal, listener in pairs:
        signal.connect(listener)


def closing(app):
    """Close each answer as a server does: the tester itself leaves files open."""

    def answer(environ, start):
        body = app(environ, start)
        try:
            return [b"".join(body)]
        finally:
            body.close()

    return answer


def schema_of(headers):
    app = closing(get_wsgi_application())
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, headers=headers)


class Known:
    """What there is, so that half of the examples name something that is there."""

    def __init__(self, account):
        story = Story()
        actor = Actor(account.person)
        self.references = [
            one.reference
            for one in (*story.people, story.office, story.head, story.deputy, story.body)
        ]
        ids = {
            "units": [identity(story.office), identity(story.county)],
            "posts": [identity(story.head), identity(story.cashier), identity(story.deputy)],
            "people": [identity(one) for one in story.people[:2]],
            "bodies": [identity(story.body)],
            "appointments": [identity(story.term), identity(story.deputy_head)],
            "delegations": [identity(story.delegation)],
            "accounts": [account.reference.partition(":")[2]],
            "tasks": [task_for(account.person) for _ in range(6)],
            "files": [str(a_file(by=actor).key)],
            "events": [str(one.key) for one in reads.timeline(reads.Filters()).rows[:4]],
        }
        self.ids = ids

    def named(self, path):
        """What an address of this path may name."""
        nouns = [part for part in path.split("/") if part in self.ids]
        return self.ids[nouns[-1]] if nouns else []


def truthful(known, case, data):
    """Put something that is there in the place of what was made up."""
    ids = known.named(case.operation.path)
    for name in case.path_parameters:
        if ids and data.draw(st.booleans()):
            case.path_parameters[name] = data.draw(st.sampled_from(ids))
    if isinstance(case.body, dict):
        for name in {"person", "delegate", "principal", "post", "unit"} & case.body.keys():
            if data.draw(st.booleans()):
                case.body[name] = data.draw(st.sampled_from(known.references))


def ask(operation, mode, known, headers):
    strategy = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def one(data):
        case = data.draw(strategy)
        truthful(known, case, data)
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    one()


def test_no_answer_breaks_and_none_is_undocumented(connected, settings):
    settings.API_PER_MINUTE = 10**6
    everything = program(*Role)
    known = Known(everything.account)
    headers = {"Authorization": f"Bearer {everything.secret}"}
    operations = [found.ok() for found in schema_of(headers).get_all_operations()]
    assert len(operations) >= 50
    faults = []
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                ask(operation, mode, known, headers)
            except BaseException as fault:
                if isinstance(fault, KeyboardInterrupt):
                    raise
                faults.append(f"{operation.label} {mode.value}: {fault!r:.1500}")
    assert not faults, "\n\n".join(faults)


def test_the_walk_can_fail(connected, monkeypatch):
    """An answer that the document does not know is found."""
    told = json.loads(json.dumps(API.document, cls=DjangoJSONEncoder))
    del told["paths"]["/api/v1/inbox/tasks/{identity}"]["get"]["responses"]["404"]
    monkeypatch.setitem(vars(API), "document", told)
    headers = {"Authorization": f"Bearer {program(Role.STAFF).secret}"}
    operation = schema_of(headers)["/api/v1/inbox/tasks/{identity}"]["GET"]
    case = operation.Case(path_parameters={"identity": str(uuid.uuid4())})
    with pytest.RaisesGroup(UndefinedStatusCode, allow_unwrapped=True):
        case.call_and_validate(headers=headers, checks=[status_code_conformance])
