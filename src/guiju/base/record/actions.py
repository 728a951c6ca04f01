"""Changing who witnesses the record, and how many of them are enough."""

from __future__ import annotations

from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.events import OPENED, QUORUM_SET, REGISTERED, RETIRED
from guiju.base.record.models import Quorum, Witness
from guiju.base.record.signing import log_key
from guiju.base.witness.wire import split_address
from guiju.core.errors import Conflict, Invalid
from guiju.core.ledger.keys import Key, KeyKind, parse_key
from guiju.core.sentence import zh
from guiju.core.terms import WitnessState


def open_log(*, by: Actor, at: datetime) -> None:
    """Record as the first event which log this is and by what key it signs."""
    key = log_key().key
    with recording(OPENED(object="log", origin=key.name, vkey=str(key)), by=by, at=at):
        pass


def register_witness(*, vkey: str, url: str, by: Actor, at: datetime) -> Witness:
    """Let another body witness the record; without ``url`` it does so on paper.

    Raises:
        Invalid: LEDGER-35 for no key, RECORD-30 for a key that is not a witness's or is our
            own, WITNESS-20 for an address that is none.
        Conflict: RECORD-31 when a witness of that name counts already.
    """
    key = parse_key(vkey)
    _require_foreign(key)
    if url:
        split_address(url)
    if Witness.objects.filter(pk=key.name).exists():
        raise Conflict(
            "RECORD-31",
            zh("见证方「{name}」已经登记过。要换密钥，请让对方换一个名称。", name=key.name),
        )
    draft = REGISTERED(object=f"witness:{key.name}", name=key.name, vkey=vkey, url=url)
    with recording(draft, by=by, at=at):
        return Witness.objects.create(
            name=key.name, vkey=vkey, url=url, registered_at=at, state=WitnessState.NEW
        )


def retire_witness(*, name: str, reason: str, by: Actor, at: datetime) -> None:
    """No longer ask a witness; what it cosigned keeps its worth.

    Raises:
        Invalid: RECORD-32 when no such witness counts, or no reason is given.
    """
    found = Witness.objects.filter(pk=name, retired_at=None).first()
    if found is None or not reason.strip():
        raise Invalid(
            "RECORD-32",
            zh("没有在用的见证方「{name}」，或没有写明停用原因。请核对名称并写明原因。", name=name),
        )
    with recording(RETIRED(object=f"witness:{name}", name=name, reason=reason), by=by, at=at):
        Witness.objects.filter(pk=name).update(retired_at=at, state=WitnessState.RETIRED)


def set_quorum(*, count: int, by: Actor, at: datetime) -> None:
    """Say how many witnesses must have cosigned before a checkpoint counts as witnessed.

    Raises:
        Invalid: RECORD-33 when there are not so many witnesses.
    """
    most = Witness.objects.filter(retired_at=None).count()
    if not 0 <= count <= most:
        raise Invalid(
            "RECORD-33",
            zh(
                "在用的见证方有 {most} 家，不能要求 {count} 家。请先登记见证方。",
                most=most,
                count=count,
            ),
        )
    with recording(QUORUM_SET(object="log", count=count), by=by, at=at):
        Quorum.objects.update_or_create(id=1, defaults={"count": count})


def _require_foreign(key: Key) -> None:
    if key.kind is not KeyKind.COSIGNATURE or key.public == log_key().key.public:
        raise Invalid(
            "RECORD-30",
            zh(
                "「{name}」不是见证方的公钥，或就是本单位自己的密钥。请向见证方索取公钥。",
                name=key.name,
            ),
        )
