"""A small record with something of everything, for the tests of its pages."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from guiju.base.record import actions, checkpoints, floor, guards, places, sequencer, witnessing
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording, request
from guiju.base.record.erasure import apply_erasures, erase_person
from guiju.base.record.event_types import EventType, Personal, register
from guiju.base.record.events import QUORUM_SET
from guiju.base.record.guards import Finding
from guiju.base.record.models import Witness
from guiju.base.signing_keys import SigningKey, create_signing_key
from guiju.core.errors import Denied
from guiju.core.ledger.keys import KeyKind, cosign
from guiju.core.ledger.note import parse_note
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind

START = datetime(2026, 11, 20, 1, 12, tzinfo=UTC)
CLERK = Actor("person:3f1c", post="post:registrar", unit="unit:education")
CHIEF = Actor("person:9a70", post="post:chief", unit="unit:finance")
SUBMITTED = register(
    EventType(
        "tests.matter.submitted",
        zh("{applicant}提交申请，材料 {count} 份：{papers}"),
        {
            "applicant": zh("申请人"),
            "count": zh("份数"),
            "note": zh("备注"),
            "papers": zh("材料"),
        },
        personal=frozenset({"applicant"}),
    )
)


@dataclass(frozen=True, slots=True)
class Story:
    """What tests want to come back to."""

    submitted: uuid.UUID
    alerted: uuid.UUID
    erased: uuid.UUID


def submit(person, *, at, key=None, note="", matter="matter:413", by=CLERK):
    key = key or uuid.uuid4()
    draft = SUBMITTED(
        object="item:77",
        matter=matter,
        applicant=Personal(person, "李文静"),
        count=3,
        papers=["合同.pdf", "验收单.pdf", "发票.pdf"],
        note=note,
    )
    with recording(draft, by=by, at=at, key=key):
        pass
    return key


def tell_story(at=START):
    """Record it, seal it, have it witnessed; two events more wait to be sealed."""
    actions.open_log(by=SYSTEM, at=at)
    keys = [register_witness(name, at=at) for name in ("audit.example/w1", "county.example/w2")]
    actions.set_quorum(count=2, by=CHIEF, at=at + timedelta(minutes=3))
    submitted = submit("person:li", at=at + timedelta(minutes=5), note="<script>alert(1)</script>")
    erased = submit("person:gone", at=at + timedelta(minutes=6))
    alerted = find_fault(at + timedelta(hours=5))
    erase(at + timedelta(hours=6))
    sequencer.seal_waiting()
    cosign_latest(keys, at=at + timedelta(hours=7))
    for minute in range(2):
        with recording(
            QUORUM_SET(object="log", count=2), by=CHIEF, at=at + timedelta(hours=8, minutes=minute)
        ):
            pass
    return Story(submitted, alerted, erased)


def erase(at):
    erase_person(
        person="person:gone", authority="个人信息保护法第四十七条", reason="目的已经实现",
        by=CHIEF, at=at,
    )  # fmt: skip
    apply_erasures()  # as the worker does; in a test's transaction nothing is committed


def find_fault(at):
    """One act that raises an alert, with a second event of the same request, and one denied."""
    said = []
    guards.add_guard(
        "tests.story", lambda seen: [one for one in said if seen.draft.data.get("count")]
    )
    try:
        said[:] = [
            Finding(
                FindingKind.ALERT, "CN-01", zh("本预算行 30 日内第 3 笔，累计达公开招标限额 94%。")
            )
        ]
        with request(uuid.uuid4()):
            key = submit("person:li", at=at, matter="matter:9")
            submit("person:wang", at=at + timedelta(seconds=1), matter="matter:9")
        said[:] = [Finding(FindingKind.DENY, "SD-02", zh("初审与审签不得由同一人办理。"))]
        try:
            submit("person:li", at=at + timedelta(minutes=9))
        except Denied:
            return key
        raise AssertionError
    finally:
        guards.remove("tests.story")


def register_witness(name, *, at, url="") -> SigningKey:
    path = places.data() / "witnesses" / f"{name.partition('/')[2]}.key"
    path.parent.mkdir(exist_ok=True)
    key = create_signing_key(path, name=name, kind=KeyKind.COSIGNATURE)
    actions.register_witness(vkey=str(key.key), url=url, by=CHIEF, at=at + timedelta(minutes=1))
    return key


def cosign_latest(keys, *, at):
    """Sign a checkpoint and have it cosigned by these witnesses."""
    checkpoint = checkpoints.sign_if_due(at=at)
    text = parse_note(bytes(checkpoint.note)).text
    for number, key in enumerate(keys):
        line = cosign(text, key.key, at=int(at.timestamp()), sign=key.sign)
        witness = Witness.objects.get(pk=key.key.name)
        witnessing.accept_cosignature(
            witness, checkpoint, str(line), at=at + timedelta(seconds=number)
        )
    floor.check_floor()
    return checkpoint
