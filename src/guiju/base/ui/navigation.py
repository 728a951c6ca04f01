"""The entries of the top bar: each area adds its own when it starts."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the top bar.

    Attributes:
        view: the view that it leads to, with its namespace, such as ``record:timeline``.
        label: what people read.
        order: smaller stands further left.
    """

    view: str
    label: Sentence
    order: int

    @property
    def area(self) -> str:
        """The namespace under which the entry counts as chosen."""
        return self.view.partition(":")[0]


_ENTRIES: dict[str, Entry] = {}


def add_entry(entry: Entry) -> None:
    """Put an entry into the top bar; one of the same view is replaced."""
    _ENTRIES[entry.view] = entry


def entries() -> list[Entry]:
    """Return the entries from left to right."""
    return sorted(_ENTRIES.values(), key=lambda entry: entry.order)
