"""Is the cage closed? Checks on an edition of the lists (lint.md)."""

from guiju.core.lists.lint.checks import CHECKS
from guiju.core.lists.lint.finding import Accepted, Check, Finding
from guiju.core.lists.lint.report import Report, lint

__all__ = ["CHECKS", "Accepted", "Check", "Finding", "Report", "lint"]
