"""What users asked of approval, filing and publication (C5), each shown whole."""

import json
from dataclasses import replace
from datetime import date

import pytest

from guiju.base.org.actions.bodies import BodyFacts, found_body
from guiju.base.org.actions.members import Seating, add_member
from guiju.base.record.models import Event
from guiju.core.errors import Denied, Invalid
from guiju.core.lists.model import Publication
from guiju.core.lists.words import Audience, EditionState
from guiju.core.organisation.words_bodies import BodyKind, MemberRole
from guiju.define.approval.models import Seat, SignOff
from guiju.define.lists.actions import drafting, importing
from guiju.define.lists.models import Edition
from guiju.exchange.profile_files import built_in
from organised import ACT, BEGUN, refusal
from publishing import address, noticed, published, text_of
from recorded import NOON
from reviewing import Chain, nothing_found, sign, submitted
from small_edition import LICENCE, SOUND, changed, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


def test_s0_31_all_is_public_but_for_what_says_why_by_whose_leave_and_until_when(county):
    for kind in ("power", "flow", "risk", "control", "standard", "negative"):
        assert built_in("county").audiences[kind] is Audience.SOCIETY
    held = Publication(
        exemption="保守国家秘密法第九条", approver="局长", review_date=date(2027, 6, 30)
    )
    closed = changed("powers", LICENCE, publication=held)
    assert found(closed).findings == ()
    for field, blank in (("exemption", "内部"), ("approver", ""), ("review_date", None)):
        bare = changed("powers", LICENCE, closed, publication=replace(held, **{field: blank}))
        told = [(one.code, one.field) for one in found(bare).blocking]
        expected = [] if field == "exemption" else [("GJ701", f"publication.{field}")]
        assert told == expected, field
    past = replace(held, review_date=date(2026, 1, 1))
    (late,) = found(changed("powers", LICENCE, publication=past)).findings
    assert late.field == "publication.review_date"
    issue, _ = published(county, changed("powers", LICENCE, closed, publication=held))
    shown = text_of(address(issue, "lists.json"))
    assert "河道采砂许可" not in shown
    for one in SOUND.powers[1:]:
        assert one.name in shown


def test_s1_35_risks_and_controls_are_published_with_the_powers_they_belong_to(county):
    issue, after = published(county)
    page = text_of(address(issue, "powers", LICENCE, ""))
    for one in SOUND.risks:
        assert (one.text in page) is (one.power == LICENCE)
    for one in SOUND.controls[:1] + SOUND.controls[3:]:
        assert one.text in page
    assert SOUND.controls[2].text not in page
    held = Publication(audience=Audience.UNIT)
    closed = changed("risks", "R1", publication=held)
    other, _ = published(county, replace(closed, number=2, duties=()), at=after)
    assert SOUND.risks[0].text not in text_of(address(other, "powers", LICENCE, ""))


def bureau(county):
    """Let the owner be a bureau with a party committee, and its lists follow the bureau's chain."""
    facts = BodyFacts("局党委", BodyKind.LEADERSHIP, county.owner.reference)
    party = found_body(facts=facts, **ACT)
    chair, post = county.leaders["O-02"]
    seating = Seating(MemberRole.CHAIR, person=chair.reference, post=post.reference)
    add_member(body=party.reference, seating=seating, start=BEGUN, end=None, **ACT)
    begun = drafting.begin_edition(
        unit=county.owner.reference, title="科室清单", profile="bureau", based_on="", **ACT
    )
    importing.import_lists(edition=begun.reference, told=SOUND, file="0" * 64, revision=None, **ACT)
    return Edition.objects.get(number=begun.number)


def test_s1_20_a_bureaus_lists_go_to_its_party_committee_and_are_filed_with_a_number(county):
    edition = bureau(county)
    review = submitted(edition)
    names = [step["name"] for step in review.plan["steps"]]
    assert names[-2:] == ["局党委审定", "监察室备案"]
    assert refusal(Denied, sign, review, county.actor("W-01")) == "APPROVAL-14"
    sign(review, county.actor("O-01"))  # who heads the office
    seat = Seat.objects.get(review=review, closed_at=None)
    assert seat.on_behalf == "局党委"
    sign(review, county.actor("O-02"))
    assert refusal(Invalid, sign, review, county.actor("W-01")) == "APPROVAL-13"
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW.value
    sign(review, county.actor("W-01"), number="监备〔2026〕12号")
    edition.refresh_from_db()
    assert edition.state in (EditionState.APPROVED.value, EditionState.PUBLIC_NOTICE.value)
    filed = SignOff.objects.get(filing="监备〔2026〕12号")
    assert filed.filed_on == NOON.date()
    entries = [bytes(one.entry) for one in Event.objects.filter(kind="approval.edition.filed")]
    assert any("监备〔2026〕12号" in json.loads(one)["data"].values() for one in entries)


def test_s2_13_the_list_and_the_picture_of_each_flow_are_shown_during_the_notice(county):
    issue = noticed(county)
    for one in SOUND.powers:
        page = text_of(address(issue, "powers", one.code, ""))
        assert one.name in page
        picture = page.partition("<svg")[2].partition("</svg>")[0]
        assert "受理 → 审查 → 决定 → 送达" in picture
    assert "公示" in text_of(address(issue, ""))
