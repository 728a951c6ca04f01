"""The designer's library, which npm brings: where its files are, or that they are not there."""

from __future__ import annotations

from functools import cache

from django.contrib.staticfiles import finders

SCRIPT = "bpmn-js/bpmn-modeler.production.min.js"


@cache
def has_designer() -> bool:
    """Tell whether the library is installed; without it flows are written as tables or sent."""
    return finders.find(SCRIPT) is not None
