"""Opening what is sealed in our rows; each time an event, which never holds the value."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from datetime import datetime

from django.db.models import QuerySet

from guiju.base.org import sealing
from guiju.base.org.find import found
from guiju.base.org.models import Interest, Person
from guiju.base.org.reads.within import within
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.unsealing import Opening, Unsealing, unsealing
from guiju.core.access import Scope
from guiju.core.errors import Invalid
from guiju.core.organisation.words_bodies import FAMILY
from guiju.core.sentence import zh
from guiju.core.terms import SealedItem


def open_value(
    *, person: str, item: SealedItem, scope: Scope, what: Opening, by: Actor, at: datetime
) -> str:
    """Return a person's ID number or telephone, opened for a reason; empty where there is none.

    Args:
        person: whose, a reference.
        item: which of the two.
        scope: where the reader may open what is sealed.
        what: why, and whether the person is to be told.
        by: who reads.
        at: when.

    Raises:
        Invalid: ORG-01 for nobody in the scope; RECORD-25 for a box that was tampered with;
            as ``record.unsealing``.
        Denied, Conflict: as ``record.unsealing``.
    """
    row = Person.objects.filter(within(scope, "home__path"), reference=person).first()
    row = row or found(Person, "")
    with unsealing(Unsealing(person, item, what.reason, bar=what.bar), by=by, at=at, key=what.form):
        id_number, phone = sealing.opened(row)
    return id_number if item is SealedItem.ID_NUMBER else phone


def open_declaration(
    *, interest: str, scope: Scope, what: Opening, by: Actor, at: datetime
) -> dict[str, str]:
    """Return what a declaration says, opened for a reason; as ``open_value``.

    Raises:
        Invalid: ORG-01 for none in the scope; SEALED-04 for one that was erased; as ``open_value``.
        Denied, Conflict: as ``open_value``.
    """
    rows = Interest.objects.filter(within(scope, "person__home__path"), reference=interest)
    row = rows.select_related("person").first() or found(Interest, "")
    person = row.person.reference
    asked = Unsealing(person, SealedItem.DECLARATION, what.reason, interest, what.bar)
    with unsealing(asked, by=by, at=at, key=what.form):
        content = vault.unlock(person, sealing.INTEREST, bytes(row.box))
        if not isinstance(content, dict):
            raise Invalid("SEALED-04", zh("这项申报已依法删除，没有内容可看。请返回。"))
    return {str(name): str(value) for name, value in content.items() if value}


def families_of(people: Collection[str], scope: Scope) -> tuple[str, ...]:
    """Return which of these people declared relatives, unopened, as far as the reader may open it.

    One query.
    """
    rows = _families(people, scope).order_by("person__reference")
    return tuple(rows.values_list("person__reference", flat=True).distinct())


def open_families(
    *, people: Collection[str], scope: Scope, what: Opening, by: Actor, at: datetime
) -> frozenset[frozenset[str]]:
    """Return who of these people declared to be related to whom, opened for one reason.

    Everybody whose declarations are opened has an event of their own, in one commit.

    Args:
        people: whose declarations, references.
        scope: where the reader may open what is sealed.
        what: why, and whether they are to be told.
        by: who reads.
        at: when.

    Returns:
        Pairs of references: who declared, and the relative who is on the register too.

    Raises:
        Invalid: RECORD-25 for a box that was tampered with; as ``record.unsealing``.
        Denied, Conflict: as ``record.unsealing``.
    """
    pairs: set[frozenset[str]] = set()
    key = what.form
    with ExitStack() as opened:
        for person in families_of(people, scope):
            asked = Unsealing(person, SealedItem.DECLARATION, what.reason, bar=what.bar)
            opened.enter_context(unsealing(asked, by=by, at=at, key=key))
            key = None  # the form's own event is the first; the others stand beside it
        for row in _families(people, scope).select_related("person"):
            content = vault.unlock(row.person.reference, sealing.INTEREST, bytes(row.box))
            relative = str(content.get("person") or "") if isinstance(content, dict) else ""
            if relative and relative != row.person.reference:
                pairs.add(frozenset({row.person.reference, relative}))
    return frozenset(pairs)


def _families(people: Collection[str], scope: Scope) -> QuerySet[Interest]:
    return Interest.objects.filter(
        within(scope, "person__home__path"),
        person__reference__in=list(people),
        person__erased_at=None,
        kind__in=[one.value for one in FAMILY],
        withdrawn_date=None,
    )
