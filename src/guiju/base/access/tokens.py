"""What a program may that shows a token instead of signing in."""

from __future__ import annotations

from guiju.base.access import places
from guiju.base.access.models import ApiToken
from guiju.core.access import Narrowed, Standing
from guiju.core.terms import Permission

_ALWAYS = frozenset({Permission.HELP_READ})
"""What no token leaves out: a program may read how the API is used, if its person may."""


def narrowed(standing: Standing, token: ApiToken) -> Narrowed:
    """Return what remains of a person's standing for one of their tokens.

    A token for a unit that is no longer known may do nothing. One query for a token that is
    bound to a unit.
    """
    known = {permission.value: permission for permission in Permission}
    only = _ALWAYS | {known[code] for code in token.permissions if code in known}
    inside = places.paths([token.unit]).get(token.unit, "") if token.unit else ""
    if token.unit and not inside:
        only = frozenset()
    return Narrowed(
        standing.person,
        standing.grants,
        only,
        inside=inside,
        is_read_only=token.is_read_only,
        token=token.reference,
    )
