"""Opening what is sealed in our rows; each time an event, which never holds the value."""

from __future__ import annotations

from datetime import datetime

from guiju.base.org import sealing
from guiju.base.org.find import found
from guiju.base.org.models import Interest, Person
from guiju.base.org.reads.within import within
from guiju.base.record import vault
from guiju.base.record.actor import Actor
from guiju.base.record.unsealing import Opening, Unsealing, unsealing
from guiju.core.access import Scope
from guiju.core.errors import Invalid
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
