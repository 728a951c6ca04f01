"""The timeline: everything that happened, newest first, filtered by what is clicked on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.record import reads
from guiju.base.record.pages.filters import COLUMNS, TIMES, read_filters
from guiju.base.record.scopes import units_in
from guiju.base.record.telling import called, kind_labels
from guiju.base.ui.needs import needs
from guiju.base.ui.paging import read_cursor
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
    page = reads.timeline(read_filters(request.GET), cursor, units=units)
    kinds = kind_labels()
    words = {name: request.GET.get(name, "").strip() for name in (*COLUMNS, *TIMES)}
    shown: dict[str, object] = {
        "page": page,
        "kinds": kinds,
        "words": words,
        "labels": COLUMNS | TIMES,
        "chosen": _chosen(words, kinds),
        "is_continued": cursor is not None,
        "now": timezone.now(),
    }
    return render(request, "record/timeline.html", shown)


def _chosen(words: dict[str, str], kinds: dict[str, Sentence]) -> list[Chosen]:
    labels = COLUMNS | TIMES
    return [
        Chosen(name, labels[name], kinds.get(word, word) if name == "kind" else called(word))
        for name, word in words.items()
        if word
    ]
