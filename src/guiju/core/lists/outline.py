"""An edition's chains, steps, posts and documents by their codes: what long lists are made of.

A county has forty thousand of each. To sort and to filter them nothing but these few words is
needed; whoever shows a page of them reads the items of that page alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, NamedTuple

from guiju.core.lists.bindings import Tie, every_binding
from guiju.core.lists.coverage import CoverageRow, Hole, Placed, coverage, holes_of, placed_in
from guiju.core.lists.facts import Facts
from guiju.core.lists.flows import step_key
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Edition
from guiju.core.lists.profile import Profile
from guiju.core.lists.regulations import Regulation, regulations
from guiju.core.lists.words import BasisLevel, BasisStatus, Layer
from guiju.core.terms import Phase, StepKind


class Chain(NamedTuple):
    """A row of the coverage matrix (``coverage``): codes, and by what it is filtered."""

    number: int
    power: str
    name: str
    flow: str
    step: str
    risk: str
    control: str
    grade: int | None
    posts: tuple[str, ...]
    holes: tuple[Hole, ...]


class Stage(NamedTuple):
    """A step of a flow in use; ``step`` is empty for a flow of which only the name is known.

    Attributes:
        names: of the flow and of its power.
        risks: codes of those that were found at the step.
    """

    number: int
    flow: str
    power: str
    step: str
    names: tuple[str, ...]
    layer: Layer | None
    post: str
    phase: Phase | None
    kind: StepKind | None
    is_key: bool
    risks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """How often a post is bound in what way, and by which items.

    Attributes:
        is_post: whether something names it that names nothing but posts.
        codes: of the items, each once, in their order.
    """

    is_post: bool
    counts: Mapping[Tie, int]
    codes: Mapping[Tie, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the edition names (``regulations``), with the codes of what names it."""

    number: int
    title: str
    doc_no: str
    level: BasisLevel | None
    status: BasisStatus | None
    articles: tuple[str, ...]
    bases: tuple[str, ...]
    powers: tuple[str, ...]
    controls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What long lists of one edition are made of; ``posts`` by their names."""

    chains: tuple[Chain, ...]
    holes: Mapping[Hole, int]
    placed: Placed
    stages: tuple[Stage, ...]
    posts: Mapping[str, Mentioned]
    documents: tuple[Document, ...]

    @property
    def size(self) -> int:
        """How many rows it holds."""
        named = sum(len(codes) for one in self.posts.values() for codes in one.codes.values())
        return len(self.chains) + len(self.stages) + len(self.documents) + named


def outline(edition: Edition) -> Outline:
    """Work out what long lists of an edition are made of."""
    chains = coverage(edition)
    return Outline(
        tuple(map(_chain, chains)),
        holes_of(chains),
        placed_in(chains),
        tuple(_stages(edition)),
        _posts(edition),
        tuple(map(_document, regulations(edition))),
    )


def _chain(row: CoverageRow) -> Chain:
    power, flow, step, risk, control = row.power, row.flow, row.step, row.risk, row.control
    posts = (step.post if step else "", *((control.post, control.supervisor) if control else ()))
    return Chain(
        row.number,
        power.code if power else "",
        power.name if power else "",
        flow.code if flow else "",
        step_key(step) if step else "",
        risk.code if risk else "",
        control.code if control else "",
        risk.grade if risk else None,
        posts,
        row.holes,
    )


def _stages(edition: Edition) -> Iterator[Stage]:
    view = View(edition, Facts(), Profile(code=""), date.min)
    risks: dict[tuple[str, str], list[str]] = {}
    for risk in view.risks:
        risks.setdefault((risk.flow, risk.step), []).append(risk.code)
    number = 0
    for flow in view.flows:
        power, noted = view.power.get(flow.power), flow.noted
        names = (flow.name, *((power.name,) if power else ()))
        for step in view.steps_of[flow.code] or (None,):
            number += 1
            key = step_key(step) if step else ""
            note = noted.get(key) if step else None
            yield Stage(
                number,
                flow.code,
                power.code if power else "",
                key,
                names,
                flow.layer,
                step.post if step else "",
                step.phase if step else None,
                step.step if step else None,
                bool(note and note.is_key),
                tuple(risks.get((flow.code, key), ())) if step else (),
            )


def _posts(edition: Edition) -> dict[str, Mentioned]:
    counts: dict[str, Counter[Tie]] = {}
    codes: dict[str, dict[Tie, dict[str, None]]] = {}
    for one in every_binding(edition.items()):
        counts.setdefault(one.post, Counter())[one.tie] += 1
        codes.setdefault(one.post, {}).setdefault(one.tie, {})[one.item.code] = None
    return {
        name: Mentioned(
            any(tie.is_sure for tie in counted),
            counted,
            {tie: tuple(found) for tie, found in codes[name].items()},
        )
        for name, counted in counts.items()
    }


def _document(one: Regulation) -> Document:
    return Document(
        one.number,
        one.title,
        one.doc_no,
        one.level,
        one.status,
        one.articles,
        tuple(basis.code for basis in one.bases),
        tuple(one.powers),
        tuple(control.code for control in one.controls),
    )


def told(known: Outline) -> list[Any]:
    """Return an outline as JSON has it; ``outline_told`` makes the same of it."""
    return [
        known.chains,
        known.holes,
        [known.placed.steps, known.placed.risky],
        known.stages,
        {name: [one.is_post, one.counts, one.codes] for name, one in known.posts.items()},
        [list(astuple(one)) for one in known.documents],
    ]


def outline_told(said: list[Any]) -> Outline:
    """Return the outline that ``told`` put so."""
    chains, holes, placed, stages, posts, documents = said
    return Outline(
        tuple(map(_chain_told, chains)),
        {Hole.of(hole): count for hole, count in holes.items()},
        Placed(*placed),
        tuple(map(_stage_told, stages)),
        {
            name: Mentioned(
                is_post,
                Counter({Tie.of(tie): count for tie, count in counts.items()}),
                {Tie.of(tie): tuple(found) for tie, found in codes.items()},
            )
            for name, (is_post, counts, codes) in posts.items()
        },
        tuple(map(_document_told, documents)),
    )


def _chain_told(row: list[Any]) -> Chain:
    number, power, name, flow, step, risk, control, grade, posts, holes = row
    return Chain(
        number, power, name, flow, step, risk, control, grade, tuple(posts),
        tuple(map(Hole.of, holes)),
    )  # fmt: skip


def _stage_told(row: list[Any]) -> Stage:
    number, flow, power, step, names, layer, post, phase, kind, is_key, risks = row
    return Stage(
        number, flow, power, step, tuple(names),
        Layer.of(layer) if layer else None, post, Phase.of(phase) if phase else None,
        StepKind.of(kind) if kind else None, is_key, tuple(risks),
    )  # fmt: skip


def _document_told(row: list[Any]) -> Document:
    number, title, doc_no, level, status, *codes = row
    return Document(
        number, title, doc_no, BasisLevel.of(level) if level else None,
        BasisStatus.of(status) if status else None, *map(tuple, codes),
    )  # fmt: skip
