"""Files taken in through the door: content, row and event together, or nothing."""

import io
import uuid

import pytest

from guiju.base.evidence import actions, reads
from guiju.base.evidence.models import StoredFile
from guiju.base.evidence.store import walk
from guiju.base.record import floor, wall
from guiju.base.record.actor import Actor
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.ledger.entry import decode_entry
from guiju.core.sentence import zh
from pictures import picture
from recorded import NOON

pytestmark = pytest.mark.django_db
CLERK = Actor("person:1", post="post:1", unit="unit:1")


def take_in(content, name="现场.jpg", **changes):
    facts = {"about": "", "by": CLERK, "at": NOON} | changes
    return actions.receive_file(io.BytesIO(content), declared_name=name, **facts)


def stored():
    return set(walk(actions.store_folder()))


def test_a_file_is_kept_with_row_event_and_clean_copy(data_folder):
    row = take_in(picture(), about="matter:1")
    event = Event.objects.get()
    said = decode_entry(bytes(event.entry))["data"]
    assert (event.kind, event.object, event.matter) == (
        "evidence.file.received", row.reference, "matter:1",
    )  # fmt: skip
    assert said["sha256"] == row.sha256
    assert stored() == {row.sha256, row.clean_sha256}
    assert row.clean_sha256 != row.sha256
    with reads.open_content(row, clean=True) as clean:
        assert b"Zhang San" not in clean.read()
    with reads.open_content(row, clean=False) as original:
        assert original.read() == picture()


def test_the_event_does_not_name_the_file(data_folder):
    """A file's name may name a natural person, and the open record is for ever."""
    take_in(picture(), name="张三的照片.jpg")
    assert "张三".encode() not in bytes(Event.objects.get().entry)
    assert StoredFile.objects.get().name == "张三的照片.jpg"


def test_what_is_refused_leaves_nothing(data_folder):
    with pytest.raises(Invalid):
        take_in(b"MZ\x90\x00 no picture", name="现场.jpg")
    assert stored() == set()
    assert not StoredFile.objects.exists()
    assert not Event.objects.exists()


def test_the_same_act_twice_keeps_one_row_and_its_content(data_folder):
    key = uuid.uuid4()
    row = take_in(picture(), key=key)
    with pytest.raises(Conflict) as caught:
        take_in(picture(), key=key)
    assert caught.value.code == "RECORD-05"
    assert StoredFile.objects.count() == 1
    assert stored() == {row.sha256, row.clean_sha256}


def test_a_refused_act_with_other_content_leaves_none_of_it(data_folder):
    key = uuid.uuid4()
    row = take_in(picture(), key=key)
    with pytest.raises(Conflict):
        take_in(picture("blue"), key=key)
    assert stored() == {row.sha256, row.clean_sha256}


def test_while_halted_nothing_is_taken_in(data_folder):
    floor.halt(zh("试。"))
    with pytest.raises(Denied) as caught:
        take_in(picture())
    assert caught.value.code == "RECORD-10"
    assert stored() == set()


def test_the_same_content_may_be_handed_in_for_two_objects(data_folder):
    one, other = take_in(picture(), about="matter:1"), take_in(picture(), about="matter:2")
    assert one.sha256 == other.sha256
    assert len(stored()) == 2
    assert [row.key for row in reads.files_about("matter:2")] == [other.key]


def test_pages_of_files_neither_repeat_nor_hide_one(data_folder, django_assert_num_queries):
    made = [take_in(picture((number, 0, 0))).key for number in range(3)]
    many = [
        StoredFile(
            name=f"{number}.txt", kind="text", size=1, sha256="0" * 64, scan="clean",
            rows=[], remarks=[], received_at=NOON, received_by="person:1",
        )
        for number in range(110)
    ]  # fmt: skip
    with wall.opened():
        StoredFile.objects.bulk_create(many)
    seen, cursor = [], None
    for _ in range(3):
        with django_assert_num_queries(1):
            page = reads.files(cursor=cursor)
        seen += [shown.row.key for shown in page.rows]
        cursor = reads.Cursor(tuple(map(int, page.older.split(".")))) if page.older else None
    assert cursor is None
    assert len(seen) == len(set(seen)) == 113
    assert seen[-3:] == made[::-1]
