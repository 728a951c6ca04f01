"""Tasks: assigned once, done once, handed on by one of two, each with its event."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from guiju.base.inbox import actions, people
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.kinds import ASKED, kind_label, register_kind
from guiju.base.inbox.models import HolidayNotice, Notice, Task
from guiju.base.inbox.people import Absence
from guiju.base.inbox.policies import Whose, may_complete, may_direct, may_see
from guiju.base.record import vault, wall
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event, Sealed
from guiju.core.access import Grant, Standing
from guiju.core.errors import Conflict, Invalid
from guiju.core.ledger.entry import decode_entry
from guiju.core.sentence import zh
from guiju.core.terms import Role
from inbox_story import CHIEF, CLERK, OTHER, asked, clock

MONDAY = clock("2026-11-23 09:00")


def said(kind):
    return decode_entry(bytes(Event.objects.get(kind=kind).entry))["data"]


@pytest.mark.django_db
def test_a_task_is_assigned_with_its_event(data_folder):
    row = asked(3, about="matter:1", matter="matter:1")
    assert (row.person, row.post, row.path, row.state) == (
        "person:clerk", "post:clerk", "1/14/", "open",
    )  # fmt: skip
    event = Event.objects.get(kind="inbox.task.assigned")
    assert (event.object, event.matter, event.actor) == (row.reference, "matter:1", "person:chief")
    assert said("inbox.task.assigned")["due"] == "2026-11-25T15:59:59.999999Z"


@pytest.mark.django_db
def test_what_is_asked_and_written_stands_sealed_in_the_record(data_folder):
    row = asked(3, says="请李文静补交发票")
    actions.complete_task(row.reference, note="李文静已补交", by=CLERK, at=MONDAY)
    for event in Event.objects.all():
        assert "李文静" not in bytes(event.entry).decode()
    opened = vault.open_values(Event.objects.values_list("key", flat=True))
    values = {value for fields in opened.values() for value in fields.values()}
    assert values == {"请李文静补交发票", "李文静已补交"}
    assert set(Sealed.objects.values_list("person", flat=True)) == {"person:clerk"}


@pytest.mark.django_db
def test_the_same_origin_makes_one_task(data_folder):
    first, second = asked(3, origin="rotation:post:1:2026"), asked(5, origin="rotation:post:1:2026")
    assert first.reference == second.reference
    assert Task.objects.count() == Event.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "person"), [("inbox.unheard_of", "person:1"), (ASKED, "")])
def test_a_task_of_nobody_or_of_no_kind_is_refused(data_folder, kind, person):
    with pytest.raises(Invalid) as refused:
        actions.assign_task(NewTask(kind, zh("无时限"), Holder(person)), by=CHIEF, at=MONDAY)
    assert refused.value.code == "INBOX-06"
    assert not Event.objects.exists()


def test_a_kind_cannot_be_registered_twice_with_another_word():
    assert register_kind(ASKED, kind_label(ASKED)) == ASKED
    with pytest.raises(ValueError, match="registered twice"):
        register_kind(ASKED, zh("撤回"))
    with pytest.raises(ValueError, match="no kind"):
        register_kind("Asked!", zh("撤回"))


@pytest.mark.django_db
def test_a_task_is_done_once(data_folder):
    row = asked(1)
    actions.complete_task(row.reference, by=CLERK, at=MONDAY)
    row.refresh_from_db()
    assert (row.state, row.done_at, row.done_by) == ("done", MONDAY, "person:clerk")
    assert said("inbox.task.completed") | {"note": 0} == {
        "is_late": False, "for_person": "", "note": 0,
    }  # fmt: skip
    for again in (
        lambda: actions.complete_task(row.reference, by=CLERK, at=MONDAY),
        lambda: actions.withdraw_task(row.reference, note="不必了", by=CHIEF, at=MONDAY),
        lambda: actions.reassign_task(
            row.reference, to=OTHER, seen=1, note="出差", by=CHIEF, at=MONDAY
        ),
    ):
        with pytest.raises(Conflict) as refused:
            again()
        assert refused.value.code == "INBOX-02"
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_being_late_and_doing_it_for_somebody_is_told(data_folder):
    row = asked(1)
    late = clock("2026-11-24 00:00")
    actions.complete_task(row.reference, by=CHIEF, at=late)
    told = said("inbox.task.completed")
    assert (told["is_late"], told["for_person"]) == (True, "person:clerk")


@pytest.mark.django_db
def test_a_task_is_handed_on_and_stays_due_when_it_was(data_folder):
    row = asked(3)
    due = row.due_at
    actions.reassign_task(row.reference, to=OTHER, seen=1, note="出差", by=CLERK, at=MONDAY)
    row.refresh_from_db()
    assert (row.person, row.version, row.due_at) == ("person:other", 2, due)
    told = said("inbox.task.reassigned")
    assert (told["from_person"], told["person"]) == ("person:clerk", "person:other")
    with pytest.raises(Conflict) as refused:
        actions.reassign_task(
            row.reference, to=Holder("person:third"), seen=1, note="出差", by=CLERK, at=MONDAY
        )
    assert refused.value.code == "INBOX-02"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "note", "code"),
    [
        (Holder("person:clerk", "post:clerk"), "出差", "INBOX-04"),
        (Holder(""), "出差", "INBOX-04"),
        (OTHER, "  ", "INBOX-03"),
        (OTHER, "长" * 501, "INBOX-03"),
    ],
)
def test_handing_on_to_nobody_or_without_a_reason_is_refused(data_folder, to, note, code):
    row = asked(3)
    with pytest.raises(Invalid) as refused:
        actions.reassign_task(row.reference, to=to, seen=1, note=note, by=CLERK, at=MONDAY)
    assert refused.value.code == code


@pytest.mark.django_db
def test_a_task_is_withdrawn_with_a_reason(data_folder):
    row = asked(3)
    actions.withdraw_task(row.reference, note="已由他人办理", by=CHIEF, at=MONDAY)
    row.refresh_from_db()
    assert (row.state, row.done_by) == ("withdrawn", "person:chief")
    told = Notice.objects.get()
    assert (told.person, told.kind, told.task) == ("person:clerk", "changed", row.reference)
    with pytest.raises(Invalid) as refused:
        actions.withdraw_task("task:none", note="不必了", by=CHIEF, at=MONDAY)
    assert refused.value.code == "INBOX-01"


def at_once(*acts):
    """Do these in threads of their own at the same time; return what each came to."""
    outcomes, barrier = [], threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            act()
        except Conflict as refusal:
            outcomes.append(refusal.code)
        else:
            outcomes.append("done")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_who_hand_on_at_once_one_succeeds_and_one_is_told(record_database):
    for _ in range(4):
        row = asked(3)

        def hand_on(person, reference=row.reference):
            actions.reassign_task(
                reference, to=Holder(person), seen=1, note="出差", by=CHIEF, at=MONDAY
            )

        outcomes = at_once(lambda: hand_on("person:a"), lambda: hand_on("person:b"))
        assert outcomes == ["INBOX-02", "done"]
        row.refresh_from_db()
        assert row.version == 2
    assert Event.objects.filter(kind="inbox.task.reassigned").count() == 4


def test_of_two_who_finish_at_once_one_succeeds_and_one_is_told(record_database):
    for _ in range(4):
        row = asked(3)
        finish = lambda ref=row.reference: actions.complete_task(ref, by=CLERK, at=MONDAY)  # noqa: E731
        assert at_once(finish, finish) == ["INBOX-02", "done"]
    assert Event.objects.filter(kind="inbox.task.completed").count() == 4


def test_of_two_who_assign_the_same_at_once_one_task_is_left(record_database):
    make = lambda: asked(3, origin="rotation:1")  # noqa: E731
    outcomes = at_once(make, make, make)
    assert outcomes.count("done") >= 1
    assert set(outcomes) <= {"done", "RECORD-05"}
    assert Task.objects.count() == Event.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {"state": "done"},
        {"done_at": MONDAY},
        {"state": "done", "done_at": MONDAY},
        {"state": "nonsense"},
        {"state": "escalated"},
        {"escalated_at": MONDAY},
        {"escalated_to": "person:chief"},
        {"limit_amount": None},
        {"limit_unit": "weeks"},
        {"due_at": None},
        {"person": ""},
        {"created_by": ""},
    ],
)
def test_the_database_refuses_who_without_when_and_the_like(data_folder, broken):
    row = asked(3)
    with pytest.raises(IntegrityError), wall.opened(), transaction.atomic():
        Task.objects.filter(pk=row.pk).update(**broken)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Notice, {"key": "k", "kind": "told", "box": b"", "person": "", "created_at": MONDAY}),
        (HolidayNotice, {
            "reference": "holidays:1", "title": "通知", "years": [], "off": [], "worked": [],
            "sha256": "0", "loaded_at": MONDAY, "loaded_by": "",
        }),
    ],
)  # fmt: skip
def test_the_database_refuses_rows_of_nobody(data_folder, model, fields):
    with pytest.raises(IntegrityError), wall.opened(), transaction.atomic():
        model.objects.create(**fields)


MINE = Whose("person:clerk", "post:clerk", "1/14/", "person:chief")
AWAY = Absence("person:clerk", "person:other", frozenset({"post:clerk"}))


@pytest.mark.parametrize(
    ("person", "away", "expected"),
    [
        ("person:clerk", (), True),
        ("person:other", (AWAY,), True),
        ("person:other", (), False),
        ("person:chief", (AWAY,), False),
        ("person:other", (Absence("person:clerk", "person:other", frozenset({"post:x"})),), False),
        ("person:other", (Absence("person:x", "person:other"),), False),
        ("", (Absence("person:clerk", ""),), False),
    ],
)
def test_who_may_finish_a_task(person, away, expected):
    assert may_complete(person, MINE, away) == expected
    if expected:
        assert may_see(Standing(person), MINE, away)


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing("person:chief"), True),
        (Standing("person:clerk"), False),
        (Standing("person:x", (Grant(Role.ORG_KEEPER, "1/"),)), True),
        (Standing("person:x", (Grant(Role.ORG_KEEPER, "1/15/"),)), False),
        (Standing("person:x", (Grant(Role.STAFF, ""),)), False),
        (Standing(""), False),
    ],
)
def test_who_may_direct_a_task(standing, expected):
    assert may_direct(standing, MINE) == expected
    assert may_see(standing, MINE, ()) == (expected or standing.person == MINE.person)


@pytest.mark.django_db
def test_sources_are_asked_in_turn_and_forgotten_again():
    at = MONDAY
    people.superiors.add_source("a", lambda person, _post, _at: person)  # of themselves
    people.superiors.add_source("b", lambda *_: "person:boss")
    people.names.add_source("a", lambda refs, _at: {ref: "甲" for ref in refs if ref == "person:1"})
    try:
        assert people.superior("person:1", "", at=at) == "person:boss"
        assert people.names_of({"person:1", "person:2", ""}, at=at) == {
            "person:1": "甲", "person:2": "person:2",
        }  # fmt: skip
    finally:
        for name in "ab":
            people.superiors.remove_source(name)
            people.names.remove_source(name)
    assert people.superior("person:1", "", at=at) == ""
    assert people.absences({"person:1"}, at=at) == ()
    assert people.address_of("person:1") == ""


@pytest.mark.django_db
def test_the_system_may_write_notes_too(data_folder):
    row = asked(3)
    actions.withdraw_task(row.reference, note="事项已终止", by=SYSTEM, at=MONDAY + timedelta(1))
    assert Sealed.objects.get(path="note").person == "person:clerk"


@pytest.mark.django_db
def test_whoever_takes_back_their_own_task_needs_no_notice(data_folder):
    row = asked(3)
    actions.withdraw_task(row.reference, note="重复", by=CLERK, at=MONDAY)
    assert not Notice.objects.exists()
