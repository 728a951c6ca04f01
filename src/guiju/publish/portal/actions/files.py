"""The files of a published edition, made when it is published, not when they are asked for."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.public import OPEN
from guiju.core.lists.words import ItemKind
from guiju.exchange.lists.files import csv_of
from guiju.exchange.lists.open_book import open_book

CSV, XLSX = "csv", "xlsx"


def files_of(shown: Lists, head: dict[str, Any], at: datetime) -> dict[str, dict[str, Any]]:
    """Return what is kept of each file, by its form."""
    before = {"单位": head["unit_name"], "版本": str(head["ordinal"])}
    made = {
        CSV: csv_of(shown, ItemKind.POWER, only=OPEN[ItemKind.POWER], before=before),
        XLSX: open_book(shown, OPEN),
    }
    return {
        form: {"etag": hashlib.sha256(content).hexdigest(), "made_at": at, "content": content}
        for form, content in made.items()
    }
