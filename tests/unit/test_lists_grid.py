"""The grid of a draft: what is typed is understood or told cell by cell, all rows or none."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drafted import drafted
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.model import Control, Power, Risk
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.terms import Role
from guiju.define.lists.actions import editing, several
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.items import item_with
from organised import ACT, County, refusal
from readers import reader
from small_edition import FINE, LICENCE, SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County()


@pytest.fixture
def edition(county):
    return drafted(county.bureau)


@pytest.fixture
def keeper(county):
    return reader(Role.LIST_KEEPER, unit=county.bureau.reference)


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], "grid", *more]) + "/"


def held(edition, kind, code):
    return item_with(edition, kind, code)


def save(client, edition, kind, *rows):
    told = {"rows": [{"row": str(n), "code": code, "cells": c} for n, (code, c) in enumerate(rows)]}
    answer = client.post(
        at(edition, kind, "save"), json.dumps(told), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


@pytest.mark.parametrize("kind", ItemKind)
def test_every_table_has_a_grid_whose_rows_lead_to_their_forms(edition, keeper, kind):
    page = keeper.get(at(edition, kind))
    text = page.content.decode()
    assert page.status_code == 200
    for item in SOUND.table(kind):
        link = f"/lists/{edition.reference.partition(':')[2]}/change/{kind}/{item.code}/"
        assert link in text
    assert len(page.content) < 200_000


def test_the_sets_of_columns_show_other_fields_of_the_same_rows(edition, keeper):
    first = keeper.get(at(edition, "power")).content.decode()
    assert ('data-path="layer"' in first, 'data-path="fee.lower"' in first) == (True, False)
    fees = keeper.get(at(edition, "power"), {"set": "fee", "search": LICENCE}).content.decode()
    assert ('data-path="fee.lower"' in fees, FINE + "/" in fees) == (True, False)


def test_a_grid_costs_the_same_queries_however_many_rows(edition, keeper):
    keeper.get(at(edition, "power"))
    with CaptureQueriesContext(connection) as few:
        keeper.get(at(edition, "power"))
    powers = [Power(code=f"N-{n}", name=f"权力{n}") for n in range(60)]
    several.put_items(edition=edition.reference, items=powers, revision=None, **ACT)
    with CaptureQueriesContext(connection) as many:
        page = keeper.get(at(edition, "power")).content.decode()
    assert len(many) == len(few) <= 18
    assert page.count('<tr data-code="N-') == 47
    assert "下一页" in page


def test_one_row_is_saved_with_what_was_understood(edition, keeper):
    before = Event.objects.count()
    told = save(
        keeper, edition, "power",
        (LICENCE, {"layer": ["单位", "岗位"], "legal_limit": ["20个工作日", "15 工作日"]}),
    )  # fmt: skip
    assert told["is_saved"] is True
    assert told["rows"][0]["texts"]["layer"] == "股室岗位"
    assert told["rows"][0]["texts"]["legal_limit"] == "15个工作日"
    assert held(edition, ItemKind.POWER, LICENCE).legal_limit.amount == 15
    assert Event.objects.count() == before + 1
    assert Event.objects.filter(kind="lists.item.changed").count() == 1


def test_a_block_is_one_event_and_new_rows_get_codes(edition, keeper):
    told = save(
        keeper, edition, "risk",
        ("", {"text": ["", "一号风险"], "power": ["", LICENCE], "layer": ["", "单位"]}),
        ("", {"text": ["", "二号风险"], "dimensions": ["", "业务流程、制度机制"]}),
        ("", {"code": ["", "自编-1"], "text": ["", "三号风险"]}),
        ("R1", {"text": [SOUND.risks[0].text, "改写的风险"]}),
    )  # fmt: skip
    assert told["is_saved"] is True
    codes = [one["code"] for one in told["rows"]]
    assert codes == ["R5", "R6", "自编-1", "R1"]
    found = [held(edition, ItemKind.RISK, code) for code in codes]
    assert [one.text for one in found] == ["一号风险", "二号风险", "三号风险", "改写的风险"]
    assert found[0].power == LICENCE
    event = Event.objects.get(kind="lists.items.changed")
    said = json.loads(bytes(event.entry))["data"]
    assert (said["added"], said["changed"], said["codes"]) == (3, 1, codes)
    history = keeper.get(
        f"/lists/{edition.reference.partition(':')[2]}/items/risk/R6/"
    ).content.decode()
    assert "一并改动风险 4 项" in history


def test_of_a_block_with_a_fault_nothing_is_saved_and_each_cell_is_told(edition, keeper):
    told = save(
        keeper, edition, "power",
        (LICENCE, {"name": ["河道采砂许可", "改了名"]}),
        (FINE, {"grade": ["二级", "很高"], "leader": ["分管副局长", "欧阳不见"]}),
        ("", {"code": ["", LICENCE], "name": ["", "重号"]}),
    )  # fmt: skip
    assert told["is_saved"] is False
    good, wrong, twice = told["rows"]
    assert good["errors"] == {}
    assert set(wrong["errors"]) == {"grade", "leader"}
    assert "看不出是哪一级" in wrong["errors"]["grade"]["says"]
    assert "已经有了" in twice["errors"]["code"]["says"]
    assert held(edition, ItemKind.POWER, LICENCE) == SOUND.powers[0]


def test_what_others_wrote_into_the_cell_meanwhile_is_told_with_who(edition, keeper):
    power = held(edition, ItemKind.POWER, LICENCE)
    editing.put_item(
        edition=edition.reference, item=replace(power, boundary="他写的"), revision=None, **ACT
    )
    cells = {"boundary": [power.boundary, "我写的"], "office": ["", "审批股"]}
    told = save(keeper, edition, "power", (LICENCE, cells))
    assert told["is_saved"] is False
    (row,) = told["rows"]
    assert "他写的" in row["errors"]["boundary"]["says"]
    assert "的行使边界" in row["says"][0]
    again = save(keeper, edition, "power", (LICENCE, {"boundary": ["他写的", "我写的"]}))
    assert again["is_saved"] is True
    keeper.post(at(edition, "power").replace("/grid/power/", f"/remove/power/{LICENCE}/"))
    lost = save(keeper, edition, "power", (LICENCE, {"boundary": ["我写的", "又写"]}))
    assert (lost["is_saved"], "删去权力" in lost["rows"][0]["says"][0]) == (False, True)


def test_findings_are_told_row_by_row(edition, keeper):
    power = held(edition, ItemKind.POWER, LICENCE)
    editing.put_item(
        edition=edition.reference, item=replace(power, boundary=""), revision=None, **ACT
    )
    told = keeper.get(at(edition, "power", "findings"), {"code": [LICENCE, "nothing"]}).json()
    assert told["note"] == ""
    assert told["rows"]["nothing"] == []
    assert ("boundary", "GJ103") in [(o["field"], o["code"]) for o in told["rows"][LICENCE]]


@pytest.mark.parametrize(
    ("kind", "code"), [("power", LICENCE), ("risk", "R1"), ("control", "C1"), ("duty", "Z0")]
)
def test_beside_a_row_stand_the_flow_and_the_risks_of_its_power(edition, keeper, kind, code):
    page = keeper.get(at(edition, kind, "beside"), {"code": code}).content.decode()
    assert "<svg" in page
    assert SOUND.risks[0].text in page


def test_beside_a_row_without_a_power_that_is_said(edition, keeper):
    page = keeper.get(at(edition, "negative", "beside"), {"code": "N1"}).content.decode()
    assert "没有写明属于哪项权力" in page


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"rows": []}', '{"rows": [{"row": "1"}]}', '{"rows": 7}',
     '{"rows": [{"row": "1", "code": "", "cells": {"name": ["a"]}}]}', "[" * 5_000,
     json.dumps({"rows": [{"row": "1", "code": "", "cells": {}}] * 201})],
)  # fmt: skip
def test_messages_that_are_none_are_refused(edition, keeper, body):
    answer = keeper.post(at(edition, "power", "save"), body, content_type="application/json")
    assert (answer.status_code, "EDITION-23" in answer.content.decode()) == (400, True)


def test_who_may_not_edit_has_no_grid_and_saves_nothing(county, edition):
    for client in (
        reader(Role.STAFF, unit=county.bureau.reference),
        reader(Role.LIST_KEEPER, unit=county.town.reference),
    ):
        assert client.get(at(edition, "power")).status_code == 404
        sent = json.dumps({"rows": [{"row": "1", "code": LICENCE, "cells": {}}]})
        answer = client.post(at(edition, "power", "save"), sent, content_type="application/json")
        assert answer.status_code == 404


def test_several_items_are_put_and_removed_all_or_none(edition):
    said = {"edition": edition.reference, "revision": None, **ACT}
    put, gone = several.put_items, several.remove_items
    before = Item.objects.count()
    assert refusal(Invalid, put, items=[], **said) == "EDITION-19"
    mixed = [Power(code="1"), Risk(code="1")]
    assert refusal(Invalid, put, items=mixed, **said) == "EDITION-19"
    assert refusal(Invalid, put, items=[Power(code="1")] * 2, **said) == "EDITION-14"
    assert refusal(Invalid, put, items=[Power(code="1"), Power(code="")], **said) == "EDITION-11"
    wide = [Power(code="1"), Risk(code="1", power="长" * 61)][1:]
    assert refusal(Invalid, put, items=wide, **said) == "EDITION-18"
    hidden = [Power(code="1", name="许\x00可")]
    assert refusal(Invalid, put, items=hidden, **said) == "EDITION-18"
    late = said | {"revision": 0}
    assert refusal(Conflict, put, items=[Power(code="1")], **late) == "EDITION-03"
    kinds = {"kind": ItemKind.POWER, "codes": [LICENCE, "nothing"]}
    assert refusal(Invalid, gone, **kinds, **said) == "EDITION-13"
    assert refusal(Conflict, gone, kind=ItemKind.POWER, codes=[LICENCE], **late) == "EDITION-03"
    assert Item.objects.count() == before
    same = Event.objects.count()
    assert put(items=SOUND.powers, **said) == 0
    assert Event.objects.count() == same
    assert put(items=[Power(code="1"), *SOUND.powers], **said) == 1
    assert gone(kind=ItemKind.POWER, codes=["1"], **said) == [Power(code="1")]


def test_controls_follow_risks_that_go_to_another_power_in_a_block(edition):
    risks = [replace(one, power=FINE) for one in SOUND.risks[:2]]
    control = Control(code="C9", risk="R2", text="另一项措施")
    said = {"edition": edition.reference, "revision": None, **ACT}
    several.put_items(items=[control], **said)
    several.put_items(items=risks, **said)
    powers = Item.objects.filter(edition=edition, kind="control", risk__in=["R1", "R2"])
    assert set(powers.values_list("power", flat=True)) == {FINE}


def test_what_is_in_review_is_closed_to_blocks_too(edition):
    from guiju.base.record import wall  # noqa: PLC0415 - beside its use

    with wall.opened():
        Edition.objects.update(state=EditionState.IN_REVIEW.value)
    said = {"edition": edition.reference, "revision": None, **ACT}
    assert refusal(Denied, several.put_items, items=[Power(code="1")], **said) == "EDITION-02"
    gone = {"kind": ItemKind.POWER, "codes": [LICENCE]}
    assert refusal(Denied, several.remove_items, **gone, **said) == "EDITION-02"


def test_a_long_text_is_told_by_its_digest_for_entries_are_short(edition):
    power = replace(held(edition, ItemKind.POWER, LICENCE), boundary="限于本县河道" * 5_000)
    editing.put_item(edition=edition.reference, item=power, revision=None, **ACT)
    event = Event.objects.get(kind="lists.item.changed")
    said = json.loads(bytes(event.entry))["data"]
    assert list(said["after"]["boundary"]) == ["sha256"]
    assert said["before"]["boundary"] == SOUND.powers[0].boundary
