from dataclasses import fields, replace
from datetime import date
from hashlib import sha256

import pytest

from guiju.core.errors import Invalid
from guiju.core.lists.canonical import content, digest, encoded, same_content
from guiju.core.lists.fields import FIELDS, label, told
from guiju.core.lists.model import TABLES, Edition, Fee, Item, Power, StatedCount
from guiju.core.lists.words import Channel, EditionState, ItemKind
from small_edition import SOUND, changed, with_


def test_the_bytes_of_a_small_edition_are_those_written_here():
    edition = Edition(unit="unit:1", powers=(Power(code="乙", name="b"), Power(code="甲", grade=1)))
    assert encoded(edition).decode() == (
        '{"area_code":"","format":"guiju.lists/1","number":1,"powers":'
        '[{"code":"乙","name":"b"},{"code":"甲","grade":1}],'
        '"profile":"","title":"","unit":"unit:1","unit_code":"","unit_name":""}'
    )
    assert digest(edition) == sha256(encoded(edition)).hexdigest()


def test_state_days_and_stated_totals_are_no_content():
    other = replace(
        SOUND,
        state=EditionState.EFFECTIVE,
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
        stated=(StatedCount(kind=ItemKind.RISK, count=1),),
    )
    assert digest(other) == digest(SOUND)
    assert same_content(other, SOUND)


@pytest.mark.parametrize(
    "other",
    [
        replace(SOUND, title="另一版"),
        replace(SOUND, number=2),
        changed("powers", SOUND.powers[0].code, name="河道采砂审批"),
        changed("standards", "B1", tiers=SOUND.standards[0].tiers[::-1]),
        changed("risks", "R1", channels=(Channel.SELF,)),
        changed("flows", "L1", graph=None),
        with_("risks", SOUND.risks[0]),
    ],
)
def test_what_is_said_otherwise_has_another_hash(other):
    assert digest(other) != digest(SOUND)
    assert not same_content(other, SOUND)


def test_the_order_within_a_cell_says_nothing_except_of_tiers():
    turned = changed("risks", "R1", channels=SOUND.risks[0].channels[::-1])
    assert digest(turned) == digest(SOUND)


def test_text_that_no_record_can_hold_is_refused():
    with pytest.raises(Invalid, match="LEDGER-05"):
        digest(replace(SOUND, title="\ud800"))


def test_every_field_of_every_item_has_a_label():
    for kind, table in TABLES.items():
        assert getattr(Edition(), table) == ()
        tops = {field.path.split(".")[0] for field in FIELDS[kind]}
        of = next(item for item in Item.__args__ if item.item_kind is kind)
        assert tops == {field.name for field in fields(of)}
        labels = [str(field.label) for field in FIELDS[kind]]
        assert len(set(labels)) == len(labels)
    assert str(label(ItemKind.POWER, "fee.lower")) == "收费下限"
    assert label(ItemKind.POWER, "nothing") == "nothing"


def test_fields_reach_into_values_and_stop_where_there_are_none():
    power = replace(SOUND.powers[0], fee=Fee(lower=100))
    values = {field.path: value for field, value in told(power)}
    assert values["fee.lower"] == 100
    assert {field.path: value for field, value in told(SOUND.powers[0])}["fee.lower"] is None


def test_nothing_but_what_differs_from_the_default_is_written():
    assert content(Edition(powers=(Power(code="1"),)))["powers"] == [{"code": "1"}]
    assert "risks" not in content(Edition())
