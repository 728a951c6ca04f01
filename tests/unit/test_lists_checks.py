"""The checks of an edition in the database: facts, reasons, and the page that shows them."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from drafted import drafted
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.errors import Invalid
from guiju.core.lists.words import EditionState, Severity
from guiju.core.terms import Role
from guiju.define.lists.actions import accepting, drafting, editing, importing
from guiju.define.lists.models import Accepted, Edition
from guiju.define.lists.reads.checks import report_of
from guiju.define.lists.reads.facts import facts_for
from organised import ACT, TODAY, County, appoint, enter_person, refusal
from readers import reader
from small_edition import SOUND

pytestmark = pytest.mark.django_db
REASON = "出纳岗十二月轮换，已经列入计划"


@pytest.fixture
def county():
    return County()


@pytest.fixture
def edition(county):
    return drafted(county.bureau)


def fresh(edition):
    return Edition.objects.select_related("unit").get(number=edition.number)


def found(edition, severity, code=None):
    report = report_of(fresh(edition), TODAY)
    return [one for one in report.of(severity) if code in (None, one.code)]


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], "checks", *more]) + "/"


def test_s0_08_the_posts_of_the_unit_and_their_holders_are_known(county, edition):
    facts = facts_for(edition, TODAY)
    posts = facts.posts
    assert posts["岗位J-01"].level.value == "head"
    assert facts.named_posts[f"{county.bureau.name}岗位J-01"] == posts["岗位J-01"]
    before = len(posts["岗位J1-02"].present(TODAY))
    appoint(enter_person("R77", county.bureau), type(county.head).objects.get(code="J1-02"))
    assert len(facts_for(edition, TODAY).posts["岗位J1-02"].present(TODAY)) == before + 1


def test_s4_40_texts_of_other_units_lists_in_use_are_known(county, edition):
    other = drafting.begin_edition(
        unit=county.town.reference, title="镇清单", profile="county", based_on="", **ACT
    )
    importing.import_lists(edition=other.reference, told=SOUND, file="0" * 64, revision=None, **ACT)
    assert facts_for(edition, TODAY).elsewhere == {}
    with wall.opened():
        for state in (EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.EFFECTIVE):
            Edition.objects.filter(number=other.number).update(state=state.value)
    assert county.town.name in facts_for(edition, TODAY).elsewhere.values()
    assert found(edition, Severity.WARNING, "GJ406")


def test_a_report_is_kept_until_something_changes(edition, django_assert_num_queries):
    first = report_of(edition, TODAY)
    with django_assert_num_queries(7):
        assert report_of(edition, TODAY) is first
    editing.put_item(
        edition=edition.reference,
        item=replace(SOUND.powers[0], boundary=""),
        revision=None,
        **ACT,
    )
    assert report_of(fresh(edition), TODAY) != first


def test_a_warning_may_stay_with_a_reason_and_no_longer_blocks(edition):
    warnings = found(edition, Severity.WARNING)
    code = warnings[0].code
    some = [one for one in warnings if one.code == code]
    before = len(report_of(edition, TODAY).blocking)
    accepting.accept_findings(edition=edition.reference, findings=some, reason=REASON, **ACT)
    assert len(report_of(fresh(edition), TODAY).blocking) == before - len(some)
    told = Event.objects.get(kind="lists.finding.accepted")
    assert REASON.encode() in bytes(told.entry)
    accepting.reopen_findings(
        edition=edition.reference, findings=found(edition, Severity.WARNING, code), **ACT
    )
    assert len(report_of(fresh(edition), TODAY).blocking) == before


def test_an_error_cannot_stay_and_an_empty_reason_is_none(edition):
    editing.put_item(
        edition=edition.reference,
        item=replace(SOUND.powers[0], office="", post="", subject=""),
        revision=None,
        **ACT,
    )
    accept = {"edition": edition.reference, **ACT}
    errors = found(edition, Severity.ERROR)[:1]
    warnings = found(edition, Severity.WARNING)[:1]
    call = accepting.accept_findings
    assert refusal(Invalid, call, findings=errors, reason=REASON, **accept) == "EDITION-16"
    assert refusal(Invalid, call, findings=warnings, reason="无", **accept) == "EDITION-17"
    assert refusal(Invalid, call, findings=[], reason=REASON, **accept) == "EDITION-15"
    assert not Accepted.objects.exists()


def test_reasons_go_along_into_a_copy_and_stay_with_what_was_submitted(edition):
    some = found(edition, Severity.WARNING)[:1]
    accepting.accept_findings(edition=edition.reference, findings=some, reason=REASON, **ACT)
    with wall.opened():
        for state in (EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.EFFECTIVE):
            Edition.objects.filter(number=edition.number).update(state=state.value)
        with pytest.raises(DatabaseError), transaction.atomic():
            Accepted.objects.update(reason="别的")
    copy = drafting.begin_edition(
        unit=edition.unit.reference,
        title="第二版",
        profile="county",
        based_on=edition.reference,
        **ACT,
    )
    assert Accepted.objects.filter(edition=copy).values_list("mark", "reason").get() == (
        some[0].mark,
        REASON,
    )


def test_the_page_lists_findings_and_takes_reasons(county, edition):
    client = reader(Role.LIST_KEEPER, unit=county.bureau.reference)
    page = client.get(at(edition)).content.decode()
    warnings = found(edition, Severity.WARNING)
    assert "送审前还有" in page
    assert warnings[0].code in page
    chosen = [one.mark for one in warnings if one.code == warnings[0].code]
    asked = client.post(at(edition, "accept"), {"chosen": chosen})
    assert "为什么可以保留" in asked.content.decode()
    sent = {"chosen": chosen, "reason": REASON}
    assert client.post(at(edition, "accept"), sent).status_code == 200
    assert client.post(at(edition, "accept"), sent | {"confirmed": "yes"}).status_code == 302
    page = client.get(at(edition), {"severity": "accepted"}).content.decode()
    assert REASON in page
    back = client.post(at(edition, "reopen"), {"chosen": chosen, "confirmed": "yes"})
    assert back.status_code == 302
    assert not Accepted.objects.exists()


def test_who_only_reads_gives_no_reasons(county, edition):
    staff = reader(Role.STAFF, unit=county.bureau.reference)
    assert "说明为什么可以保留" not in staff.get(at(edition)).content.decode()
    assert staff.post(at(edition, "accept"), {"chosen": ["x"]}).status_code == 404
