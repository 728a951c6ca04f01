"""Editions and their items.

An item is kept as ``core.lists`` has it, complete, in ``content``; the columns beside it repeat
what lists are searched, sorted and joined by (``rows`` says which). So a field that the model
gains later needs no new column, and one query reads all that belongs to a power.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.core.lists.states import IN_USE, OPEN

REFERENCE = 120
CODE = 60
NAME = 200
REASON = 500


class Edition(models.Model):
    """One edition of a unit's lists; from "in review" on the database lets nobody change it.

    Attributes:
        reference: how events name it.
        ordinal: 1 for a unit's first edition.
        profile: code of the profile by which it is judged.
        based_on: the edition of which it began as a copy.
        revision: how often it was changed; who changes it says which revision they saw.
        digest: SHA-256 of its canonical bytes, since it was submitted; empty for a draft.
        stated: totals that the documents it was read from state about themselves.
        valid_from, valid_to: the days on which it holds; the last day is not among them.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", db_index=False)
    ordinal = models.PositiveIntegerField()
    profile = models.CharField(max_length=32)
    title = models.CharField(max_length=NAME)
    state = models.CharField(max_length=20)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    stated = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "lists_edition"
        constraints = [
            models.UniqueConstraint(fields=["unit", "ordinal"], name="lists_edition_ordinal"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=sorted(one.value for one in OPEN)),
                name="lists_edition_one_open",
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=sorted(one.value for one in IN_USE)),
                name="lists_edition_one_in_use",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "changed_at", "number"], name="lists_edition_state"),
        ]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One item of an edition: a power, basis, duty, flow, risk, control and so on.

    Attributes:
        kind: in which table it stands (``ItemKind``).
        code: stable across editions, unique in its table.
        place: where it stands among those of its table.
        title: what people call it, cut where it is long.
        power: code of the power that it belongs to; a power's own.
        risk: code of the risk that a control is for.
        step: key of the step, for risks and duties.
        post: the post that it binds, holds or is held by.
        office: the office that handles a power, the unit that answers for a control.
        group: the kind of a power, the level of a basis, the layer of a flow or risk.
        grade: 1 is the highest.
        state: the item's own state, where its table has one.
        content: the item, as ``core.plain`` writes it.
    """

    number = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items", db_index=False)
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=CODE)
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=NAME, blank=True)
    power = models.CharField(max_length=CODE, blank=True)
    risk = models.CharField(max_length=CODE, blank=True)
    step = models.CharField(max_length=CODE, blank=True)
    post = models.CharField(max_length=NAME, blank=True)
    office = models.CharField(max_length=NAME, blank=True)
    group = models.CharField(max_length=40, blank=True)
    grade = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=20, blank=True)
    content = models.JSONField()

    class Meta:
        db_table = "lists_item"
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "code"], name="lists_item_code"),
            models.UniqueConstraint(fields=["edition", "kind", "place"], name="lists_item_place"),
            models.CheckConstraint(condition=~Q(code=""), name="lists_item_has_code"),
        ]
        indexes = [
            models.Index(fields=["edition", "power", "kind", "place"], name="lists_item_of_power"),
            models.Index(fields=["edition", "kind", "grade", "number"], name="lists_item_grade"),
            models.Index(fields=["edition", "post"], name="lists_item_post"),
        ]

    def __str__(self) -> str:
        return self.title


class Accepted(models.Model):
    """A warning of the checks that may stay, with the reason; it goes along into a copy.

    Attributes:
        mark: which finding (``lint.Finding.mark``); what is mended or changed has another.
        check: its code, such as GJ204.
        kind, item: table and code of the item; empty for the edition as a whole.
    """

    number = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="accepted", db_index=False)
    mark = models.CharField(max_length=16)
    check_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, blank=True)
    item = models.CharField(max_length=CODE, blank=True)
    reason = models.CharField(max_length=REASON)

    class Meta:
        db_table = "lists_accepted"
        constraints = [
            models.UniqueConstraint(fields=["edition", "mark"], name="lists_accepted_once"),
        ]

    def __str__(self) -> str:
        return self.check_code


class Checked(models.Model):
    """What the checks said last of a very large edition; a page does not wait for them.

    Worked out from the lists and what is known beside them; whoever is forgotten is forgotten
    here too, for then it is worked out anew.

    Attributes:
        revision, on, told: of which revision, on which day, by which grounds
            (``reads.checks.Grounds``).
        at: when.
    """

    edition = models.OneToOneField(
        Edition, models.CASCADE, primary_key=True, related_name="checked"
    )
    revision = models.PositiveIntegerField()
    on = models.DateField()
    told = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "lists_checked"

    def __str__(self) -> str:
        return str(self.revision)


class CheckedItem(models.Model):
    """What the checks said last of one item of a very large edition.

    Attributes:
        kind, item: table and code; empty for the edition as a whole.
        findings: the gravest first (``reads.large``).
    """

    number = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, blank=True)
    item = models.CharField(max_length=CODE, blank=True)
    findings = models.JSONField()

    class Meta:
        db_table = "lists_checked_item"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "item"], name="lists_checked_item_once"
            ),
        ]

    def __str__(self) -> str:
        return self.item


class LearnedColumn(models.Model):
    """What a person said a column of somebody's table means; the next upload is read by it.

    Attributes:
        table: in which sort of table (``TableKind``).
        header: the column's name as it is compared (``dictionary.bare``).
        target: the place in the lists; ``none.ignored`` where it is left out.
    """

    number = models.BigAutoField(primary_key=True)
    table = models.CharField(max_length=20)
    header = models.CharField(max_length=CODE)
    target = models.CharField(max_length=CODE)

    class Meta:
        db_table = "lists_learned_column"
        constraints = [
            models.UniqueConstraint(fields=["table", "header"], name="lists_learned_once"),
        ]

    def __str__(self) -> str:
        return self.header
