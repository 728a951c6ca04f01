"""The timeline: everything that happened, newest first, filtered by what is clicked on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record import reads
from guiju.base.record.pages.filters import COLUMNS, PERIOD, TIMES, WHEN, picker, read_filters
from guiju.base.record.scopes import units_in
from guiju.base.record.telling import Told, called, kind_labels
from guiju.base.record.unsealing import is_kept_from
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import Page, read_cursor
from guiju.base.ui.periods import Picker
from guiju.base.ui.reader import standing
from guiju.core.sentence import Sentence
from guiju.core.terms import Permission


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set: its parameter, how it is called, what is wanted."""

    name: str
    label: Sentence
    value: Sentence | str


@needs(Permission.RECORD_READ)
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Show a page of the timeline."""
    cursor = read_cursor(request.GET, parts=2)
    units = units_in(standing(request).scope(Permission.RECORD_READ))
    page = _without_kept(reads.timeline(read_filters(request.GET), cursor, units=units), request)
    kinds = kind_labels()
    times = picker(request.GET)
    named = (*COLUMNS, *TIMES) if times.is_own else COLUMNS
    words = {name: request.GET.get(name, "").strip() for name in named}
    shown: dict[str, object] = {
        "page": page,
        "kinds": kinds,
        "words": words,
        "labels": COLUMNS | TIMES,
        "picker": times,
        "chosen": [*_chosen(words, kinds), *_moving(times)],
        "is_continued": cursor is not None,
        "now": timezone.now(),
    }
    return render(request, "record/timeline.html", shown)


def _without_kept(page: Page[Told], request: HttpRequest) -> Page[Told]:
    """Leave out readings about the reader of whom they are not to be told yet."""
    person, today = standing(request).person, timezone.localdate()
    return replace(
        page, rows=tuple(one for one in page.rows if not is_kept_from(one, person, today))
    )


def _moving(times: Picker) -> list[Chosen]:
    """Return the filter of a span that moves along with today; the days of one's own are two."""
    if not times.picked or times.is_own:
        return []
    return [Chosen(PERIOD["choice"], WHEN, times.picked.says(timezone.localdate()))]


def _chosen(words: dict[str, str], kinds: dict[str, Sentence]) -> list[Chosen]:
    labels = COLUMNS | TIMES
    return [
        Chosen(name, labels[name], kinds.get(word, word) if name == "kind" else called(word))
        for name, word in words.items()
        if word
    ]
