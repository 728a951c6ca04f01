"""The database itself keeps a review as it went; forgetting a person goes on working."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from guiju.base.record import erasure, triggers, typed, wall
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.words import EditionState, ReviewVerdict
from guiju.define.approval import texts
from guiju.define.approval.actions import cleaning, noticing, remarking, signing
from guiju.define.approval.models import Comment, Objection, Review, Seat, SignOff, Verdict
from guiju.define.approval.triggers import TRIGGERS
from guiju.define.lists.actions import drafting
from organised import ACT, KEEPER
from recorded import NOON
from reviewing import Chain, draft_of, effective, nothing_found, passed, sign, submitted
from small_edition import LICENCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
NEXT_DAY = NOON + timedelta(days=1)
TABLES = {one._meta.db_table: one for one in (Review, Seat, SignOff, Objection, Verdict, Comment)}


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def went(county):
    """An edition in notice with every sort of row: a return, signatures, an objection, a remark."""
    edition = draft_of(county.owner)
    first = submitted(edition)
    signing.send_back(
        review=first.reference,
        digest=first.digest,
        reason="依据不全",
        by=county.actor("S-01"),
        at=NOON,
    )
    edition.refresh_from_db()
    with wall.opened():
        Verdict.objects.create(edition=edition, power=LICENCE, verdict="keep")
    second = submitted(edition)
    passed(county, second)
    noticing.object_to(edition=edition.reference, text="时限太长", contact="", by=None, at=NEXT_DAY)
    remarking.remark(edition=edition.reference, text="可以", by=KEEPER, at=NOON)
    edition.refresh_from_db()
    return edition


def kept():
    return {name: list(model.objects.order_by("pk").values()) for name, model in TABLES.items()}


def refused(statement):
    """Run a statement as somebody would who writes into the database by hand."""
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        wall.opened(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


STATEMENTS = [
    *(f"DELETE FROM {table}" for table in TABLES),
    "UPDATE approval_sign SET digest = 'x'",
    "UPDATE approval_sign SET is_return = NOT is_return",
    "UPDATE approval_sign SET at = at",
    "UPDATE approval_sign SET filing = 'x', filed_on = '2026-01-01' WHERE filing <> ''",
    "UPDATE approval_seat SET person = 'person:other'",
    "UPDATE approval_seat SET closed_at = NULL",
    "UPDATE approval_seat SET closed_at = opened_at",
    "UPDATE approval_review SET digest = 'x'",
    "UPDATE approval_review SET submitter = 'person:other'",
    "UPDATE approval_review SET state = 'open', ended_at = NULL",
    "UPDATE approval_review SET state = 'passed' WHERE state = 'returned'",
    "UPDATE approval_review SET ended_at = '2020-01-01 00:00:00' WHERE state = 'returned'",
    "UPDATE approval_review SET notice_to = '2026-01-01' WHERE state = 'passed'",
    "UPDATE approval_review SET notice_from = '2026-01-01' WHERE state = 'returned'",
    "UPDATE approval_objection SET text = contact",
    "UPDATE approval_objection SET code = 'x'",
    "UPDATE approval_objection SET person = 'person:other'",
    "UPDATE approval_verdict SET verdict = 'cancel'",
    "UPDATE approval_comment SET person = 'person:other'",
    "INSERT INTO approval_sign (review_id, seat_id, person, post, is_return, digest, opinion,"
    " filing, at) SELECT review_id, seat_id, person, post, is_return, digest, opinion, '', at"
    " FROM approval_sign LIMIT 1",
    "INSERT INTO approval_seat (review_id, code, place, person, post, unit, path, how, on_behalf,"
    " task, opened_at) SELECT review_id, 'x', place, person, post, unit, path, how, on_behalf,"
    " task, opened_at FROM approval_seat LIMIT 1",
    'INSERT INTO approval_verdict (edition_id, power, verdict, reason, "into")'
    " SELECT edition_id, 'x', verdict, reason, \"into\" FROM approval_verdict LIMIT 1",
]
SQLITE = [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in TABLES]
POSTGRESQL = [f"TRUNCATE {table} CASCADE" for table in TABLES]


def test_the_database_itself_keeps_what_was_signed_returned_and_objected(went):
    before = kept()
    assert all(before.values())
    for statement in (*STATEMENTS, *(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)):
        refused(statement)
        assert kept() == before, statement


def test_nobody_signs_beside_the_door_what_was_not_put_before_them(county):
    review = submitted(draft_of(county.owner))
    seat = Seat.objects.filter(review=review, closed_at=None).first()
    said = "INSERT INTO approval_sign (review_id, seat_id, person, post, is_return, digest, opinion"
    row = f", filing, at) VALUES ({review.number}, {seat.number}, 'person:x', '', "
    truth = ("0", "1") if connection.vendor == "sqlite" else ("FALSE", "TRUE")
    for digest, says in ((review.digest, truth[0]), ("0" * 64, truth[0]), ("0" * 64, truth[1])):
        statement = f"{said}{row}{says}, '{digest}', '', '', '2026-03-01 00:00:00')"
        if digest == review.digest:
            with transaction.atomic(), wall.opened(), connection.cursor() as cursor:
                cursor.execute(statement)  # what is put there can be signed: the rest is the door's
                transaction.set_rollback(True)
        else:
            refused(statement)
    assert not SignOff.objects.exists()


def test_an_answer_is_given_once(went):
    (row,) = Objection.objects.all()
    said = {"said": "说明如下", "by": KEEPER, "at": NEXT_DAY}
    noticing.answer(objection=row.reference, is_upheld=False, **said)
    before = kept()
    refused("UPDATE approval_objection SET state = 'upheld'")
    refused("UPDATE approval_objection SET answer = text")
    assert kept() == before


def test_s2_12_a_verdict_may_change_while_its_edition_is_a_draft(county):
    after = effective(county, draft_of(county.owner))
    second = draft_of(county.owner)
    act = {"edition": second.reference, "power": LICENCE, "by": KEEPER, "at": after}
    for verdict in (ReviewVerdict.KEEP, ReviewVerdict.CANCEL):
        cleaning.judge(decision=Decision(verdict, "县政府令第41号"), **act)
    assert Verdict.objects.get().verdict == ReviewVerdict.CANCEL.value


def test_a_draft_that_was_returned_stays_with_what_was_signed(county):
    edition = draft_of(county.owner)
    review = submitted(edition)
    sign(review, county.actor("B-01"))
    signing.send_back(
        review=review.reference,
        digest=review.digest,
        reason="依据不全",
        by=county.actor("S-01"),
        at=NOON,
    )
    before = kept()
    drafting.discard_draft(edition=edition.reference, reason="不办了", by=KEEPER, at=NOON)
    edition.refresh_from_db()
    assert edition.state == EditionState.GIVEN_UP.value
    assert kept() == before
    assert edition.items.exists()
    following = draft_of(county.owner)
    assert following.ordinal == edition.ordinal + 1


def test_whoever_signed_can_be_forgotten_and_every_row_stays(
    county, went, django_capture_on_commit_callbacks
):
    person = county.leaders["S-01"][0].reference
    signs = SignOff.objects.filter(person=person)
    (objection,) = Objection.objects.all()
    before = kept()
    basis = {"authority": "个人信息保护法第47条", "reason": "目的已实现"}
    with django_capture_on_commit_callbacks(execute=True):
        for one in (person, objection.reference):
            erasure.erase_person(person=one, **basis, **ACT)
    assert {typed.opened(person, texts.OPINION, one.opinion) for one in signs} != {"同意"}
    assert "时限" not in str(typed.opened(objection.reference, texts.OBJECTION, objection.text))
    assert kept() == before


def test_the_triggers_are_looked_after():
    assert triggers.missing(connection) == []
    name, table = "approval_sign_no_update", "approval_sign"
    with wall.opened(), connection.cursor() as cursor:
        place = "" if connection.vendor == "sqlite" else f" ON {table}"
        cursor.execute(f"DROP TRIGGER {name}{place}")
    assert triggers.missing(connection) == [name]
    triggers.make_anew(connection, TRIGGERS)
    assert triggers.missing(connection) == []
