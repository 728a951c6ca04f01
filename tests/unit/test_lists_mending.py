"""From a finding to where it is mended: one click, many at once, codes by the scheme."""

from dataclasses import replace

import pytest

from drafted import drafted
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.errors import Denied, Invalid
from guiju.core.lists.lint import lint
from guiju.core.lists.merging import brought_in
from guiju.core.lists.recoding import codes_due, with_codes
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.terms import Role
from guiju.define.lists.actions import importing, recoding
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.checks import report_of
from guiju.define.lists.reads.renumbered import codes_now
from guiju.define.lists.reads.whole import whole
from guiju.exchange.lists.intake import read_content
from office_tables import water_bureau
from organised import ACT, TODAY, County, found_unit, refusal
from readers import reader
from small_edition import COUNTY, FACTS, LICENCE, SOUND, changed, with_

pytestmark = pytest.mark.django_db
TABLE = read_content("水利局权责清单.xlsx", water_bureau(), profile=COUNTY).edition
TABLE_HERE = replace(TABLE, area_code="511602", unit_code="013")


@pytest.fixture
def bureau():
    County()
    return found_unit("013", "X", name="某县水利局", area_code="511602")


@pytest.fixture
def edition(bureau):
    return drafted(bureau, TABLE)


@pytest.fixture
def keeper(bureau):
    return reader(Role.LIST_KEEPER, unit=bureau.reference)


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], *more]) + "/"


def found(edition, code):
    fresh = Edition.objects.select_related("unit").get(number=edition.number)
    return [one for one in report_of(fresh, TODAY).findings if one.code == code]


def test_powers_without_codes_are_numbered_by_kind_and_named_so_everywhere(edition, keeper):
    assert len(found(edition, "GJ105")) == 3
    page = keeper.get(at(edition, "checks")).content.decode()
    assert "3 项权力的编码不合规则" in page
    asked = keeper.post(at(edition, "checks", "codes")).content.decode()
    assert "「河道采砂许可」编为 5116020130100100。" in asked
    assert keeper.post(at(edition, "checks", "codes"), {"confirmed": "yes"}).status_code == 302
    assert not found(edition, "GJ105")
    lists = whole(edition)
    assert [one.code for one in lists.powers] == [
        "5116020130100100", "5116020131400100", "5116020130200100",
    ]  # fmt: skip
    assert {one.power for one in lists.items() if hasattr(one, "power")} == {
        one.code for one in lists.powers
    }
    controls = Item.objects.filter(edition=edition, kind=ItemKind.CONTROL.value)
    assert set(controls.values_list("power", flat=True)) == {one.code for one in lists.powers}
    assert Event.objects.filter(kind="lists.edition.recoded").count() == 1
    assert codes_now(edition)["power", TABLE.powers[0].code] == "5116020130100100"
    assert "按规则编码" not in keeper.get(at(edition, "checks")).content.decode()


def test_the_same_table_again_changes_nothing_once_its_powers_are_numbered(edition, keeper):
    keeper.post(at(edition, "checks", "codes"), {"confirmed": "yes"})
    again = importing.import_lists(
        edition=edition.reference, told=TABLE, file="0" * 64, revision=None, **ACT
    )
    assert not again


def test_a_power_of_a_name_that_is_borne_twice_is_not_taken_for_another():
    codes = codes_due(TABLE_HERE, COUNTY)
    twins = with_("powers", *TABLE_HERE.powers[:1], edition=with_codes(TABLE_HERE, codes))
    assert brought_in(twins, TABLE_HERE).powers[0].code == TABLE.powers[0].code


def test_codes_that_follow_the_scheme_stay_and_numbers_go_on_after_them():
    more = with_("powers", *(changed("powers", LICENCE, code="X1", name="堤防占用许可").powers[:1]))
    assert codes_due(SOUND, COUNTY) == {}
    assert codes_due(more, COUNTY) == {"X1": "5116020130100200"}


def test_sub_items_are_numbered_below_their_main_item():
    part = changed("powers", LICENCE, code="P", parent="M", name="砂场").powers[0]
    both = with_("powers", part, edition=with_codes(SOUND, {LICENCE: "M"}))
    found = codes_due(both, COUNTY)
    assert found["P"] == found["M"][:14] + "01"
    assert "GJ105" not in lint(with_codes(both, found), FACTS, COUNTY, TODAY).counts


def test_a_unit_whose_code_does_not_fit_is_told_what_to_mend(keeper):
    other = drafted(found_unit("K", "X"), TABLE)
    code = refusal(Invalid, recoding.recode_powers, edition=other.reference, revision=None, **ACT)
    assert code == "EDITION-27"
    assert len(found(other, "GJ105")) == 3


def test_only_a_draft_is_numbered_and_only_by_its_keeper(edition, bureau):
    other = reader(Role.STAFF, unit=bureau.reference)
    assert other.post(at(edition, "checks", "codes")).status_code == 404
    with wall.opened():
        Edition.objects.filter(number=edition.number).update(state=EditionState.IN_REVIEW.value)
    act = {"edition": edition.reference, "revision": None, **ACT}
    assert refusal(Denied, recoding.recode_powers, **act) == "EDITION-02"


def test_each_finding_leads_to_the_field_in_one_click_and_back(edition, keeper):
    page = keeper.get(at(edition, "checks")).content.decode()
    form = at(edition, "change", "power", TABLE.powers[0].code)
    assert f'href="{form}?from=checks#id_boundary"' in page
    assert "权力「河道采砂许可」" in page
    shown = keeper.get(form + "?from=checks").content.decode()
    assert 'id="id_boundary"' in shown
    flow = TABLE.flows[0].code
    identity = edition.reference.partition(":")[2]
    assert f'href="/flows/{identity}/{flow}/edit/"' in page
    assert at(edition, "grid", "risk") in page


def test_what_is_missing_is_added_from_its_finding(bureau, keeper):
    edition = drafted(bureau, replace(SOUND, controls=(), risks=SOUND.risks[1:]))
    page = keeper.get(at(edition, "checks")).content.decode()
    added = at(edition, "add", "risk")
    assert f"{added}?flow=L1&amp;from=checks&amp;power={LICENCE}&amp;step=2" in page
    assert f"{at(edition, 'add', 'control')}?risk=R2&amp;from=checks" in page


def test_one_field_of_several_findings_is_filled_at_once(edition, keeper):
    marks = [one.mark for one in found(edition, "GJ701") if one.kind is ItemKind.CONTROL]
    assert len(marks) == 3
    at_once = at(edition, "checks", "fill")
    form = keeper.post(at_once, {"chosen": marks}).content.decode()
    assert "统一填写 3 项防控措施" in form
    sent = {"chosen": marks, "path": "publication.audience", "text": "社会"}
    assert "都写成「社会」" in keeper.post(at_once, sent).content.decode()
    done = keeper.post(at_once, sent | {"confirmed": "yes"})
    assert (done.status_code, done["Location"]) == (302, at(edition, "checks"))
    assert not [one for one in found(edition, "GJ701") if one.kind is ItemKind.CONTROL]


def test_findings_at_several_fields_are_not_filled_together(edition, keeper):
    marks = [one.mark for one in found(edition, "GJ701")]
    refused = keeper.post(at(edition, "checks", "fill"), {"chosen": marks})
    assert "EDITION-28" in refused.content.decode()
    assert found(edition, "GJ701")
