"""Lets a process of the product live some days later than the machine's clock says.

Python loads this by itself in every process whose PYTHONPATH names its folder.
"""

import datetime as dt
import os

_LATER = dt.timedelta(days=int(os.environ.get("TESTS_DAYS_LATER", "0")))
_REAL = dt.datetime


class _Kind(type(_REAL)):
    def __instancecheck__(cls, one):
        return isinstance(one, _REAL)


class _Later(_REAL, metaclass=_Kind):
    """A datetime whose present is later; all others are as they were."""

    @classmethod
    def now(cls, tz=None):
        return _REAL.now(tz) + _LATER


if _LATER:
    dt.datetime = _Later
