"""Who listens after the commit stands outside of the act that it hears of."""

from __future__ import annotations

from guiju.base.record import guards
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.events import QUORUM_SET
from guiju.base.record.models import Event, Outbox, Quorum
from recorded import NOON


def set_quorum(count):
    with recording(QUORUM_SET(object="log", count=count), by=SYSTEM, at=NOON):
        Quorum.objects.update_or_create(id=1, defaults={"count": count})


def test_a_listener_may_act_itself_in_a_transaction_of_its_own(record_database):
    def listen(seen):
        if seen.draft.data["count"] < 7:
            set_quorum(seen.draft.data["count"] + 1)

    guards.add_listener("tests", listen, kinds=["record.quorum.set"])
    try:
        set_quorum(5)
    finally:
        guards.remove("tests")
    assert Quorum.objects.get().count == 7
    assert Event.objects.count() == Outbox.objects.count() == 3
    assert len(set(Event.objects.values_list("request", flat=True))) == 3
