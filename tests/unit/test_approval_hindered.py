"""What keeps a draft from being submitted, with the way to it; what its return asks of whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guiju.base.inbox.models import Task
from guiju.base.inbox.states import TaskState
from guiju.base.org.models import Body, BodyMember, Duty
from guiju.base.record import wall
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.terms import Role
from guiju.define.approval.actions import noticing, signing
from guiju.define.approval.kinds import MEND
from readers import make_account, sign_in
from recorded import NOON
from reviewing import SUBMITTER, Chain, draft_of, effective, nothing_found, passed, submitted
from small_edition import SOUND, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day on which the county's people hold their posts."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or NOON).date())


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def keeper(county):
    return sign_in(make_account(Role.LIST_KEEPER, unit=county.owner.reference))


def at(edition, *more):
    return "/approval/" + "/".join([edition.reference.partition(":")[2], *more]) + "/"


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def removed(rows):
    with wall.opened():
        rows.delete()


def test_nothing_stands_in_the_way_of_a_sound_draft(county, keeper):
    assert "希望从哪天起生效" in page_of(keeper, at(draft_of(county.owner), "submit"))


def test_what_the_checks_found_leads_to_them(county, keeper, monkeypatch):
    edition = draft_of(county.owner, without("bases", "Y1"))
    monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    page = page_of(keeper, at(edition, "submit"))
    assert "还不能送审，先办好这 1 件事" in page
    checks = at(edition, "checks").replace("/approval/", "/lists/")
    assert f'href="{checks}?severity=blocking"' in page


def test_a_body_that_is_not_there_is_named_with_the_way_to_found_it(county, keeper):
    removed(BodyMember.objects.all())
    removed(Body.objects.all())
    page = page_of(keeper, at(draft_of(county.owner), "submit"))
    assert "「县政府常务会议批准」找不到" in page
    assert 'href="/org/bodies/"' in page
    assert "由组织管理员设置" in page


def test_a_body_that_nobody_leads_is_named_with_the_way_to_its_members(county, keeper):
    removed(BodyMember.objects.all())
    page = page_of(keeper, at(draft_of(county.owner), "submit"))
    assert "去添「县政府常务会议」的成员" in page
    assert f'href="/org/bodies/{county.meeting.reference.partition(":")[2]}/"' in page


def test_a_duty_that_nobody_carries_and_a_draft_without_changes_are_both_named(county, keeper):
    effective(county, first := draft_of(county.owner))
    removed(Duty.objects.filter(kind=StatutoryDuty.DISCIPLINE.value))
    page = page_of(keeper, at(draft_of(county.owner, SOUND, based_on=first.reference), "submit"))
    assert "先办好这 2 件事" in page
    assert "与正在使用的版本完全相同" in page
    assert 'href="/org/duties/"' in page


def test_a_return_asks_whoever_submitted_to_mend_it_until_it_is_submitted_again(county, keeper):
    edition = draft_of(county.owner)
    review = submitted(edition)
    signing.send_back(
        review=review.reference, digest=review.digest, reason="请补上承办机构",
        by=county.actor("S-01"), at=NOON,
    )  # fmt: skip
    task = Task.objects.get(kind=MEND)
    assert (task.person, task.view) == (SUBMITTER.person, "approval:review")
    page = page_of(keeper, at(edition))
    assert "「合法性审核」退回，改好后重新送审：" in page
    assert page.index("请补上承办机构") < page.index("改了什么")
    again = submitted(edition)
    task.refresh_from_db()
    assert task.state == TaskState.DONE.value
    assert again.ordinal == 2
    assert "退回，改好后重新送审" not in page_of(keeper, at(edition))


@pytest.mark.parametrize("mine", [True, False])
def test_an_upheld_objection_asks_whoever_submitted_unless_they_answered_it(county, keeper, mine):
    edition = draft_of(county.owner)
    review = submitted(edition)
    passed(county, review)
    later = NOON + timedelta(days=1)
    raised = noticing.object_to(edition=edition.reference, text="第三条不对", by=None, at=later)
    noticing.answer(
        objection=raised.reference, is_upheld=True, said="说得对",
        by=SUBMITTER if mine else county.actor("O-01"), at=later,
    )  # fmt: skip
    assert Task.objects.filter(kind=MEND, person=SUBMITTER.person).count() == (not mine)


def test_whoever_answers_an_objection_reads_it_above_the_form(county, keeper):
    edition = draft_of(county.owner)
    passed(county, submitted(edition))
    later = NOON + timedelta(days=1)
    raised = noticing.object_to(edition=edition.reference, text="第三条不对", by=None, at=later)
    form = f"/approval/objections/{raised.reference.partition(':')[2]}/answer/"
    assert "异议：第三条不对" in page_of(keeper, form)
