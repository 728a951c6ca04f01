"""Units as a tree, what they were called and where they stood, and which followed which."""

from __future__ import annotations

from django.db import models

from guiju.base.org.models.columns import CODE, NAME, REFERENCE, ordered


class Unit(models.Model):
    """A unit as it is now; ``UnitVersion`` tells what it was.

    Attributes:
        reference: how events name it.
        path: the numbers of the units above and its own, such as ``1/14/203/``.
        area_code: GB/T 2260, six digits; empty where none is given.
        credit_code: 统一社会信用代码 (GB 32100); empty where there is none.
        profile: which set of labels and clocks applies; empty takes that of the unit above.
        is_key: whether it is on the list of key units (S1-05, 重点科室).
        shell: with which shell its people begin (S3-02); empty takes that of the unit above.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    code = models.CharField(max_length=CODE, unique=True)
    name = models.CharField(max_length=NAME)
    short_name = models.CharField(max_length=NAME, blank=True)
    kind = models.CharField(max_length=32)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", db_index=False
    )
    path = models.CharField(max_length=255, db_index=True)
    area_code = models.CharField(max_length=6, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    profile = models.CharField(max_length=32, blank=True)
    is_key = models.BooleanField(default=False)
    shell = models.CharField(max_length=10, blank=True)
    founded_date = models.DateField(null=True)
    abolished_date = models.DateField(null=True)

    class Meta:
        db_table = "org_unit"
        constraints = [
            ordered("founded_date", "abolished_date", name="org_unit_life", same_day=False),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("number")),
                name="org_unit_not_its_own_parent",
            ),
            models.UniqueConstraint(
                fields=["credit_code"], condition=~models.Q(credit_code=""), name="org_unit_credit"
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "code"], name="org_unit_below"),
            models.Index(fields=["name", "number"], name="org_unit_name"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitVersion(models.Model):
    """What a unit was called and under which unit it stood, in a period; one of them is open."""

    number = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=NAME)
    short_name = models.CharField(max_length=NAME, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)

    class Meta:
        db_table = "org_unit_version"
        constraints = [
            ordered("from_date", "to_date", name="org_unit_version_period", same_day=False),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(to_date__isnull=True),
                name="org_unit_version_open",
            ),
            models.UniqueConstraint(fields=["unit", "from_date"], name="org_unit_version_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One unit followed another on a day, by a document."""

    number = models.BigAutoField(primary_key=True)
    before = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    after = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=20)
    date = models.DateField()
    document = models.CharField(max_length=NAME, blank=True)

    class Meta:
        db_table = "org_succession"
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "date"], name="org_succession_once"),
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")), name="org_succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
