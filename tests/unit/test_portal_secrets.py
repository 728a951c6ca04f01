"""S2-09: a secret in every place that is not public stands on no page and in no file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import fields, replace
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from guiju.base.record import checkpoints, sequencer
from guiju.base.record.models import Event
from guiju.core.lists.model import ITEMS, TABLES
from guiju.core.lists.powers import Power
from guiju.core.lists.public import OPEN
from guiju.core.lists.risks import Risk
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, ItemKind, Layer
from publishing import address, noticed, published
from recorded import NOON
from reviewing import Chain, nothing_found
from small_edition import LICENCE, SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

MARK = "绝密词"
"""Begins every planted text, and stands nowhere else."""

KINDS = tuple(ItemKind)
EXEMPT = Publication(
    exemption="依保守国家秘密法第九条", approver=f"{MARK}批准人", review_date=date(2027, 1, 1)
)
SYSTEM = Publication(audience=Audience.SYSTEM, approver=f"{MARK}批准人")


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


def planted(item, number):
    """The item with a secret in every text that is not public."""
    kind = item.item_kind
    said = {}
    for one in fields(item):
        if one.name in OPEN[kind] or one.name in {"code", "publication"}:
            continue
        if one.type in ("str", str):
            said[one.name] = f"{MARK}{kind.value}{one.name}{number}"
        elif one.type.startswith("tuple[str"):
            said[one.name] = (f"{MARK}{kind.value}{one.name}{number}",)
    return replace(item, **said)


def hidden(kind, number, publication):
    """An item that is not public at all: a secret in every text of it."""
    said = {
        one.name: f"{MARK}藏{kind.value}{one.name}{number}"
        for one in fields(ITEMS[kind])
        if one.type in ("str", str) and one.name not in {"code", "power", "risk", "flow", "parent"}
    }
    links = {"power": LICENCE, "risk": "R1"}
    names = {one.name for one in fields(ITEMS[kind])}
    said |= {name: value for name, value in links.items() if name in names}
    return ITEMS[kind](**said, code=f"HID{number}{kind.value}", publication=publication)


def full_of_secrets():
    tables = {
        TABLES[kind]: tuple(planted(one, n) for n, one in enumerate(SOUND.table(kind)))
        for kind in KINDS
    }
    for number, publication in enumerate((EXEMPT, SYSTEM)):
        for kind in KINDS:
            if "publication" in {one.name for one in fields(ITEMS[kind])}:
                tables[TABLES[kind]] += (hidden(kind, number, publication),)
    secret = f"HID0{ItemKind.POWER.value}"
    for kind in (ItemKind.BASIS, ItemKind.DUTY, ItemKind.ACCOUNTABILITY):
        below = hidden_below(kind, secret)
        tables[TABLES[kind]] += (below,)
    of_person = Risk(
        code="RP", power=LICENCE, layer=Layer.PERSON, text=f"{MARK}某人的风险",
        person=f"{MARK}某人", publication=Publication(audience=Audience.SOCIETY),
    )  # fmt: skip
    tables["risks"] += (of_person,)
    tables["powers"] = tuple(
        replace(one, post=f"{one.post}（人员LO-01）") if isinstance(one, Power) else one
        for one in tables["powers"]
    )
    return replace(SOUND, **tables)


def hidden_below(kind, power):
    said = {
        one.name: f"{MARK}下{kind.value}{one.name}"
        for one in fields(ITEMS[kind])
        if one.type in ("str", str) and one.name not in {"code", "power", "step"}
    }
    return ITEMS[kind](code=f"BELOW{kind.value}", power=power, **said)


def everything_public(issue):
    """Follow every link from the first page; return each address with what it answers."""
    todo = ["/open/", "/open/search/?q=采砂", f"/open/search/?q={MARK}", "/open/feed.atom",
            "/open/data/catalogue.json", address(issue, "powers", "HID0power", ""),
            address(issue, "proof.zip"), address(issue, "withheld.json")]  # fmt: skip
    seen = {}
    while todo:
        path = todo.pop()
        if path in seen or not path.startswith("/open/"):
            continue
        response = Client().get(path)
        assert response.status_code in {200, 302, 404, 503}, path
        body = b"".join(response.streaming_content) if response.streaming else response.content
        seen[path] = body
        if "html" in response["Content-Type"]:
            parts = body.decode().split('href="')[1:]
            links = (part.partition('"')[0].partition("#")[0] for part in parts)
            todo += [one.replace("&amp;", "&") for one in links]
    return seen


def texts(body):
    """What a file says, also inside of archives and workbooks."""
    if not body.startswith(b"PK"):
        return [body.decode("utf-8", "replace")]
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [part for name in archive.namelist() for part in texts(archive.read(name))]


def seal():
    sequencer.seal_waiting()
    checkpoints.sign_if_due(at=NOON + timedelta(days=90))


@pytest.mark.parametrize("in_notice", [True, False], ids=["in_notice", "in_effect"])
def test_s2_09_no_page_and_no_file_says_what_is_not_public(county, in_notice):
    told = full_of_secrets()
    issue = noticed(county, told) if in_notice else published(county, told)[0]
    seal()
    seen = everything_public(issue)
    assert len(seen) > 30
    assert any(path.endswith("lists.xlsx") for path in seen)
    assert seen[address(issue, "proof.zip")].startswith(b"PK")
    for path, body in seen.items():
        if "search" in path and quote(MARK) in quote(path, safe="%"):  # it repeats the question
            assert b"open-found" not in body, path
            continue
        for text in texts(body):
            assert MARK not in text, (path, text[text.index(MARK) - 50 : text.index(MARK) + 50])
            assert "HID0" not in text.replace("HID0power/", ""), path
            assert "人员LO-01" not in text, path
            assert "person:" not in text, path


def test_s2_09_what_is_exempt_is_said_to_be_with_its_reason(county):
    issue = published(county, full_of_secrets())[0]
    text = Client().get(address(issue, "")).content.decode()
    assert "不公开：依保守国家秘密法第九条" in text
    assert "2027年1月1日 复核" in text
    assert "只对系统内公开" in text
    assert MARK not in text


def test_the_event_of_a_publication_says_nothing_of_what_is_withheld(county):
    published(county, full_of_secrets())
    for event in Event.objects.filter(kind__startswith="portal."):
        assert MARK not in bytes(event.entry).decode()
