"""What Guiju reads and writes of XES: element names, attribute keys, limits."""

from __future__ import annotations

NAME = "concept:name"
RESOURCE = "org:resource"
TIMESTAMP = "time:timestamp"

ATTRIBUTES = ("string", "date", "int", "float", "boolean", "id")
"""The elements whose ``value`` is the attribute's value; lists and containers have none."""

LONGEST_NAME = 10_000
"""Characters that a case id, activity or person may have."""
