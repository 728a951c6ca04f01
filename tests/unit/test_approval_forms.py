"""Forms 2 to 6 of the school document say who approved what they are made from."""

import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from finding import House
from guiju.base.record.models import Event, Leaf
from guiju.base.record.sequencer import seal_waiting
from guiju.core.lists.words_chains import SignAction
from guiju.core.terms import Role
from guiju.define.approval.actions import noticing
from guiju.define.approval.reads.signatures import lines_of, signatures_of
from organised import KEEPER
from readers import make_account, sign_in
from recorded import NOON
from reviewing import nothing_found, passed, sign, submitted
from small_edition import SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day on which the county's people hold their posts."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or NOON).date())


@pytest.fixture
def house(monkeypatch):
    nothing_found(monkeypatch)
    return House(profile="county", told=SOUND)


@pytest.fixture
def campaign(house):
    return house.begin()


def told(client, campaign, number, ending):
    """Return what a form says, as one text."""
    identity = campaign.reference.partition(":")[2]
    answer = client.get(f"/campaigns/{identity}/forms/{number}/{ending}/")
    assert answer.status_code == 200
    stream = io.BytesIO(answer.content)
    if ending == "docx":
        return zipfile.ZipFile(stream).read("word/document.xml").decode()
    rows = openpyxl.load_workbook(stream).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell)


def reader(house, role=Role.LIST_KEEPER):
    return sign_in(make_account(role, unit=house.owner.reference))


def test_s4_14_s4_27_s4_28_s4_29_the_forms_say_who_approved(house, campaign):
    review = submitted(house.edition)
    client = reader(house)
    for code in ("S-01", "B-01", "G-01"):
        sign(review, house.actor(code))
        assert "审签：（待签）" in told(client, campaign, 2, "xlsx")
    sign(review, house.actor("W-01"), number="备〔2026〕7号")
    for number in range(2, 7):
        for ending in ("docx", "xlsx"):
            said = told(client, campaign, number, ending)
            assert "审签" not in said
            assert "备案号 备〔2026〕7号" in said
            for action in (SignAction.EXAMINE, SignAction.APPROVE, SignAction.FILE):
                assert f" {action.label} 2026" in said
            assert "县政府常务会议" in said


def test_persons_are_named_in_them_only_to_who_may_see_who_they_are(house, campaign):
    passed(house, submitted(house.edition))
    found = signatures_of(house.edition)
    assert len(found) == 4
    assert all(one.person for one in found)
    open_lines = [str(one.said) for one in lines_of(house.edition, may_name=False)]
    lines = [str(one.said) for one in lines_of(house.edition, may_name=True)]
    for one, bare, whole in zip(found, open_lines, lines, strict=True):
        assert one.person in whole
        assert one.person not in bare
        assert one.office in bare


def test_the_numbers_are_those_of_the_signatures_in_the_record(house, campaign):
    passed(house, submitted(house.edition))
    assert {one.number for one in signatures_of(house.edition)} == {None}
    assert "待封存" in str(lines_of(house.edition, may_name=False)[0].said)
    seal_waiting()
    for one in signatures_of(house.edition):
        event = Event.objects.get(id=Leaf.objects.get(seq=one.number).event_id)
        kind = "filed" if one.action is SignAction.FILE else "signed"
        assert event.kind.endswith(kind)
        assert one.step.encode() in bytes(event.entry)


def test_what_an_objection_stopped_is_approved_by_nobody(house, campaign, monkeypatch):
    passed(house, submitted(house.edition))
    house.edition.refresh_from_db()
    later = NOON.replace(day=NOON.day + 1)
    row = noticing.object_to(
        edition=house.edition.reference, text="时限太长", contact="", by=None, at=later
    )
    noticing.answer(objection=row.reference, is_upheld=True, said="成立", by=KEEPER, at=later)
    assert signatures_of(house.edition) == ()
    assert "审签：（待签）" in told(reader(house), campaign, 2, "xlsx")


def test_the_page_of_forms_says_so_too_in_a_known_number_of_queries(
    house, campaign, django_assert_max_num_queries
):
    client, identity = reader(house), campaign.reference.partition(":")[2]
    page = f"/campaigns/{identity}/forms/"
    assert "还没有走完审签" in client.get(page).content.decode()
    passed(house, submitted(house.edition))
    with django_assert_max_num_queries(6):
        signatures_of(house.edition)
    assert "备〔2026〕7号" in client.get(page).content.decode()
