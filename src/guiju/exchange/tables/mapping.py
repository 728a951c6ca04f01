"""Which column of a table means what: said by the user, or guessed and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.sentence import Listing, Sentence, quoted, zh
from guiju.exchange.tables.names import ACTIVITY, CASE, LABELS, PERSON, TIME


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Names of the columns for each role.

    Given to a reader, ``""`` asks it to guess that column and ``None`` says that there
    is none; a mapping that a reader or ``guess_mapping`` returns holds no ``""``.
    """

    case: str = ""
    activity: str = ""
    time: str | None = ""
    person: str | None = ""

    def roles(self) -> dict[str, str]:
        """Return role to column name, for the columns that there are."""
        named = {CASE: self.case, ACTIVITY: self.activity, TIME: self.time, PERSON: self.person}
        return {role: name for role, name in named.items() if name}

    def sentence(self) -> Sentence:
        """Say which column was taken for what, so that the reader can object."""
        return zh(
            "案件编号取「{case}」列，步骤取「{activity}」列，办理时间{time}，办理人{person}。"
            "如果不对，请用 --case、--activity、--time、--person 指明列名。",
            case=self.case,
            activity=self.activity,
            time=_taken(self.time),
            person=_taken(self.person),
        )


def _taken(name: str | None) -> Sentence:
    return zh("取「{column}」列", column=name) if name else zh("没有对应的列")


def positions(headers: Sequence[str], mapping: ColumnMapping) -> dict[str, int]:
    """Return role to column index for the columns that ``mapping`` names.

    Raises:
        Invalid: TABLE-02 when a named column is missing, TABLE-06 when one column
            is named for two roles.
    """
    found: dict[str, int] = {}
    for role, name in mapping.roles().items():
        if name not in headers:
            raise Invalid(
                "TABLE-02",
                zh(
                    "表中没有名为「{name}」的列，无法作为{role}。表头有：{headers}。请核对列名。",
                    name=name,
                    role=LABELS[role],
                    headers=listed(headers),
                ),
            )
        column = headers.index(name)
        if column in found.values():
            raise Invalid(
                "TABLE-06",
                zh("「{name}」列被指定了两种用途。请为每种用途指定不同的列。", name=name),
            )
        found[role] = column
    return found


def listed(headers: Sequence[str], most: int = 30) -> Listing:
    """Return the headers for showing, cut short where there are very many."""
    return quoted((name[:50] for name in headers), most=most)
