"""Laws of editions: hash, comparison, grades and score, over drawn editions."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.flow.model import Limit
from guiju.core.lists.canonical import digest, encoded, same_content
from guiju.core.lists.diff import apply, compare
from guiju.core.lists.grading import by_checklist, by_matrix, grade_risk
from guiju.core.lists.likeness import alike, likeness
from guiju.core.lists.lint import lint
from guiju.core.lists.lint.limits import length
from guiju.core.lists.model import (
    TABLES,
    Control,
    Edition,
    LegalBasis,
    Power,
    Publication,
    Risk,
)
from guiju.core.lists.score import score
from guiju.core.lists.words import Audience, Channel, Dimension, Layer, Side
from guiju.core.terms import LimitUnit
from guiju.exchange.profile_files import built_in
from small_edition import COUNTY, FACTS, SOUND, TODAY

SCHOOL = built_in("school")
CODES = st.sampled_from(["1", "2", "3", "4", "5"])
FILLERS = st.sampled_from(
    ["", " ", "无", "暂无", "/", "同上", "......", "字", "x", "1", "哈哈哈", "按规定"]
)
TEXTS = (
    st.sampled_from(["河道采砂许可", "取水许可", "取水审批", "违法采砂处罚", "水土保持方案审批"])
    | FILLERS
)
REAL = st.from_regex(r"另写[0-9a-f]{8}的实话", fullmatch=True)
GRADES = st.none() | st.integers(1, 3)
POWERS = st.builds(
    Power,
    code=CODES,
    name=TEXTS,
    mode=TEXTS,
    side=st.none() | st.sampled_from(Side),
    layer=st.none() | st.sampled_from(Layer),
    grade=GRADES,
    is_discretionary=st.booleans(),
    publication=st.none() | st.builds(Publication, audience=st.none() | st.sampled_from(Audience)),
)
RISKS = st.builds(
    Risk,
    code=CODES,
    power=CODES,
    text=TEXTS,
    manifestation=TEXTS,
    grade=GRADES,
    dimensions=st.lists(st.sampled_from(Dimension), unique=True).map(tuple),
    channels=st.lists(st.sampled_from(Channel), unique=True).map(tuple),
)
CONTROLS = st.builds(Control, code=CODES, risk=CODES, text=TEXTS, supervision=TEXTS)
BASES = st.builds(
    LegalBasis, code=CODES, power=CODES, name=TEXTS, article=st.sampled_from(["", "第一条"])
)


def rows(of):
    return st.lists(of, max_size=4).map(tuple)


EDITIONS = st.builds(
    Edition,
    title=TEXTS,
    number=st.integers(1, 3),
    powers=rows(POWERS),
    bases=rows(BASES),
    flows=st.sets(st.sampled_from(SOUND.flows)).map(tuple),
    risks=rows(RISKS),
    controls=rows(CONTROLS),
)


@given(EDITIONS, st.randoms(use_true_random=False))
def test_the_hash_does_not_depend_on_the_order_of_rows(edition, random):
    turned = {}
    for table in TABLES.values():
        items = list(getattr(edition, table))
        random.shuffle(items)
        turned[table] = tuple(items)
    other = replace(edition, **turned)
    assert encoded(other) == encoded(edition)
    assert not compare(edition, other)


@given(EDITIONS, EDITIONS)
def test_editions_have_one_hash_exactly_if_nothing_differs(one, other):
    assert (digest(one) == digest(other)) is same_content(one, other)
    assert same_content(one, other) is not bool(compare(one, other))


@given(EDITIONS)
def test_an_edition_differs_in_nothing_from_itself(edition):
    assert not compare(edition, edition)


@given(EDITIONS, EDITIONS)
def test_a_difference_applied_gives_the_other_edition(old, new):
    assert same_content(apply(old, compare(old, new)), new)


@given(EDITIONS)
@settings(max_examples=60)
def test_no_edition_upsets_the_lint_and_it_never_speaks_twice(edition):
    report = lint(edition, FACTS, COUNTY, TODAY)
    assert lint(edition, FACTS, COUNTY, TODAY) == report
    assert {finding.code for finding in report.findings} <= set(report.counts)
    for finding in report.findings:
        assert "{" not in str(finding.sentence)
        assert str(finding.sentence).endswith("。")


@given(
    st.sets(st.sampled_from([c.code for c in SCHOOL.criteria])), st.sampled_from(SCHOOL.criteria)
)
def test_another_criterion_that_holds_never_lowers_the_grade(answers, more):
    before, after = by_checklist(answers, SCHOOL), by_checklist(answers | {more.code}, SCHOOL)
    assert after.grade <= (before.grade if before else 3)


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_more_likely_or_more_harmful_is_never_a_lower_grade(likely, harm, more_likely, more_harm):
    before = by_matrix(min(likely, more_likely), min(harm, more_harm), SCHOOL)
    after = by_matrix(max(likely, more_likely), max(harm, more_harm), SCHOOL)
    assert after.grade <= before.grade


@given(
    st.sets(st.sampled_from([c.code for c in SCHOOL.criteria])),
    st.none() | st.integers(1, 3),
    st.none() | st.integers(1, 3),
)
def test_the_grade_of_two_methods_is_the_stricter_of_both(answers, probability, harm):
    risk = Risk(code="1", answers=tuple(sorted(answers)), probability=probability, harm=harm)
    alone = [by_checklist(answers, SCHOOL), by_matrix(probability, harm, SCHOOL)]
    given_ = [graded.grade for graded in alone if graded]
    grading = grade_risk(risk, SCHOOL)
    assert grading.grade == (min(given_) if given_ else None)
    assert grading.is_conflict is (len(set(given_)) == 2)


PLACES = [("powers", "mode"), ("powers", "name"), ("risks", "text"), ("risks", "manifestation"),
          ("controls", "text"), ("controls", "supervision")]  # fmt: skip


def filled(edition, data, text):
    """Write ``text`` into one place that says nothing yet; None where there is none."""
    table, field = data.draw(st.sampled_from(PLACES))
    items = getattr(edition, table)
    open_ = [place for place, item in enumerate(items) if not getattr(item, field)]
    if not open_:
        return None
    place = data.draw(st.sampled_from(open_))
    said = data.draw(text(items, field))
    made = replace(items[place], **{field: said})
    return replace(edition, **{table: (*items[:place], made, *items[place + 1 :])})


@given(EDITIONS, st.data())
def test_filler_never_raises_the_score(edition, data):
    padded = filled(edition, data, lambda _items, _field: FILLERS)
    if padded is not None:
        assert score(padded) == score(edition)


@given(EDITIONS, st.data())
def test_copies_never_raise_the_score(edition, data):
    padded = filled(
        edition, data, lambda items, field: st.sampled_from([getattr(i, field) for i in items])
    )
    if padded is not None:
        assert score(padded).filled <= score(edition).filled
        assert score(padded).places == score(edition).places


@given(EDITIONS, st.data())
def test_copied_rows_never_raise_the_score(edition, data):
    table = data.draw(st.sampled_from(["risks", "controls"]))
    items = getattr(edition, table)
    if items:
        copy = replace(data.draw(st.sampled_from(items)), code="9")
        padded = replace(edition, **{table: (*items, copy)})
        texts = {i.text for i in items if i.text == copy.text}
        assert len(texts) <= 1
        assert score(padded).places > score(edition).places


@given(EDITIONS, st.data())
def test_real_text_always_raises_the_score(edition, data):
    real = filled(edition, data, lambda _items, _field: REAL)
    if real is not None:
        assert score(real).filled > score(edition).filled
        assert score(real).percent >= score(edition).percent


@given(st.lists(st.text(alphabet="河道采砂取水许可审批一二（）", max_size=8), max_size=12))
def test_alike_finds_what_comparing_all_with_all_finds(names):
    least = 60
    told = {(pair.one, pair.other): pair.percent for pair in alike(names, least=least)}
    for (one, other), percent in told.items():
        assert likeness(names[one], names[other]) == percent >= least
    linked = {frozenset(pair) for pair in told}
    for one in range(len(names)):
        for other in range(one):
            percent = likeness(names[one], names[other])
            if least <= percent < 100:
                assert any(
                    likeness(names[a], names[one]) == 100
                    and likeness(names[b], names[other]) == 100
                    for a, b in (tuple(p) for p in linked if len(p) == 2)
                ) or any(
                    likeness(names[b], names[one]) == 100
                    and likeness(names[a], names[other]) == 100
                    for a, b in (tuple(p) for p in linked if len(p) == 2)
                )


@given(st.integers(1, 400), st.sampled_from(LimitUnit))
def test_longer_limits_are_longer_in_every_unit(amount, unit):
    assert length(Limit(amount + 1, unit)) > length(Limit(amount, unit)) > 0
