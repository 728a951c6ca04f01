"""The organisation's tables: units, posts, people, bodies, and what binds them over time.

Periods are half-open, as in ``core.organisation.rows``: ``end_date``, ``abolished_date``,
``to_date`` and ``left_date`` are the first day on which something is no more, which may be the
first day of its successor (免职和任职常在同一天). Only a delegation, which people agree on "from
Monday to Friday", has a ``last_date`` that belongs to it. An unknown beginning is null.
"""

from guiju.base.org.models.bodies import Body, BodyMember
from guiju.base.org.models.duties import Duty
from guiju.base.org.models.imports import ImportRun
from guiju.base.org.models.people import Appointment, Delegation, Interest, Person
from guiju.base.org.models.posts import Post, PostConflict
from guiju.base.org.models.units import Succession, Unit, UnitVersion

__all__ = [
    "Appointment",
    "Body",
    "BodyMember",
    "Delegation",
    "Duty",
    "ImportRun",
    "Interest",
    "Person",
    "Post",
    "PostConflict",
    "Succession",
    "Unit",
    "UnitVersion",
]
