"""K8, S2-09: what is exempt later is shown in no older edition; both files stay provable."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from factories import guiju
from guiju.base.record import actions, sequencer
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.core.lists.public import public_edition
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, ItemKind
from guiju.exchange.profile_files import built_in
from guiju.publish.portal.actions.publishing import publish_due
from guiju.publish.portal.models import Issue, OpenItem
from publishing import address, published, text_of
from record_story import CHIEF, cosign_latest, register_witness
from recorded import NOON
from reviewing import Chain, draft_of, effective, nothing_found, passed, submitted
from small_edition import LICENCE, SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
WHY = "涉及国家安全（政府信息公开条例第十四条）"
EXEMPT = Publication(exemption=WHY, approver="person:approver")
NAME = next(one.name for one in SOUND.powers if one.code == LICENCE)


def exempting(kind="powers", code=LICENCE, publication=EXEMPT, told=SOUND, number=2):
    items = tuple(
        replace(one, publication=publication) if one.code == code else one
        for one in getattr(told, kind)
    )
    return replace(told, **{kind: items}, number=number)


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    actions.open_log(by=SYSTEM, at=NOON)
    return Chain()


def following(county, told, at):
    """Take the unit's next edition into effect and publish it; return both issues and when."""
    edition = draft_of(county.owner, told)
    after = effective(county, edition, at)
    publish_due(at=after)
    return Issue.objects.get(edition=edition), after


def fresh(issue):
    return Issue.objects.select_related("edition").get(pk=issue.pk)


def everything_of(issue):
    """All that the portal says of an edition, as one text."""
    client = Client()
    told = [text_of(address(issue, "")), text_of(address(issue, "proof", ""))]
    files = (client.get(address(issue, f"lists.{form}")) for form in ("json", "csv"))
    told += [one.content.decode("utf-8-sig") for one in files]
    book = zipfile.ZipFile(io.BytesIO(client.get(address(issue, "lists.xlsx")).content))
    told += [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
    changes = client.get(address(issue, "changes", ""))
    told.append(changes.content.decode() if changes.status_code == 200 else "")
    told.append(client.get(address(issue, "withheld.json")).content.decode())
    return "\n".join(told)


def test_k8_what_is_exempt_later_is_gone_from_every_older_edition(county):
    first, at = published(county)
    assert NAME in everything_of(first)
    count = OpenItem.objects.filter(issue=first).count()
    second, _ = following(county, exempting(), at + timedelta(days=1))
    for issue in (fresh(first), second):
        told = everything_of(issue)
        assert NAME not in told
        assert LICENCE not in told
        assert WHY in told
    assert not OpenItem.objects.filter(issue=first, power=LICENCE).exists()
    assert 0 < OpenItem.objects.filter(issue=first).count() < count
    page = text_of(address(first, "powers", LICENCE, ""), 410)
    assert "这一项已不再公开" in page
    assert WHY in page
    assert NAME not in page
    assert "不再公开" not in text_of(address(first, "powers", "nothing", ""), 404)


def test_what_is_only_narrowed_goes_too_and_says_for_whom_it_is(county):
    first, at = published(county)
    inside = Publication(audience=Audience.INTERNAL)
    following(county, exempting(publication=inside), at + timedelta(days=1))
    assert "只对" in text_of(address(first, "powers", LICENCE, ""), 410)


def test_what_was_only_repealed_stays_in_the_older_edition(county):
    first, at = published(county)
    other = next(one for one in SOUND.powers if one.code != LICENCE)
    powers = tuple(replace(one, boundary="另写的边界") for one in SOUND.powers)
    left = replace(SOUND, number=2, powers=powers, bases=(), negatives=())
    before = fresh(first).digest
    following(county, left, at + timedelta(days=1))
    assert fresh(first).digest == before
    assert fresh(first).closings == []
    assert other.name in everything_of(first)


def test_both_files_stay_provable_by_the_record(county, tmp_path):
    witnesses = [register_witness(name, at=NOON) for name in ("a.example/w1", "b.example/w2")]
    actions.set_quorum(count=2, by=CHIEF, at=NOON)
    first, at = published(county)
    old = Client().get(address(first, "lists.json")).content
    _, after = following(county, exempting(), at + timedelta(days=1))
    first = fresh(first)
    assert "约一分钟" in text_of(address(first, "proof.zip"), 503)
    sequencer.seal_waiting()
    cosign_latest(witnesses, at=after)
    with zipfile.ZipFile(io.BytesIO(Client().get(address(first, "proof.zip")).content)) as archive:
        archive.extractall(tmp_path)
    told = {
        name: json.loads((tmp_path / f"{name}.json").read_bytes())["data"]
        for name in ("published", "closed-1")
    }
    now = (tmp_path / "lists.json").read_bytes()
    assert hashlib.sha256(old).hexdigest() == told["published"]["digest"]
    assert told["closed-1"]["before"] == told["published"]["digest"]
    assert hashlib.sha256(now).hexdigest() == told["closed-1"]["digest"] == first.digest
    withheld = (tmp_path / "withheld.json").read_bytes()
    assert hashlib.sha256(withheld).hexdigest() == told["closed-1"]["withheld"]
    assert NAME.encode() not in (tmp_path / "closed-1.json").read_bytes()
    for name in told:
        found = guiju("verify", f"{name}.tlog-proof", cwd=tmp_path)
        assert found.status == 0, found
    assert "closed-1.tlog-proof" in (tmp_path / "README.txt").read_text("utf-8")
    assert "撤下部分内容" in text_of(address(first, "proof", ""))


def test_closing_again_continues_the_chain_and_nothing_happens_twice(county):
    first, at = published(county)
    second, after = following(county, exempting(), at + timedelta(days=1))
    closed = Event.objects.filter(kind="portal.edition.closed")
    assert closed.count() == 1
    publish_due(at=after)
    assert closed.count() == 1
    other = next(one.code for one in SOUND.powers if one.code != LICENCE)
    both = exempting(code=other, told=exempting(), number=3)
    following(county, both, after + timedelta(days=1))
    told = [
        json.loads(bytes(one.entry))["data"]
        for one in closed.filter(object=first.edition.reference).order_by("id")
    ]
    assert len(told) == 2
    assert told[1]["before"] == told[0]["digest"]
    assert fresh(first).digest == told[1]["digest"]
    assert len(fresh(first).closings) == 2
    assert fresh(second).closings


def test_a_published_edition_is_never_reduced_by_one_that_is_only_in_notice(county):
    first, at = published(county)
    edition = draft_of(county.owner, exempting())
    passed(county, submitted(edition, at + timedelta(days=1)), at + timedelta(days=1))
    publish_due(at=at + timedelta(days=1))
    assert NAME in everything_of(first)
    assert fresh(first).closings == []


def test_the_public_form_of_the_small_edition_has_what_is_closed_here():
    shown = public_edition(SOUND, built_in("county")).edition
    assert any(one.power == LICENCE for one in shown.table(ItemKind.BASIS))
