"""GJ601 to GJ701, accepted warnings, severities and order."""

from dataclasses import replace
from datetime import date

import pytest

from guiju.core.lists.lint import Accepted
from guiju.core.lists.lint.discretion import amount
from guiju.core.lists.model import Fee, Publication, Tier
from guiju.core.lists.words import AmountUnit, Audience, ItemKind, Severity
from small_edition import (
    COUNTY,
    FINE,
    LICENCE,
    SOUND,
    TODAY,
    changed,
    codes,
    found,
    with_,
    with_step,
    without,
)

(STANDARD,) = SOUND.standards
LIGHT, MIDDLE, GRAVE = STANDARD.tiers
EXEMPT = Publication(
    exemption="政府信息公开条例第十四条，涉及国家秘密", approver="局党组", review_date=TODAY
)


def tiered(*tiers):
    return changed("standards", "B1", tiers=tiers)


def fee(**said):
    return changed("powers", LICENCE, fee=Fee(**{"basis": "冀价〔2019〕3号", **said}))


def hidden(**said):
    return changed("powers", LICENCE, publication=replace(EXEMPT, **said))


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ601", without("standards", "B1")),
        ("GJ601", tiered()),
        ("GJ601", tiered(LIGHT, replace(MIDDLE, lower=49_000_00), GRAVE)),
        ("GJ601", tiered(LIGHT, replace(MIDDLE, lower=51_000_00), GRAVE)),
        ("GJ601", tiered(replace(LIGHT, below_upper=True), MIDDLE, GRAVE)),
        ("GJ601", tiered(LIGHT, replace(MIDDLE, above_lower=False), GRAVE)),
        ("GJ601", tiered(LIGHT, GRAVE)),
        ("GJ601", tiered(replace(LIGHT, lower=5_000_00), MIDDLE, GRAVE)),
        ("GJ601", tiered(LIGHT, MIDDLE, replace(GRAVE, upper=400_000_00))),
        ("GJ601", tiered(replace(LIGHT, lower=11_000_00), MIDDLE, GRAVE)),
        ("GJ601", tiered(LIGHT, MIDDLE, replace(GRAVE, upper=299_000_00))),
        ("GJ601", tiered(replace(LIGHT, upper=None), MIDDLE, GRAVE)),
        ("GJ601", tiered(replace(LIGHT, upper=1), MIDDLE, GRAVE)),
        ("GJ601", tiered(replace(LIGHT, conditions="无"), MIDDLE, GRAVE)),
        ("GJ601", tiered(LIGHT, replace(MIDDLE, upper=300_000_00), GRAVE)),
        ("GJ602", fee(lower=100, upper=200)),
        ("GJ602", fee(upper=200)),
        ("GJ602", fee(basis="", lower=100, upper=100)),
        ("GJ701", changed("powers", LICENCE, publication=None)),
        ("GJ701", changed("risks", "R1", publication=None)),
        ("GJ701", changed("negatives", "N1", publication=None)),
        ("GJ701", hidden(exemption="无")),
        ("GJ701", hidden(approver="")),
        ("GJ701", hidden(review_date=None)),
        ("GJ701", hidden(review_date=date(2026, 11, 24))),
    ],
)
def test_a_hole_is_found(code, edition):
    assert code in codes(edition)


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ601", tiered(GRAVE, LIGHT, MIDDLE)),
        (
            "GJ601",
            tiered(replace(LIGHT, below_upper=True), replace(MIDDLE, above_lower=False), GRAVE),
        ),
        ("GJ601", tiered(LIGHT, MIDDLE, GRAVE, Tier(name="免罚", conditions="及时改正且没有后果"))),
        (
            "GJ601",
            changed("powers", FINE, edition=without("standards", "B1"), is_discretionary=False),
        ),
        ("GJ602", fee(lower=100, upper=100)),
        ("GJ602", fee(lower=100, upper=200, by_lower=True)),
        ("GJ701", hidden()),
        ("GJ701", changed("powers", LICENCE, publication=Publication(audience=Audience.UNIT))),
    ],
)
def test_what_only_looks_like_a_hole_is_none(code, edition):
    assert code not in codes(edition)


def test_s1_24_gap_and_overlap_name_both_tiers_and_the_amounts():
    (overlap,) = found(tiered(LIGHT, replace(MIDDLE, lower=49_000_00), GRAVE)).findings
    assert "「轻微」到 50000元，「一般」从 49000元 起，两档重叠" in str(overlap.sentence)
    (gap,) = found(tiered(LIGHT, replace(MIDDLE, lower=51_000_00), GRAVE)).findings
    assert "空档" in str(gap.sentence)
    (shared,) = found(tiered(LIGHT, replace(MIDDLE, above_lower=False), GRAVE)).findings
    assert shared.severity is Severity.HINT


def test_a_wide_tier_hides_no_gap_behind_it():
    nested = tiered(replace(LIGHT, upper=300_000_00), MIDDLE, GRAVE)
    assert all("重叠" in str(f.sentence) for f in found(nested).findings)


@pytest.mark.parametrize(
    ("hundredths", "unit", "text"),
    [
        (None, AmountUnit.YUAN, "不限"),
        (100, AmountUnit.TIMES, "1倍"),
        (150, AmountUnit.TIMES, "1.5倍"),
        (5, AmountUnit.YUAN, "0.05元"),
        (-250, None, "-2.5"),
    ],
)
def test_amounts(hundredths, unit, text):
    assert str(amount(hundredths, unit)) == text


def test_s2_09_an_exemption_names_basis_approver_and_review_date():
    for field, value in (("exemption", ""), ("approver", ""), ("review_date", None)):
        told = found(hidden(**{field: value})).blocking
        assert [(f.code, f.field) for f in told] == [("GJ701", f"publication.{field}")]
    assert not found(hidden()).blocking


WARNED = with_step(2, limit=None)
(WARNING,) = found(WARNED).findings


def test_a_warning_with_a_reason_blocks_no_longer_and_stays_visible():
    assert found(WARNED).blocking == (WARNING,)
    report = found(WARNED, accepted=[Accepted(WARNING.mark, "现场核查所需时间由上级另行规定")])
    assert report.blocking == ()
    assert [f.accepted for f in report.findings] == ["现场核查所需时间由上级另行规定"]
    assert report.stale == ()


def test_a_reason_that_says_nothing_accepts_nothing():
    for reason in ("", "无", "同上", "……", "1"):
        assert found(WARNED, accepted=[Accepted(WARNING.mark, reason)]).blocking == (WARNING,)


def test_an_error_cannot_be_accepted():
    broken = without("bases", "Y1")
    (error,) = found(broken).findings
    report = found(broken, accepted=[Accepted(error.mark, "上级还没有发文件")])
    assert [f.accepted for f in report.blocking] == [""]


def test_a_reason_for_what_is_mended_or_changed_is_stale():
    known = Accepted(WARNING.mark, "现场核查所需时间由上级另行规定")
    assert found(accepted=[known]).stale == (known,)
    other = with_step(2, WARNED, name="复查")
    assert found(other, accepted=[known]).stale == (known,)
    assert len(found(other, accepted=[known]).blocking) == 1


def test_severities_are_the_profiles_own():
    strict = replace(COUNTY, severities={"GJ204": Severity.ERROR})
    assert [f.severity for f in found(WARNED, profile=strict).findings] == [Severity.ERROR]
    loose = replace(COUNTY, severities={"GJ204": Severity.HINT})
    assert found(WARNED, profile=loose).blocking == ()


def test_the_gravest_stands_first_and_the_order_of_rows_changes_nothing():
    spoilt = without("bases", "Y1", with_step(2, limit=None))
    spoilt = with_(
        "risks", replace(SOUND.risks[0], code="R9", text="无", grade=None), edition=spoilt
    )
    report = found(spoilt)
    ranks = [list(Severity).index(f.severity) for f in report.findings]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1
    turned = replace(spoilt, risks=spoilt.risks[::-1], powers=spoilt.powers[::-1])
    assert found(turned).findings == report.findings
    assert {f.kind for f in report.findings} >= {ItemKind.POWER, ItemKind.RISK, None}
