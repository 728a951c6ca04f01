"""What a verification found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.keys import Signed
from guiju.core.ledger.tree import TreeHead
from guiju.core.sentence import Sentence, zh
from guiju.exchange.record_files.keys import Keys

MOST_NAMED = 20
"""How many problems, and how many stray files, are named; of the rest only the number is kept."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with the files.

    Attributes:
        code: stable code, as a refusal's.
        path: which file, below the export's folder.
        sentence: what is wrong, and what to do.
        entry: which entry, counted from 0, where it is about one.
    """

    code: str
    path: str
    sentence: Sentence
    entry: int | None = None


class Broken(Exception):  # noqa: N818 - it ends the reading, it is no fault of the program
    """The files are wrong in a way after which nothing more can be said about them."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@contextmanager
def blamed(path: str) -> Iterator[None]:
    """Turn a refusal into a problem of the file at ``path``, for reading to end there."""
    try:
        yield
    except Invalid as refusal:
        sentence = zh("文件 {path}：{why}", path=path, why=refusal.sentence)
        raise Broken(Problem(refusal.code, path, sentence)) from None


@dataclass(slots=True)
class Problems:
    """Collects problems, of which the first are named and all are counted."""

    named: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        self.count += 1
        if self.count <= MOST_NAMED:
            self.named.append(problem)


@dataclass(frozen=True, slots=True)
class Attested:
    """A checkpoint whose signatures hold.

    Attributes:
        checkpoint: origin, size and root.
        witnessed: which known witnesses cosigned it, and when.
        strangers: names in further signature lines, by keys that nobody vouched for.
    """

    checkpoint: Checkpoint
    witnessed: tuple[Signed, ...]
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What the verification of an export found.

    Attributes:
        keys: by which keys, and whose word they are.
        attested: the checkpoint; None when it does not hold, and then nothing else was checked.
        entries: how many entries were read and hashed.
        tiles: how many files of hashes were compared.
        sm3: the SM3 tree that was checked beside, if the export has one.
        since: the older checkpoint of which this log is a continuation, if one was given.
        problems: the first ``MOST_NAMED``.
        problem_count: how many there are in all.
        strays: files that do not belong there, the first ``MOST_NAMED``; they prove nothing.
        stray_count: how many there are in all.
    """

    keys: Keys | None
    attested: Attested | None
    entries: int = 0
    tiles: int = 0
    sm3: TreeHead | None = None
    since: TreeHead | None = None
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    strays: tuple[str, ...] = ()
    stray_count: int = 0

    @property
    def is_verified(self) -> bool:
        return self.attested is not None and not self.problem_count


@dataclass(frozen=True, slots=True)
class ProofReport:
    """What the verification of one entry's proof found.

    Attributes:
        keys: by which keys, and whose word they are.
        attested: the checkpoint; None when the proof does not hold.
        index: which entry of the log, counted from 0.
        has_extra: whether the file carries data that nothing vouches for.
        problems: why the proof does not hold.
    """

    keys: Keys | None
    attested: Attested | None
    index: int | None = None
    has_extra: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def is_verified(self) -> bool:
        return self.attested is not None and not self.problems
