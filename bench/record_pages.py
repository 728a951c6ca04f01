"""The record's pages: their addresses on a large record, over HTTP and counted in queries."""

from __future__ import annotations

import http.client
import random
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from record_events import MATTERS, NUMBERED, Office

from guiju.base.record.models import Event
from guiju.base.ui.paging import from_instant

COUNT = 100
"""Addresses of each kind; the first tenth of the answers warms up and is not counted."""

_KINDS = ("evidence.file.received", "record.finding.raised", "record.act.denied")


def addresses(office: Office = NUMBERED) -> dict[str, list[str]]:
    """Return what is asked for, by what it shows."""
    chosen = random.Random(7)
    last = Event.objects.order_by("-id").values_list("id", flat=True)[0]
    some = Event.objects.filter(pk__in=[chosen.randrange(20_000, last) for _ in range(COUNT)])
    events = list(some.values_list("key", "at", "id"))

    def timeline(**wanted: object) -> str:
        return f"/record/?{urlencode(wanted)}"

    actors = [chosen.choice(office.actors) for _ in range(COUNT)]
    people, units = [one.person for one in actors], [one.unit for one in actors]
    objects = [chosen.choice(office.objects) for _ in range(COUNT)]
    matters = [f"matter:{chosen.randrange(MATTERS)}" for _ in range(COUNT)]
    kinds = [chosen.choice(_KINDS) for _ in range(COUNT)]
    keys = [f"{from_instant(at)}.{pk}" for _, at, pk in events]
    return {
        "timeline": ["/record/"] * COUNT,
        "timeline, deep": [timeline(older=key) for key in keys],
        "timeline, deep, back": [timeline(newer=key) for key in keys],
        "timeline of a kind": [timeline(kind=kind) for kind in kinds],
        "timeline of a person": [timeline(actor=person) for person in people],
        "timeline of a unit": [timeline(unit=unit) for unit in units],
        "timeline of an object": [timeline(object=one) for one in objects],
        "timeline of a matter": [timeline(matter=one) for one in matters],
        "timeline of a day": [
            timeline(since=f"{at:%Y-%m-%d}", until=f"{at:%Y-%m-%d}") for _, at, _ in events
        ],
        "timeline of a person, a unit and a kind": [
            timeline(actor=one, unit=unit, kind=kind)
            for one, unit, kind in zip(people, units, kinds, strict=True)
        ],
        "event with its proof": [f"/record/event/{key}/" for key, _, _ in events],
        "state of the record": ["/record/state/"] * COUNT,
    }


def fetched(port: int, path: str, session: str) -> bytes:
    """Return a page as a signed-in browser would get it, over a connection of its own."""
    connection_ = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection_.request("GET", path, headers={"Cookie": session})
        answer = connection_.getresponse()
        page = answer.read()
    finally:
        connection_.close()
    assert answer.status == http.HTTPStatus.OK, (answer.status, path)
    return page


def queries(browser: Client, path: str) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path)
    assert answer.status_code == http.HTTPStatus.OK
    return len(captured)
