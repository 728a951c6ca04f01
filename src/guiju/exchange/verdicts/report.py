"""What a report tells, whatever its form."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from guiju.core.check.deviations import Deviation, most_frequent
from guiju.core.check.rules import RuleReport
from guiju.core.check.verdict import Variant, Verdict
from guiju.core.sentence import Listing, Sentence, zh


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was judged, or judged by: its name and SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Report:
    """The verdict with all that a reader needs to trust it.

    Attributes:
        verdict: what was found.
        found: what the rules beside the flow found.
        log: the event log's file.
        flow: the flow's file.
        judged_at: when, as text for people.
        version: of the program.
        seconds: time spent in each stage.
        picture: the flow's picture as SVG, empty when it cannot be drawn.
        picture_width: its width in pixels; a narrow one stands beside the text.
        translate: puts a template into the reader's language.
    """

    verdict: Verdict
    found: RuleReport
    log: Source
    flow: Source
    judged_at: str
    version: str
    seconds: Mapping[str, float]
    picture: str = ""
    picture_width: float = 0.0
    translate: Callable[[str], str] = field(default=str)

    def say(self, sentence: Sentence) -> str:
        """Return ``sentence`` in the reader's language."""
        return sentence.render(self.translate)

    def tr(self, template: str, /, **values: str | float | Sentence | Listing) -> str:
        """Return the sentence of a report in the reader's language."""
        return self.say(zh(template, **values))

    @cached_property
    def deviations(self) -> list[tuple[Deviation, int]]:
        """The kinds of deviation, each with the number of cases that show it."""
        return most_frequent(
            (deviation, len(variant.cases))
            for variant in self.verdict.deviating()
            for deviation in self.verdict.deviations(variant)
        )

    @cached_property
    def pages(self) -> list[Variant]:
        """The variants that get a page: first those that deviate, then those that do not."""
        deviating = [v for v in self.verdict.variants if v.cost]
        conforming = [v for v in self.verdict.variants if not v.cost]
        return deviating[:MOST_DEVIATING] + conforming[:MOST_CONFORMING]

    @cached_property
    def pages_showing(self) -> dict[Deviation, list[int]]:
        """For each kind of deviation, the numbers of pages that show it, from 1."""
        found: dict[Deviation, list[int]] = defaultdict(list)
        for number, variant in enumerate(self.pages, start=1):
            for deviation in self.verdict.deviations(variant):
                kind = Deviation(deviation.kind, deviation.activity, deviation.after, None)
                if number not in found[kind]:
                    found[kind].append(number)
        return found

    @cached_property
    def rule_counts(self) -> Counter[str]:
        """For each rule's code, how many findings there are."""
        return Counter(finding.code for finding in self.found.findings)


MOST_DEVIATING, MOST_CONFORMING = 300, 100
"""How many variants of each sort get a page of their own."""
