"""With which shell somebody begins (S3-02), and how their unit is staffed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.base.org.models import Person, Post, Unit
from guiju.base.org.policies import shell_of
from guiju.base.org.reads.on_day import is_held
from guiju.base.org.reads.standing import acting_post
from guiju.base.org.reads.within import living, numbers_in
from guiju.core.organisation.words import Shell


@dataclass(frozen=True, slots=True)
class Staffing:
    """A unit, and how many of its posts there are and nobody holds."""

    reference: str
    name: str
    path: str
    posts: int
    vacant: int


def begins_plain(person: str, on: date) -> bool:
    """Tell whether a person begins with the plain shell on a day; at most three queries.

    The unit of the post in which they act counts, without one the unit they belong to.
    """
    unit = _unit_of(person, on)
    return unit is not None and _shell_at(unit.path) is Shell.SIMPLE


def staffing_of(person: str, on: date) -> Staffing | None:
    """Return the unit of somebody with its posts counted, None without one; four queries."""
    unit = _unit_of(person, on)
    if unit is None:
        return None
    posts = Post.objects.filter(living(on), unit=unit)
    vacant = posts.exclude(is_held(on)).count()
    return Staffing(unit.reference, unit.name, unit.path, posts.count(), vacant)


def _unit_of(person: str, on: date) -> Unit | None:
    reference = acting_post(person, on)[1]
    if reference:
        return Unit.objects.filter(reference=reference).first()
    home = Person.objects.filter(reference=person).select_related("home").first()
    return home.home if home else None


def _shell_at(path: str) -> Shell:
    numbers = numbers_in(path)
    rows = Unit.objects.filter(number__in=numbers).values_list("path", "kind", "shell")
    line = sorted(rows, key=lambda row: len(row[0]), reverse=True)
    return shell_of((kind, shell) for _, kind, shell in line)
