"""A very large edition has its findings too: a worker works them out, no page waits for them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from drafted import drafted
from guiju.base.record import erasure
from guiju.core.lists.lint import Finding
from guiju.core.lists.words import EditionState, ItemKind, Severity
from guiju.core.sentence import Listing, Sentence
from guiju.core.terms import Role
from guiju.define.lists import checking, jobs
from guiju.define.lists.actions import accepting, editing
from guiju.define.lists.models import Checked, CheckedItem, Edition
from guiju.define.lists.reads import large
from guiju.define.lists.reads.checks import report_of
from guiju.define.lists.reads.items import item_with
from guiju.define.lists.reads.large import finding_of, findings_at, large_editions, told_of
from organised import ACT, TODAY, County
from readers import make_account, sign_in
from recorded import NOON
from small_edition import LICENCE, SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
MANY = 6_000
LATER = NOON + timedelta(minutes=7)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Every edition is very large here, and it is noon."""
    for room in (large, checking):
        monkeypatch.setattr(room, "AT_ONCE", 0)
    monkeypatch.setattr(timezone, "now", lambda: LATER)


@pytest.fixture
def edition():
    power = replace(SOUND.powers[0], boundary="")
    told = replace(SOUND, powers=(power, *SOUND.powers[1:]))
    return drafted(County().bureau, told)


def again(edition):
    return Edition.objects.select_related("unit").get(number=edition.number)


def changed(edition, **said):
    power = item_with(edition, ItemKind.POWER, LICENCE)
    editing.put_item(edition=edition.reference, item=replace(power, **said), revision=None, **ACT)
    return again(edition)


def found(edition, kind=ItemKind.POWER, code=LICENCE, on=TODAY):
    return findings_at(edition, MANY, kind, [code], on)


def codes(told, code=LICENCE):
    return [one.code for one in told.rows[code]]


def test_before_a_worker_came_to_it_a_page_says_that_it_is_being_checked(edition):
    told = found(edition)
    assert told.rows == {LICENCE: []}
    assert told.waiting.is_first
    assert told.waiting.since == edition.changed_at


def test_what_is_kept_is_what_the_checks_find_at_every_item(edition):
    assert checking.check(edition.reference, NOON)
    report = report_of(edition, TODAY)
    assert report.findings
    for one in report.findings:
        if one.kind is None:
            continue
        told = found(edition, one.kind, one.item)
        assert told.waiting is None
        wanted = [
            each for each in report.findings if (each.kind, each.item) == (one.kind, one.item)
        ]
        assert told.rows[one.item] == wanted
        assert [each.mark for each in told.rows[one.item]] == [each.mark for each in wanted]
    assert CheckedItem.objects.count() == len({(one.kind, one.item) for one in report.findings})


def test_after_a_change_the_old_findings_stand_and_say_how_old_they_are(edition):
    checking.check(edition.reference, NOON)
    assert "GJ103" in codes(found(edition))
    mended = changed(edition, boundary=SOUND.powers[0].boundary or "只限本县")
    told = found(mended)
    assert "GJ103" in codes(told)
    assert (told.waiting.is_first, told.waiting.since) == (False, NOON)
    assert checking.check(edition.reference, LATER)
    told = found(mended)
    assert "GJ103" not in codes(told)
    assert told.waiting is None


def test_nothing_is_worked_out_twice_and_only_what_differs_is_written(edition):
    assert checking.check(edition.reference, NOON)
    kept = dict(CheckedItem.objects.values_list("item", "number"))
    assert not checking.check(edition.reference, LATER)
    changed(edition, boundary="只限本县")
    assert checking.check(edition.reference, LATER)
    left = dict(CheckedItem.objects.values_list("item", "number"))
    assert left.items() & kept.items()
    assert {item: number for item, number in left.items() if item in kept} == {
        item: number for item, number in kept.items() if item in left
    }


def test_a_reason_that_was_given_shows_after_the_next_look(edition):
    checking.check(edition.reference, NOON)
    warnings = [
        one for one in report_of(edition, TODAY).findings if one.severity is Severity.WARNING
    ]
    one = next(each for each in warnings if each.kind)
    accepting.accept_findings(
        edition=edition.reference, findings=[one], reason="已列入下半年计划，到时补上", **ACT
    )
    fresh = again(edition)
    assert found(fresh, one.kind, one.item).waiting
    checking.check(edition.reference, LATER)
    told = found(fresh, one.kind, one.item).rows[one.item]
    assert "已列入下半年计划，到时补上" in [each.accepted for each in told]


def test_the_next_day_it_is_looked_at_again_but_not_what_is_over(edition):
    checking.check(edition.reference, NOON)
    tomorrow = TODAY + timedelta(days=1)
    assert found(edition, on=tomorrow).waiting
    edition.state = EditionState.SUPERSEDED.value
    assert found(edition, on=tomorrow).waiting is None


def test_every_change_of_a_large_edition_calls_the_worker(
    edition, django_capture_on_commit_callbacks, monkeypatch
):
    waiting = DBTaskResult.objects.filter(task_path=jobs.check_large.module_path)
    with django_capture_on_commit_callbacks(execute=True):
        changed(edition, boundary="只限本县")
    (one,) = waiting
    assert one.args_kwargs["args"] == [edition.reference]
    monkeypatch.setattr(checking, "AT_ONCE", MANY)
    with django_capture_on_commit_callbacks(execute=True):
        changed(edition, boundary="只限本县内")
    assert waiting.count() == 1


def test_the_worker_goes_through_all_of_them_and_leaves_small_ones_alone(edition, monkeypatch):
    assert large_editions() == [edition.reference]
    assert jobs.check_all_large.call() == 1
    assert jobs.check_all_large.call() == 0
    monkeypatch.setattr(large, "AT_ONCE", MANY)
    assert large_editions() == []
    assert not found_slowly(edition).waiting


def found_slowly(edition):
    return findings_at(edition, 10, ItemKind.POWER, [LICENCE], TODAY)


def test_whoever_is_forgotten_is_forgotten_in_what_was_kept(
    edition, django_capture_on_commit_callbacks
):
    checking.check(edition.reference, NOON)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_person(person="person:x", authority="第47条", reason="目的已实现", **ACT)
    assert not CheckedItem.objects.exists()
    assert not Checked.objects.exists()


def test_the_pages_show_them_in_two_queries_and_say_what_is_old(
    edition, django_assert_num_queries, monkeypatch
):
    client = sign_in(make_account(Role.LIST_KEEPER, unit=edition.unit.reference))
    identity = edition.reference.partition(":")[2]
    pages = [f"/lists/{identity}/{one}/power/{LICENCE}/" for one in ("items", "change")]
    grid = f"/lists/{identity}/grid/power/findings/?code={LICENCE}"
    for page in pages:
        assert "正在检查" in client.get(page).content.decode()
    assert "正在检查" in client.get(grid).json()["note"]
    checking.check(edition.reference, NOON)
    with django_assert_num_queries(2):
        found(edition)
    for page in pages:
        shown = client.get(page).content.decode()
        assert "GJ103" in shown
        assert "正在检查" not in shown
    told = client.get(grid).json()
    assert told["note"] == ""
    assert "GJ103" in [one["code"] for one in told["rows"][LICENCE]]
    changed(edition, boundary="只限本县")
    shown = client.get(pages[0]).content.decode()
    assert "GJ103" in shown
    assert "正在检查：现在显示的是7 分钟前查的" in shown


TEXTS = st.text(max_size=8)
SENTENCES = st.recursive(
    st.builds(Sentence, TEXTS, st.lists(st.tuples(TEXTS, TEXTS | st.integers())).map(tuple)),
    lambda inner: st.builds(
        Sentence,
        TEXTS,
        st.lists(
            st.tuples(
                TEXTS,
                inner
                | st.builds(
                    Listing,
                    st.lists(TEXTS | inner, max_size=3).map(tuple),
                    st.none() | inner,
                    st.booleans(),
                ),
            ),
            max_size=3,
        ).map(tuple),
    ),
    max_leaves=5,
)


@given(SENTENCES, st.sampled_from(Severity), TEXTS)
def test_a_finding_comes_back_as_it_was_kept(sentence, severity, accepted):
    one = Finding("GJ101", severity, ItemKind.POWER, "1", "name", "", sentence, "S1", accepted)
    assert finding_of(ItemKind.POWER, "1", told_of(one)) == one
