"""What the tables of the organisation have in common: sizes, checks, one lookup.

Foreign keys by which long lists are read have no index of their own: one that begins with them
and goes on with what the list is sorted by serves both, and SQLite would choose the shorter.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

REFERENCE = 120
CODE = 40
NAME = 100
REASON = 200

_LAST = "\U0010ffff"


@models.CharField.register_lookup
class Begins(models.Lookup[Any]):
    """``field__begins="1/14/"``: an exact beginning, found by an index on both databases.

    SQLite's LIKE ignores the case and therefore the index; PostgreSQL orders by language, so
    that a range would not do there, but has an index for LIKE.
    """

    lookup_name = "begins"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, values = self.process_lhs(compiler, connection)
        beginning = str(self.rhs)
        for special in ("\\", "%", "_"):
            beginning = beginning.replace(special, "\\" + special)
        return f"{column} LIKE %s", (*values, beginning + "%")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return the range of texts that begin so."""
        column, values = self.process_lhs(compiler, connection)
        beginning = str(self.rhs)
        bounds = (*values, beginning, *values, beginning + _LAST)
        return f"({column} >= %s AND {column} < %s)", bounds


@models.CharField.register_lookup
class BeginsWidely(Begins):
    """The same for a beginning that most rows have: no index is to be searched for it.

    Without statistics SQLite takes every range for a narrow one, and would collect and sort
    half of a table instead of going along the list's own order.
    """

    lookup_name = "begins_widely"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        """Return the range of texts that begin so, of a value and no column."""
        column, values = self.process_lhs(compiler, connection)
        beginning = str(self.rhs)
        bounds = (*values, beginning, *values, beginning + _LAST)
        return f"(+{column} >= %s AND +{column} < %s)", bounds


def ordered(first: str, last: str, *, name: str, same_day: bool) -> models.CheckConstraint:
    """Return the constraint that ``last`` does not lie before ``first``, where both are known."""
    later = models.Q(**{f"{last}__{'gte' if same_day else 'gt'}": models.F(first)})
    unknown = models.Q(**{f"{first}__isnull": True}) | models.Q(**{f"{last}__isnull": True})
    return models.CheckConstraint(condition=unknown | later, name=name)
