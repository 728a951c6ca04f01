"""Writing OCEL 2.0 JSON."""

from __future__ import annotations

import io
import json
from array import array
from dataclasses import replace

import pytest

from guiju.core.check.log import NO_TIME, EventLog
from guiju.core.errors import Invalid
from guiju.exchange.ocel import write_ocel

LOG = EventLog(
    cases=["甲", "乙"],
    starts=array("I", [0, 2, 2]),
    activities=("收件", "办结"),
    codes=array("I", [0, 1]),
    people=("", "张三"),
    performers=array("I", [1, 0]),
    times=array("q", [1_704_416_580_000_000, 1_704_416_580_000_001]),
)


def written(log, **options):
    stream = io.BytesIO()
    write_ocel(stream, log, **options)
    return json.loads(stream.getvalue())


def test_a_case_is_an_object_and_a_performer_an_attribute():
    resource = [{"name": "resource", "type": "string"}]
    related = [{"objectId": "甲", "qualifier": ""}]
    assert written(LOG, object_type="办件") == {
        "objectTypes": [{"name": "办件", "attributes": []}],
        "eventTypes": [{"name": name, "attributes": resource} for name in LOG.activities],
        "objects": [
            {"id": name, "type": "办件", "attributes": [], "relationships": []} for name in "甲乙"
        ],
        "events": [
            {
                "id": "e1",
                "type": "收件",
                "time": "2024-01-05T01:03:00Z",
                "attributes": [{"name": "resource", "value": "张三"}],
                "relationships": related,
            },
            {
                "id": "e2",
                "type": "办结",
                "time": "2024-01-05T01:03:00.000001Z",
                "attributes": [],
                "relationships": related,
            },
        ],
    }


def test_without_performers_no_attribute_is_declared():
    document = written(replace(LOG, people=(), performers=array("I")))
    assert document["eventTypes"][0]["attributes"] == []
    assert document["events"][0]["attributes"] == []


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        ({"times": array("q")}, "OCEL-20"),
        ({"times": array("q", [1, NO_TIME])}, "OCEL-20"),
        ({"cases": ["甲", "甲"]}, "OCEL-21"),
        ({"cases": ["甲", " "]}, "OCEL-21"),
        ({"activities": ("收件", "")}, "OCEL-21"),
    ],
)
def test_what_ocel_cannot_say_is_refused_and_nothing_written(spoiled, code):
    stream = io.BytesIO()
    with pytest.raises(Invalid) as refusal:
        write_ocel(stream, replace(LOG, **spoiled))
    assert refusal.value.code == code
    assert stream.getvalue() == b""
