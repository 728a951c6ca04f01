"""A county whose lists go through a chain: bodies, duties, leaders, and a sound edition."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from drafted import drafted
from guiju.base.org.actions.bodies import BodyFacts, found_body
from guiju.base.org.actions.duties import Charge, assign_duty
from guiju.base.org.actions.members import Seating, add_member
from guiju.base.org.actions.tree import Reform
from guiju.base.record.actor import Actor
from guiju.core.lists.lint import Report
from guiju.core.lists.words import EditionState
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import BodyKind, MemberRole
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.define.approval.actions import signing, submitting
from guiju.define.approval.jobs import into_effect
from organised import ACT, BEGUN, County, appoint, enter_person, found_post, found_unit
from recorded import NOON
from small_edition import POSTS

SUBMITTER = Actor("person:clerk", unit="unit:1")

draft_of = partial(drafted, title="水利局清单")
"""A draft with these contents."""


class Chain(County):
    """The county with a government, whose standing meeting approves, and who carries duties."""

    def __init__(self):
        super().__init__()
        self.government = found_unit("G", "X", kind=UnitKind.GOVERNMENT)
        self.justice = found_unit("S", "G")
        self.staffing = found_unit("B", "G")
        self.watch = found_unit("W", "X", kind=UnitKind.SUPERVISOR)
        self.owner = found_unit("013", "G", name="某县水利局", area_code="511602")
        self.leaders = {}
        for code, unit, level in (
            ("G-01", "G", LeaderLevel.HEAD),
            ("G-02", "G", LeaderLevel.DEPUTY),
            ("G-03", "G", LeaderLevel.DEPUTY),
            ("S-01", "S", LeaderLevel.HEAD),
            ("B-01", "B", LeaderLevel.HEAD),
            ("W-01", "W", LeaderLevel.HEAD),
        ):
            post = found_post(code, unit, level=level)
            person = enter_person(f"L{code}", self.government)
            appoint(person, post)
            self.leaders[code] = (person, post)
        self._staff()
        reform = Reform(BEGUN, "编办〔2015〕1号")
        for duty, unit in (
            (StatutoryDuty.LEGALITY_REVIEW, self.justice),
            (StatutoryDuty.STAFFING_REVIEW, self.staffing),
            (StatutoryDuty.DISCIPLINE, self.watch),
        ):
            charge = Charge(duty, self.county.reference, unit.reference)
            assign_duty(charge=charge, reform=reform, **ACT)
        facts = BodyFacts("县政府常务会议", BodyKind.LEADERSHIP, self.government.reference)
        self.meeting = found_body(facts=facts, **ACT)
        mayor, post = self.leaders["G-01"]
        seating = Seating(MemberRole.CHAIR, person=mayor.reference, post=post.reference)
        add_member(body=self.meeting.reference, seating=seating, start=BEGUN, end=None, **ACT)

    def _staff(self):
        """Give the owner the posts that the small edition names, so that checks are content."""
        for number, (name, facts) in enumerate(POSTS.items(), 1):
            post = found_post(
                f"O-0{number}",
                "013",
                name=name,
                level=facts.level,
                functions=facts.functions,
                is_key=facts.is_key,
                most_years=20 if facts.is_key else None,
            )
            person = enter_person(f"LO-0{number}", self.owner)
            appoint(person, post)
            self.leaders[post.code] = (person, post)

    def actor(self, code):
        person, post = self.leaders[code]
        return Actor(person.reference, post=post.reference)


def nothing_found(monkeypatch):
    """Let the checks be content, for tests that are about something else."""
    content = lambda _edition, _on: Report(())  # noqa: E731 - one line says it
    for room in ("submitting", "signing"):
        monkeypatch.setattr(f"guiju.define.approval.actions.{room}.report_of", content)


def submitted(edition, at=NOON, chosen=None, wished=None, by=SUBMITTER):
    return submitting.submit(
        edition=edition.reference, revision=None, chosen=chosen or {}, wished=wished, by=by, at=at
    )


def sign(review, by, at=NOON, number="", opinion="同意"):
    filing = signing.Filing(number, at.date()) if number else None
    signing.sign(
        review=review.reference, digest=review.digest, opinion=opinion, filing=filing, by=by, at=at
    )


def passed(county, review, at=NOON):
    """Let everybody sign a department's lists."""
    for code in ("S-01", "B-01", "G-01"):
        sign(review, county.actor(code), at)
    sign(review, county.actor("W-01"), at, number="备〔2026〕7号")


def effective(county, edition, at=NOON):
    """Take an edition through its chain and its notice; return the instant at which it holds."""
    review = submitted(edition, at)
    passed(county, review, at)
    review.refresh_from_db()
    after = at + (review.notice_to - at.date() + timedelta(days=1))
    assert into_effect(at=after) == 1
    edition.refresh_from_db()
    assert edition.state == EditionState.EFFECTIVE.value
    return after
