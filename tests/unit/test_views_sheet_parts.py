"""权力标签: main item and sub-items, and by what the page is checked against the record."""

import io
from dataclasses import replace

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api_story import program
from drafted import drafted
from guiju.base.record import sequencer
from guiju.base.record.models import Event, Leaf
from guiju.core.lists.model import Power
from guiju.core.terms import Role
from guiju.define.lists.actions import editing
from organised import ACT, County
from readers import reader
from reviewing import Chain, draft_of, effective, nothing_found
from small_edition import LICENCE, SOUND, with_

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
PARTS = tuple(
    Power(code=f"{LICENCE[:-2]}{n:02}", name=f"子项{n}", parent=LICENCE) for n in range(1, 4)
)


@pytest.fixture
def county():
    return County()


@pytest.fixture
def edition(county):
    return drafted(county.bureau, with_("powers", *PARTS))


@pytest.fixture
def client(county):
    return reader(Role.LIST_KEEPER, unit=county.bureau.reference)


def at(edition, code=LICENCE, query=""):
    return f"/views/{edition.reference.partition(':')[2]}/power/{code}/{query}"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def paper(client, address):
    answer = client.get(address)
    found = docx.Document(io.BytesIO(answer.content))
    return "\n".join(one.text for one in found.paragraphs)


def test_s3_49_a_main_item_lists_its_sub_items_and_they_name_it(client, edition):
    main = page(client, at(edition))
    for one in PARTS:
        assert f'href="{at(edition, one.code)}">{one.name}</a>' in main
    part = page(client, at(edition, PARTS[1].code))
    assert f'href="{at(edition)}">{SOUND.powers[0].name}</a>' in part
    assert "子项，主项" in part
    assert PARTS[0].name not in part
    other = page(client, at(edition, SOUND.powers[1].code))
    assert "主项和子项" not in other
    written = paper(client, at(edition, query="?format=docx"))
    assert f"子项1（{PARTS[0].code}）、子项2" in written
    assert SOUND.powers[0].name in paper(client, at(edition, PARTS[1].code, "?format=docx"))


def test_sub_items_follow_every_change_at_once(client, edition):
    assert "子项9" not in page(client, at(edition))
    more = replace(PARTS[0], code=f"{LICENCE[:-2]}09", name="子项9")
    editing.put_item(edition=edition.reference, item=more, revision=None, **ACT)
    assert "子项9" in page(client, at(edition))


def test_many_sub_items_are_named_up_to_a_bound(county, client):
    powers = [Power(code=f"P{n}", name=f"分项{n}", parent=LICENCE) for n in range(80)]
    edition = drafted(county.bureau, with_("powers", *powers))
    page(client, at(edition))
    with CaptureQueriesContext(connection) as few:
        page(client, at(edition, SOUND.powers[2].code))
    with CaptureQueriesContext(connection) as many:
        told = page(client, at(edition))
    assert len(many) == len(few)
    assert "分项59</a>" in told
    assert "分项60</a>" not in told
    assert "另有 20 个子项" in told


def test_a_draft_tells_its_last_change_and_that_it_waits_to_be_sealed(client, edition):
    assert "等待封存" in page(client, at(edition))
    sequencer.seal_waiting()
    row = Event.objects.filter(object=edition.reference).order_by("-id").first()
    number = Leaf.objects.get(event_id=row.id).seq
    says = f"第 {number} 号（最近一次改动）"
    assert says in page(client, at(edition))
    assert f"存证记录：{says}" in paper(client, at(edition, query="?format=docx"))
    assert "内容摘要在送审时生成" in page(client, at(edition))


def test_an_edition_in_use_tells_its_digest_and_the_number_of_its_effect(monkeypatch):
    nothing_found(monkeypatch)
    county = Chain()
    edition = draft_of(county.owner)
    effective(county, edition)
    sequencer.seal_waiting()
    row = Event.objects.get(object=edition.reference, kind="approval.edition.took_effect")
    number = Leaf.objects.get(event_id=row.id).seq
    says = f"第 {number} 号（核准、生效）"
    keeper = reader(Role.LIST_KEEPER, unit=county.owner.reference)
    told = page(keeper, at(edition))
    assert f"<code>{edition.digest}</code>" in told
    assert len(edition.digest) == 64
    assert says in told
    assert f"/record/event/{row.key}/" not in told
    auditor = reader(Role.SUPERVISOR, Role.AUDIT_ADMIN)
    assert f'href="/record/event/{row.key}/"' in page(auditor, at(edition))
    written = paper(keeper, at(edition, query="?format=docx"))
    assert edition.digest in written
    assert says in written
    one = program(Role.LIST_KEEPER, unit=county.owner.reference)
    where = at(edition).replace("/power/", "/powers/").rstrip("/")
    said = one.get(where)
    assert (said["digest"], said["record_number"]) == (edition.digest, number)
    assert (said["main"], said["parts"]) == (None, [])


def test_programs_read_main_item_and_sub_items(county, edition):
    one = program(Role.LIST_KEEPER, unit=county.bureau.reference)
    where = f"/views/{edition.reference.partition(':')[2]}/powers/"
    assert one.get(where + LICENCE)["parts"] == [
        {"code": part.code, "name": part.name} for part in PARTS
    ]
    assert one.get(where + PARTS[0].code)["main"]["code"] == LICENCE
