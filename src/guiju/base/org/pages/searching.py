"""What Ctrl K finds of the organisation, within the reader's own scope."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from guiju.base.org.pages.ways import name_of
from guiju.base.org.reads import people as people_reads
from guiju.base.org.reads import posts as post_reads
from guiju.base.org.reads import units as unit_reads
from guiju.base.ui.navigation import page_of
from guiju.base.ui.palette import MOST_HITS, Hit
from guiju.base.ui.reader import scope_of
from guiju.core.terms import Permission


def find_units(request: HttpRequest, typed: str) -> Iterable[Hit]:
    """Find units by name, short name or number."""
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    if scope:
        for one in unit_reads.units(scope, on=on, search=typed, size=MOST_HITS).rows:
            yield Hit(one.name, page_of("org:unit", one.reference), one.kind.label)


def find_posts(request: HttpRequest, typed: str) -> Iterable[Hit]:
    """Find posts by name or number."""
    scope, on = scope_of(request, Permission.ORG_READ), timezone.localdate()
    if scope:
        for one in post_reads.posts(scope, on=on, search=typed, size=MOST_HITS).rows:
            yield Hit(one.name, page_of("org:post", one.reference), one.unit_name)


def find_people(request: HttpRequest, typed: str) -> Iterable[Hit]:
    """Find people by how their name begins, or by number."""
    scope = scope_of(request, Permission.PERSON_READ)
    if scope:
        for one in people_reads.people(scope, search=typed, size=MOST_HITS).rows:
            yield Hit(name_of(one.name), page_of("org:person", one.reference), one.home_name)
