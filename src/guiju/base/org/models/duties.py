"""Which unit or body carries which statutory duty, for which part of the tree, and since when."""

from __future__ import annotations

from django.db import models

from guiju.base.org.models.bodies import Body
from guiju.base.org.models.columns import NAME, REFERENCE, ordered
from guiju.base.org.models.units import Unit


class Duty(models.Model):
    """A unit or a body carries a statutory duty from ``start_date`` until before ``end_date``.

    Attributes:
        kind: which duty.
        area: the unit for which it is carried, with all below that no other entry names.
        unit: who carries it, where that is a unit; else ``body``.
        before: the entry that this one took over.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    kind = models.CharField(max_length=32)
    area = models.ForeignKey(Unit, models.PROTECT, related_name="duties_for", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="duties")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="duties")
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="taken_over_by")
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    document = models.CharField(max_length=NAME, blank=True)

    class Meta:
        db_table = "org_duty"
        constraints = [
            ordered("start_date", "end_date", name="org_duty_period", same_day=False),
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, body__isnull=True)
                | models.Q(unit__isnull=True, body__isnull=False),
                name="org_duty_one_carrier",
            ),
            models.UniqueConstraint(
                fields=["kind", "area"],
                condition=models.Q(end_date__isnull=True),
                name="org_duty_carried_once",
            ),
        ]
        indexes = [models.Index(fields=["area", "kind", "start_date"], name="org_duty_of_area")]

    def __str__(self) -> str:
        return self.reference

    @property
    def carrier(self) -> Unit | Body:
        """Who carries it, a unit or a body."""
        found = self.unit or self.body
        assert found is not None  # noqa: S101 - a constraint of the database
        return found
