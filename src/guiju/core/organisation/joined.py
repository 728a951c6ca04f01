"""Posts that one person must not hold at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from guiju.core.organisation.books import Books
from guiju.core.organisation.columns import MOST_CODES, Column, Sheet
from guiju.core.organisation.holders import Held, fault_at, held_spans
from guiju.core.organisation.rows import AppointmentRow, Fault, PostRow
from guiju.core.organisation.timeline import Timeline
from guiju.core.sentence import Sentence, zh

_TOO_MANY = zh(
    "与超过 {most} 个岗位不相容（连同在别的岗位里写的）。请核对是否写错。", most=MOST_CODES
)


def joined_faults(books: Books) -> Iterator[Fault]:
    """Yield appointments to a post incompatible with, or barred by, another of the same person.

    In whatever way the two are held: who stands in decides as well.
    """
    near = _neighbours(books)
    for code, others in near.items():
        post = books.posts.get(code)
        if post and books.tells(post) and len(others) > MOST_CODES:
            yield Fault(Sheet.POSTS, post.row, Column.INCOMPATIBLE, "ORG-50", _TOO_MANY)
    held = list(held_spans(books))
    posts = _Groups((_at_post(span), span) for span in held if span.row.post in near)
    in_charge = _Groups((key, span) for span in held for key in _functions(books, span))
    kept_out = _Groups((key, span) for span in held for key in _bars(books, span))
    for span in filter(_is_told, held):
        person, row = span.row.person, span.row
        keys = ((person, post) for post in near.get(row.post, ())[:MOST_CODES])
        other = posts.met_by(keys, span)
        if other:
            yield fault_at(row, "ORG-49", _incompatible(books, other))
        other = in_charge.met_by(_bars(books, span), span)
        other = other or kept_out.met_by(_functions(books, span), span)
        if other:
            yield fault_at(row, "ORG-51", _barred(books, other))


class _Groups:
    """Appointments by a key; their timelines are made when they are first asked for."""

    def __init__(self, keyed: Iterable[tuple[tuple[str, str], Held]]) -> None:
        self._spans: dict[tuple[str, str], list[Held]] = defaultdict(list)
        for key, span in keyed:
            self._spans[key].append(span)
        self._timelines: dict[tuple[str, str], Timeline[AppointmentRow]] = {}

    def met_by(self, keys: Iterable[tuple[str, str]], span: Held) -> AppointmentRow | None:
        """Return the first that ``span`` meets among the groups with these keys."""
        for key in keys:
            if key not in self._spans:
                continue
            if key not in self._timelines:
                self._timelines[key] = Timeline(self._spans[key])
            other = self._timelines[key].met_by(span)
            if other:
                return other
        return None


def _neighbours(books: Books) -> dict[str, list[str]]:
    """Return for each post those that it is incompatible with, whichever of the two says so."""
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for code, post in books.posts.items():
        for other in post.incompatible[:MOST_CODES]:
            if other != code:
                near[code][other] = near[other][code] = None
    return {code: list(others) for code, others in near.items()}


def _is_told(span: Held) -> bool:
    return span.told


def _at_post(span: Held) -> tuple[str, str]:
    return span.row.person, span.row.post


def _functions(books: Books, span: Held) -> Iterator[tuple[str, str]]:
    """Yield what the holder is in charge of; what a post itself bars is a fault of the post."""
    post = books.posts.get(span.row.post, _NO_POST)
    for function in post.functions:
        if function not in post.barred:
            yield span.row.person, function


def _bars(books: Books, span: Held) -> Iterator[tuple[str, str]]:
    """Yield what the holder must keep out of."""
    post = books.posts.get(span.row.post, _NO_POST)
    for function in post.barred:
        if function not in post.functions:
            yield span.row.person, function


_NO_POST = PostRow()


def _incompatible(books: Books, other: AppointmentRow) -> Sentence:
    return zh(
        "同一人同时任不相容的岗位「{post}」（{place}，{start} 起）。请改由他人担任其中之一。",
        post=other.post[:40],
        place=books.place(other),
        start=str(other.start),
    )


def _barred(books: Books, other: AppointmentRow) -> Sentence:
    return zh(
        "同一人同时任的岗位「{post}」（{place}，{start} 起）与本岗位的分工和不得兼管冲突。"
        "请改由他人担任其中之一，或调整分工。",
        post=other.post[:40],
        place=books.place(other),
        start=str(other.start),
    )
