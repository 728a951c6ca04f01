"""Items of a draft by their form: every table, refusals, what others changed meanwhile."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from drafted import drafted
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.lists.model import Power, Risk
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.terms import Role
from guiju.define.lists.actions import editing
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.items import item_with
from organised import ACT, County
from readers import reader
from small_edition import FINE, LICENCE, SOUND, STANDARD

pytestmark = pytest.mark.django_db
CODES = {kind: SOUND.table(kind)[0].code for kind in ItemKind}


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
    return "/lists/" + "/".join([edition.reference.partition(":")[2], *more]) + "/"


def filled(page):
    """What a browser would send of the form on a page, as it stands there."""
    text = page.content.decode()
    form = re.search(r'<form class="item-form".*?</form>', text, re.DOTALL)[0]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_box = said.get("type") in ("checkbox", "radio")
        if "name" in said and (not is_box or " checked" in tag):
            sent.setdefault(said["name"], []).append(
                unescape(said.get("value", "on" if is_box else ""))
            )
    for name, inner in re.findall(
        r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
    ):
        sent[name] = [unescape(inner)]
    for name, inner in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', inner)
        sent[name] = [unescape(one) for one in chosen[:1]] or [""]
    return sent


def held(edition, kind, code):
    return item_with(edition, kind, code)


@pytest.mark.parametrize("kind", ItemKind)
def test_a_form_sent_as_it_stands_changes_nothing(edition, keeper, kind):
    address = at(edition, "change", kind, CODES[kind])
    before = Event.objects.count()
    answer = keeper.post(address, filled(keeper.get(address)))
    assert answer.status_code == 302, answer.content.decode()
    assert held(edition, kind, CODES[kind]) == SOUND.table(kind)[0]
    assert Event.objects.count() == before


@pytest.mark.parametrize("kind", ItemKind)
def test_an_item_of_every_table_is_added_with_the_next_code(edition, keeper, kind):
    address = at(edition, "add", kind)
    sent = filled(keeper.get(address))
    (code,) = sent["code"]
    assert code
    assert held(edition, kind, code) is None
    answer = keeper.post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == at(edition, "items", kind, code)
    assert held(edition, kind, code).item_kind is kind


@pytest.mark.parametrize("kind", ItemKind)
def test_a_copy_says_the_same_under_another_code(edition, keeper, kind):
    address = at(edition, "add", kind) + f"?copy={CODES[kind]}"
    sent = filled(keeper.get(address))
    assert keeper.post(address, sent).status_code == 302
    copy, old = held(edition, kind, sent["code"][0]), SOUND.table(kind)[0]
    assert copy.code != old.code
    assert {**as_plain(copy), "code": old.code} == as_plain(old)


def as_plain(item):
    return {name: getattr(item, name) for name in type(item).__dataclass_fields__}


def test_a_risk_is_begun_from_its_power_and_each_sort_of_field_is_kept(edition, keeper):
    address = at(edition, "add", "risk") + f"?power={LICENCE}"
    sent = filled(keeper.get(address))
    assert sent["power"] == [LICENCE]
    sent |= {
        "text": ["放宽条件"], "dimensions": ["业务流程", "制度机制"], "layer": ["股室岗位"],
        "probability": ["2"], "frequency": ["120"], "channels": ["自己找"], "grade": ["一级"],
        "publication__review_date": ["2027-01-31"], "rules": ["R-1\r\nR-2"],
    }  # fmt: skip
    assert keeper.post(address, sent).status_code == 302
    made = held(edition, ItemKind.RISK, sent["code"][0])
    assert isinstance(made, Risk)
    assert ([one.value for one in made.dimensions], made.layer.value) == (
        ["process", "system"], "post",
    )  # fmt: skip
    assert (made.probability, made.frequency, made.grade, made.rules) == (
        2, 120, 1, ("R-1", "R-2"),
    )  # fmt: skip
    assert str(made.publication.review_date) == "2027-01-31"


def test_what_cannot_be_read_stands_beside_its_field_and_nothing_is_lost(edition, keeper):
    address = at(edition, "change", "power", LICENCE)
    sent = filled(keeper.get(address)) | {
        "legal_limit_0": ["二十来"],
        "fee__lower": ["十块"],
        "boundary": ["只限本县\r\n各乡"],
    }
    answer = keeper.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    for name in ("legal_limit", "fee__lower"):
        assert re.search(rf'id="id_{name}_error".*?请', page)
    again = filled(answer)
    assert (again["legal_limit_0"], again["fee__lower"]) == (["二十来个工作日"], ["十块"])
    assert again["boundary"][0].splitlines() == ["只限本县", "各乡"]
    assert held(edition, ItemKind.POWER, LICENCE) == SOUND.powers[0]


def test_gj403_a_lower_grade_than_the_method_gives_needs_a_reason(edition, keeper):
    address = at(edition, "change", "power", LICENCE)
    sent = filled(keeper.get(address)) | {"is_major": ["on"], "grade": ["三级"]}
    answer = keeper.post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, "请写明理由" in page) == (400, True)
    assert "按定级方法应为一级" in page
    assert "属于三重一大" in page
    kept = filled(answer) | {"grade_reason": ["金额都在一千元以下，由集体决定"]}
    assert keeper.post(address, kept).status_code == 302
    assert held(edition, ItemKind.POWER, LICENCE).grade == 3


def test_a_code_that_is_taken_or_none_is_told_beside_the_code(edition, keeper):
    address = at(edition, "add", "power")
    sent = filled(keeper.get(address))
    for code, why in ((LICENCE, "EDITION-20"), ("", "EDITION-11"), ("1" * 61, "EDITION-11")):
        answer = keeper.post(address, sent | {"code": [code], "name": ["新的权力"]})
        assert answer.status_code == 400
        assert re.search(rf'id="id_code_error".*?{why}', answer.content.decode())
        assert filled(answer)["name"] == ["新的权力"]
    assert held(edition, ItemKind.POWER, LICENCE) == SOUND.powers[0]


def test_persons_are_chosen_and_never_typed_freely(county, edition, keeper):
    address = at(edition, "change", "power", LICENCE)
    sent = filled(keeper.get(address))
    answer = keeper.post(address, sent | {"leader": ["欧阳不见"]})
    assert (answer.status_code, "不是本单位的岗位名称" in answer.content.decode()) == (400, True)
    chosen = county.people[0]
    sent = filled(answer) | {"leader": [f"{chosen.name} {chosen.code}"]}
    assert keeper.post(address, sent).status_code == 302
    assert held(edition, ItemKind.POWER, LICENCE).leader == chosen.reference
    assert chosen.name in keeper.get(at(edition, "items", "power", LICENCE)).content.decode()
    assert filled(keeper.get(address))["leader"] == [f"{chosen.name} {chosen.code}"]
    narrow = reader(Role.STAFF, unit=county.office.reference)
    assert narrow.get(at(edition, "items", "power", LICENCE)).status_code == 404
    entries = b"".join(bytes(one.entry) for one in Event.objects.filter(kind__startswith="lists."))
    assert chosen.name.encode() not in entries
    post = county.head.name
    assert keeper.post(address, filled(keeper.get(address)) | {"leader": [post]}).status_code == 302
    assert held(edition, ItemKind.POWER, LICENCE).leader == post


def test_what_others_changed_elsewhere_in_the_item_is_put_together(edition, keeper):
    address = at(edition, "change", "power", LICENCE)
    sent = filled(keeper.get(address)) | {"boundary": ["只限本县"]}
    other = held(edition, ItemKind.POWER, LICENCE)
    put(edition, other, conditions="另有人写的条件")
    assert keeper.post(address, sent).status_code == 302
    found = held(edition, ItemKind.POWER, LICENCE)
    assert (found.boundary, found.conditions) == ("只限本县", "另有人写的条件")


def test_who_changed_the_same_field_is_told_and_both_texts_are_there(edition, keeper):
    address = at(edition, "change", "power", LICENCE)
    sent = filled(keeper.get(address)) | {"boundary": ["我写的边界"]}
    put(edition, held(edition, ItemKind.POWER, LICENCE), boundary="他写的边界")
    answer = keeper.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert re.search(r'id="id_boundary_error".*?他写的边界', page)
    assert "的行使边界" in page
    again = filled(answer)
    assert again["boundary"] == ["我写的边界"]
    assert held(edition, ItemKind.POWER, LICENCE).boundary == "他写的边界"
    assert keeper.post(address, again).status_code == 302
    assert held(edition, ItemKind.POWER, LICENCE).boundary == "我写的边界"


def put(edition, item, **said):
    editing.put_item(edition=edition.reference, item=replace(item, **said), revision=None, **ACT)


def test_an_item_that_somebody_removed_meanwhile_is_told(edition, keeper):
    address = at(edition, "change", "power", LICENCE)
    sent = filled(keeper.get(address))
    editing.remove_item(
        edition=edition.reference, kind=ItemKind.POWER, code=LICENCE, revision=None, **ACT
    )
    answer = keeper.post(address, sent)
    assert (answer.status_code, "EDITION-21" in answer.content.decode()) == (409, True)
    assert "删去权力" in answer.content.decode()
    assert keeper.get(address).status_code == 404


def test_gj601_tiers_are_added_and_dropped_without_saving(edition, keeper):
    address = at(edition, "change", "standard", STANDARD.code)
    sent = filled(keeper.get(address))
    more = keeper.post(address, sent | {"tiers": ["add"], "offence": ["改了一半"]})
    assert more.status_code == 200
    assert "tiers-3-name" in filled(more)
    assert filled(more)["offence"] == ["改了一半"]
    assert held(edition, ItemKind.STANDARD, STANDARD.code) == STANDARD
    fewer = keeper.post(address, filled(more) | {"tiers": ["drop-0"]})
    named = filled(fewer) | {"tiers-2-name": ["特别严重"], "tiers-2-lower": ["两百"]}
    assert named["tiers-0-name"] == [STANDARD.tiers[1].name]
    wrong = keeper.post(address, named)
    assert (wrong.status_code, "第 3 档的下限" in wrong.content.decode()) == (400, True)
    kept = filled(wrong) | {"tiers-2-lower": ["200000"]}
    assert keeper.post(address, kept).status_code == 302
    found = held(edition, ItemKind.STANDARD, STANDARD.code)
    assert [one.name for one in found.tiers] == ["一般", "严重", "特别严重"]
    assert (found.tiers[2].lower, found.tiers[0].above_lower) == (200_000_00, True)


def test_what_is_removed_can_be_put_back_once(edition, keeper):
    gone = keeper.post(at(edition, "remove", "power", FINE))
    assert gone.status_code == 302
    assert held(edition, ItemKind.POWER, FINE) is None
    page = keeper.get(gone["Location"]).content.decode()
    assert "还有" in page
    undo = re.search(r'action="(/lists/[^"]*/restore/[^"]*)"', page)[1]
    assert keeper.post(undo).status_code == 302
    assert held(edition, ItemKind.POWER, FINE) == SOUND.powers[2]
    again = keeper.post(undo)
    assert (again.status_code, "EDITION-22" in again.content.decode()) == (409, True)


def test_nobody_else_changes_items_and_nothing_in_review(county, edition, keeper):
    for client in (
        reader(Role.STAFF, unit=county.bureau.reference),
        reader(Role.LIST_KEEPER, unit=county.town.reference),
    ):
        assert client.get(at(edition, "add", "power")).status_code == 404
        assert client.post(at(edition, "remove", "power", FINE)).status_code == 404
        assert "修改" not in client.get(at(edition, "items", "power", FINE)).content.decode()
    with wall.opened():
        Edition.objects.update(state=EditionState.IN_REVIEW.value)
    answer = keeper.post(at(edition, "remove", "power", FINE))
    assert (answer.status_code, "EDITION-02" in answer.content.decode()) == (403, True)
    assert held(edition, ItemKind.POWER, FINE) == SOUND.powers[2]


def test_chosen_items_are_filled_and_removed_together(edition, keeper):
    chosen = {"chosen": [LICENCE, FINE]}
    fill = at(edition, "chosen", "power", "fill")
    assert "统一填写 2 项权力" in keeper.post(fill, chosen).content.decode()
    wrong = keeper.post(fill, chosen | {"path": "layer", "text": "处级"})
    assert (wrong.status_code, "不在允许的词里" in wrong.content.decode()) == (400, True)
    sent = chosen | {"path": "layer", "text": "股室岗位"}
    asked = keeper.post(fill, sent)
    assert "都写成「股室岗位」" in asked.content.decode()
    assert keeper.post(fill, sent | {"confirmed": "yes"}).status_code == 302
    assert held(edition, ItemKind.POWER, LICENCE).layer.value == "post"
    told = Event.objects.get(kind="lists.items.changed")
    assert json.loads(bytes(told.entry))["data"]["fields"] == ["layer"]
    remove = at(edition, "chosen", "power", "remove")
    assert keeper.post(remove, chosen).status_code == 200
    done = keeper.post(remove, chosen | {"confirmed": "yes"})
    assert held(edition, ItemKind.POWER, LICENCE) is None
    page = keeper.get(done["Location"]).content.decode()
    undo = re.search(r'action="(/lists/[^"]*/restore/[^"]*)"', page)[1]
    assert keeper.post(undo).status_code == 302
    assert isinstance(held(edition, ItemKind.POWER, FINE), Power)


def test_what_the_checks_find_stands_beside_its_field(
    edition, keeper, django_assert_max_num_queries
):
    put(
        edition, held(edition, ItemKind.POWER, LICENCE), boundary="", office="", post="", subject=""
    )
    for page in (at(edition, "items", "power", LICENCE), at(edition, "change", "power", LICENCE)):
        with django_assert_max_num_queries(34):
            text = keeper.get(page).content.decode()
        assert "GJ103" in text, re.findall("GJ...", text)
    shown = keeper.get(at(edition, "items", "power", LICENCE)).content.decode()
    assert re.search(r"行使边界</dt>.*?GJ103", shown, re.DOTALL)
    for part in (SOUND.bases[0].title, "采砂许可", SOUND.risks[0].text, SOUND.controls[0].text):
        assert part in shown
    assert f"?power={LICENCE}" in shown
    assert "改动权力" in shown
