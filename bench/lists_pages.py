"""Which lists and pages of a large county are opened, and by whom."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from lists_accounts import SignIn
from record_events import Office
from record_pages import addresses as record_addresses

from guiju.base.access.models import Account, RoleGrant
from guiju.base.inbox.models import Notice, Task
from guiju.base.org.models import Appointment, Body, Person, Post, Unit
from guiju.base.record.actor import Actor
from guiju.base.ui.paging import from_instant, write_key

COUNT = 100
"""Addresses of each kind; a short list of different ones is gone through again and again."""

LIST, DETAIL = "list", "detail"
MOST_QUERIES = {LIST: 12, DETAIL: 15}
_DAY = "2021-06-01"
_ACTORS, _OBJECTS = 500, 200_000


@dataclass(frozen=True, slots=True)
class Opened:
    """Pages of one kind.

    Attributes:
        reader: by whom they are opened.
        kind: ``LIST`` or ``DETAIL``.
        what: which they are.
        paths: their addresses.
    """

    reader: str
    kind: str
    what: str
    paths: tuple[str, ...]


def office() -> Office:
    """Return who acts in the record of this county, and what about."""
    terms = Appointment.objects.filter(end_date=None).order_by("number")
    rows = terms.values_list("person__reference", "post__reference", "post__unit__reference")
    every = max(1, rows.count() // _ACTORS)
    actors = {row[0]: Actor(*row) for row in list(rows)[::every]}
    objects = [
        reference
        for model in (Person, Post, Unit)
        for reference in _references(model._default_manager.all())  # noqa: SLF001 - Django's way
    ]
    files = [f"file:{number}" for number in range(_OBJECTS - len(objects))]
    return Office(tuple(actors.values())[:_ACTORS], (*objects, *files))


def opened(lines: dict[str, SignIn]) -> Iterator[Opened]:
    """Yield all that is measured."""
    county, narrow = Unit.objects.all(), _narrow(lines["clerk"])
    yield from _organisation("supervisor", county)
    yield from _organisation("clerk", county.filter(path__startswith=narrow.path))
    for name in ("supervisor", "clerk", "system"):
        yield from _inbox(name, lines[name])
    yield Opened("system", LIST, "health of the system", ("/system/",))
    yield from _access("security")
    every, some = record_addresses(office()), Opened
    for what, paths in every.items():
        kind = DETAIL if what.startswith(("event", "state")) else LIST
        yield some("audit", kind, what, tuple(paths))
    for what in ("timeline", "timeline, deep", "timeline of a kind", "timeline of a unit"):
        yield some("supervisor", LIST, what, tuple(every[what]))


def _organisation(reader: str, units: QuerySet[Unit]) -> Iterator[Opened]:
    people = Person.objects.filter(home__in=units)
    posts = Post.objects.filter(unit__in=units, abolished_date=None)
    bodies = Body.objects.filter(host__in=units)
    unit = units.order_by("number")[units.count() // 2]
    for what, path in _lists(unit, people, posts):
        yield Opened(reader, LIST, what, (path,))
    for what, rows, sorts in (
        ("units", units, ("name", "code")),
        ("posts", posts, ("name", "code")),
        ("people", people, ("name", "code")),
        ("bodies", bodies, ("name", "kind")),
    ):
        for sort in sorts:
            for sign in ("", "-"):
                path = f"/org/{what}/?sort={sign}{sort}"
                yield Opened(reader, LIST, f"{what} by {sign}{sort}", (path,))
                deep = tuple(f"{path}&after={key}" for key in _keys(rows, sort))
                yield Opened(reader, LIST, f"{what} by {sign}{sort}, deep", deep)
    yield from _details(reader, units, people, posts, bodies)


def _lists(
    unit: Unit, people: QuerySet[Person], posts: QuerySet[Post]
) -> Iterator[tuple[str, str]]:
    person, post = people.order_by("number")[0], posts.order_by("-number")[0]
    wanted: dict[str, list[dict[str, str]]] = {
        "": [{}, {"on": _DAY}],
        "units/": [{"search": unit.name[:3]}, {"state": "current"}, {"kind": "office"}],
        "posts/": [
            {"search": "科长"},
            {"search": post.code},
            {"unit": unit.code},
            {"unit": unit.name[:4]},
            {"state": "vacant"},
            {"key": "yes", "state": "held"},
            {"level": "head"},
            {"on": _DAY},
            {"on": _DAY, "state": "vacant"},
        ],
        "people/": [
            {"search": person.name[:1]},
            {"search": person.name},
            {"search": person.code},
            {"search": "无此人"},
            {"unit": unit.code},
            {"unit": unit.name[:4]},
            {"state": "serving"},
            {"state": "left"},
        ],
        "bodies/": [{"search": "小组"}, {"kind": "committee"}],
        "keys/": [{}, {"state": "vacant"}, {"search": "负责人"}],
        "rotation/": [{}, {"state": "overdue"}, {"key": "yes"}, {"sort": "-since"}],
        "vacancies/": [{}, {"key": "yes"}, {"search": "科员"}, {"sort": "name"}],
        "concentration/": [{}, {"sort": "spread"}],
    }
    for place, queries in wanted.items():
        for query in queries:
            told = ", ".join(f"{name}={text}" for name, text in query.items())
            address = f"/org/{place}{'?' if query else ''}{urlencode(query)}"
            yield f"{place.strip('/') or 'tree'}{', ' if told else ''}{told}", address
    for typed in (person.name[:1], "科", post.code, "qqq"):
        yield f"palette, {typed}", f"/search/?{urlencode({'q': typed, 'as': 'json'})}"


def _details(
    reader: str,
    units: QuerySet[Unit],
    people: QuerySet[Person],
    posts: QuerySet[Post],
    bodies: QuerySet[Body],
) -> Iterator[Opened]:
    for what, rows in (("units", units), ("posts", posts), ("people", people), ("bodies", bodies)):
        pages = tuple(f"/org/{what}/{one.partition(':')[2]}/" for one in _some(rows))
        yield Opened(reader, DETAIL, f"one of {what}", pages)
        if what in {"units", "posts"}:
            days = tuple(f"{page}?on={_DAY}" for page in pages)
            yield Opened(reader, DETAIL, f"one of {what}, an older day", days)
        if reader != "clerk":  # who may not read the record
            yield Opened(
                reader, DETAIL, f"one of {what}, its history", tuple(f"{p}history/" for p in pages)
            )
    top = units.order_by("path")[0].reference.partition(":")[2]
    yield Opened(reader, DETAIL, "the topmost unit", (f"/org/units/{top}/",))


def _inbox(reader: str, line: SignIn) -> Iterator[Opened]:
    tasks = Task.objects.filter(person=line.person, state="open").order_by("number")
    keys = [f"{from_instant(one.due_at)}.{one.number}" for one in tasks[:COUNT] if one.due_at]
    chosen = [f"/inbox/?task={one.reference.partition(':')[2]}" for one in tasks[:COUNT]]
    told = Notice.objects.filter(person=line.person).order_by("number")
    notices = [f"{from_instant(one.created_at)}.{one.number}" for one in told[:COUNT]]
    yield Opened(reader, LIST, "workbench", ("/inbox/",))
    yield Opened(reader, LIST, "workbench, deep", tuple(f"/inbox/?older={key}" for key in keys))
    yield Opened(reader, LIST, "workbench, a task", tuple(chosen))
    yield Opened(reader, LIST, "notices", ("/inbox/notices/",))
    deep = tuple(f"/inbox/notices/?older={key}" for key in notices)
    yield Opened(reader, LIST, "notices, deep", deep)


def _access(reader: str) -> Iterator[Opened]:
    accounts, grants = Account.objects.all(), RoleGrant.objects.all()
    for what, path, rows, sorts in (
        ("accounts", "/access/", accounts, {"login": "login_name", "name": "display_name"}),
        ("roles", "/access/roles/", grants, {"role": "role", "start": "start_date"}),
    ):
        for sort, column in sorts.items():
            for sign in ("", "-"):
                sorted_ = f"{path}?sort={sign}{sort}"
                yield Opened(reader, LIST, f"{what} by {sign}{sort}", (sorted_,))
                deep = tuple(f"{sorted_}&after={key}" for key in _keys(rows, column))
                yield Opened(reader, LIST, f"{what} by {sign}{sort}, deep", deep)
    for query in ({"search": "u01"}, {"state": "unused"}, {"state": "open"}):
        told = ", ".join(f"{name}={text}" for name, text in query.items())
        yield Opened(reader, LIST, f"accounts, {told}", (f"/access/?{urlencode(query)}",))
    yield Opened(reader, LIST, "roles, role=leader", ("/access/roles/?role=leader",))
    yield Opened(reader, LIST, "matrix", ("/access/matrix/",))
    yield Opened(reader, LIST, "administrators", ("/access/administrators/",))
    pages = tuple(f"/access/{one.partition(':')[2]}/" for one in _some(accounts))
    yield Opened(reader, DETAIL, "an account", pages)


def _narrow(line: SignIn) -> Unit:
    term = Appointment.objects.filter(person__reference=line.person, end_date=None)
    found = term.select_related("post__unit").order_by("number").first()
    assert found is not None
    return found.post.unit


def _some(rows: QuerySet[Any]) -> list[str]:
    """Return the references of some of the rows."""
    found = _references(rows)
    return random.Random(7).sample(found, min(COUNT, len(found)))


def _references(rows: QuerySet[Any]) -> list[str]:
    return list(rows.order_by("pk").values_list("reference", flat=True))


def _keys(rows: QuerySet[Any], column: str) -> list[str]:
    """Return keys of places deep in a list."""
    found: list[tuple[Any, int]] = list(rows.order_by("pk").values_list(column, "pk"))
    return [write_key(key) for key in random.Random(7).sample(found, min(COUNT, len(found)))]
