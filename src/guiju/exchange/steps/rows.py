"""From the rows of a table to steps, with all that is wrong in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from guiju.core.errors import Invalid
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import Phase, StepKind, Term
from guiju.exchange.steps import notation
from guiju.exchange.steps.step import (
    END,
    MOST_LEADS,
    MOST_LEADS_IN_ALL,
    Column,
    Problems,
    Step,
    Way,
)
from guiju.exchange.steps.table import Row, Table

Word = TypeVar("Word", bound=Term)
Value = TypeVar("Value")


def read_steps(table: Table) -> tuple[list[Step], tuple[Sentence, ...]]:
    """Return the steps in the order of the table, and remarks.

    Raises:
        Invalid: STEP-02 too many ways, STEP-05 no rows, STEP-06 a number missing or unreadable,
            STEP-07 given twice, STEP-08 no name, STEP-09 time limit, STEP-10 signing rule,
            STEP-11 next step, STEP-12 condition.
    """
    steps, problems, remarks = read_rows(table)
    problems.settle()
    return steps, remarks


def read_rows(table: Table) -> tuple[list[Step], Problems, tuple[Sentence, ...]]:
    """Return what could be read of the rows, all that is wrong with them, and remarks.

    Raises:
        Invalid: STEP-02 too many ways.
    """
    reading = _Reading(table)
    steps = reading.steps()
    if not steps:
        reading.problems.add(Invalid("STEP-05", zh("步骤表的表头下面没有步骤。请至少写一行。")))
    return steps, reading.problems, (*table.remarks, *reading.remarks)


class _Reading:
    """What was noticed while reading the rows of one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.problems = Problems()
        self.remarks: list[Sentence] = []
        self.leads = 0

    def steps(self) -> list[Step]:
        """Return the steps; what is wrong is in ``problems``."""
        rows = [row for row in self.table.rows if not self._is_note(row)]
        numbers = [self._number(row) for row in rows]
        self._check_numbers(rows, numbers)
        known = set(numbers) | {END}
        self._remark_gaps(rows)
        followers = [*numbers[1:], END]
        return [
            self._step(row, number, self._ways(row, follower, known))
            for row, number, follower in zip(rows, numbers, followers, strict=False)
        ]

    def _is_note(self, row: Row) -> bool:
        """Tell whether a row is a note below or between the steps: words where the number goes."""
        said = self.table.cell(row, Column.NUMBER)
        alone = sum(bool(cell.strip()) for cell in row.cells) == 1
        note = alone and bool(said) and not notation.is_number(notation.number(said))
        if note:
            self.remarks.append(
                zh("第 {line} 行不是步骤，略过了：「{text}」。", line=row.line, text=said[:40])
            )
        return note

    def _remark_gaps(self, rows: Sequence[Row]) -> None:
        """Say where a phase or post is missing: of merged cells only the first holds it."""
        for column in (Column.PHASE, Column.POST):
            gaps = [row.line for row in rows if not self.table.cell(row, column)]
            if gaps and len(gaps) < len(rows):
                self.remarks.append(
                    zh(
                        "「{column}」列有 {count} 行是空的，第一处在第 {line} 行。"
                        "如果那里是合并单元格，请拆开填满。",
                        column=column,
                        count=len(gaps),
                        line=gaps[0],
                    )
                )

    def _number(self, row: Row) -> str:
        return notation.number(self.table.cell(row, Column.NUMBER))

    def _check_numbers(self, rows: Sequence[Row], numbers: Sequence[str]) -> None:
        lines: dict[str, int] = {}
        for row, number in zip(rows, numbers, strict=True):
            if not notation.is_number(number):
                self.problems.add(_no_number(row.line, self.table.cell(row, Column.NUMBER)))
            elif number in lines:
                self.problems.add(
                    Invalid(
                        "STEP-07",
                        zh(
                            "第 {line} 行「序号」列：序号 {number} 在第 {other} 行已经用过。"
                            "请改成不同的序号。",
                            line=row.line,
                            number=number,
                            other=lines[number],
                        ),
                    )
                )
            lines.setdefault(number, row.line)

    def _step(self, row: Row, number: str, ways: tuple[Way, ...]) -> Step:
        name = self.table.cell(row, Column.NAME)
        if not name:
            self.problems.add(
                Invalid(
                    "STEP-08",
                    zh("第 {line} 行「步骤」列是空的。请写上步骤的名称。", line=row.line),
                )
            )
        return Step(
            number,
            name,
            ways,
            self._word(row, Column.KIND, StepKind, ""),
            self._word(row, Column.PHASE, Phase, "阶段"),
            self.table.cell(row, Column.POST),
            self._read(row, Column.LIMIT, notation.limit, _no_limit),
            self._read(row, Column.SIGNING, notation.signing, _no_signing),
            row.line,
        )

    def _word(self, row: Row, column: Column, words: type[Word], ending: str) -> Word | None:
        said = notation.plain(self.table.cell(row, column))
        bare = said.removesuffix(ending).casefold()
        word = next((word for word in words if bare in (str(word.label), word.value)), None)
        if said and word is None:
            self.remarks.append(
                zh(
                    "第 {line} 行「{column}」列的「{said}」不在「{words}」之中，没有采用。",
                    line=row.line,
                    column=column,
                    said=said[:40],
                    words=listing(word.label for word in words),
                )
            )
        return word

    def _read(
        self,
        row: Row,
        column: Column,
        read: Callable[[str], Value | None],
        refusal: Callable[[int, str], Invalid],
    ) -> Value | None:
        said = self.table.cell(row, column)
        try:
            return read(said)
        except ValueError:
            self.problems.add(refusal(row.line, said[:40]))
            return None

    def _ways(self, row: Row, follower: str, known: set[str]) -> tuple[Way, ...]:
        said = self.table.cell(row, Column.NEXT)
        ways = notation.ways(said) or (Way((follower,)),)
        leads = sum(len(way.targets) for way in ways)
        self.leads += leads
        if leads > MOST_LEADS or self.leads > MOST_LEADS_IN_ALL:
            raise _too_many_leads(row.line)
        for way in ways:
            targets = set(way.targets)
            lost = targets - known
            if lost:
                self.problems.add(_leads_nowhere(row.line, said, listing(sorted(lost), most=10)))
            elif len(way.targets) > 1 and (END in targets or len(targets) < len(way.targets)):
                self.problems.add(_odd_parallel(row.line, way.written))
        texts = notation.conditions(
            self.table.cell(row, Column.CONDITION), [way.written for way in ways]
        )
        if texts is None:
            self.problems.add(_odd_condition(row.line, ways))
            return ways
        return tuple(Way(way.targets, text) for way, text in zip(ways, texts, strict=True))


def _too_many_leads(line: int) -> Invalid:
    return Invalid(
        "STEP-02",
        zh(
            "第 {line} 行「下一步」列：去路太多（一行最多 {most} 条，全表最多 {all} 条）。"
            "请核对是否写错，或拆成几张表。",
            line=line,
            most=MOST_LEADS,
            all=MOST_LEADS_IN_ALL,
        ),
    )


def _no_number(line: int, said: str) -> Invalid:
    return Invalid(
        "STEP-06",
        zh(
            "第 {line} 行「序号」列「{said}」不是序号。"
            "请写 1、1.1 这样的序号，里面不要有空格和标点（合并单元格须拆开）。",
            line=line,
            said=said[:40],
        ),
    )


def _no_limit(line: int, said: str) -> Invalid:
    return Invalid(
        "STEP-09",
        zh(
            "第 {line} 行「时限」列「{said}」看不懂。"
            "请写成「3个工作日」「5日」或「48小时」，没有时限就留空。",
            line=line,
            said=said,
        ),
    )


def _no_signing(line: int, said: str) -> Invalid:
    return Invalid(
        "STEP-10",
        zh(
            "第 {line} 行「签批规则」列「{said}」看不懂。"
            "请写单签、会签、或签、顺签或票签，可加人数，如「会签3人」；没有就留空。",
            line=line,
            said=said,
        ),
    )


def _leads_nowhere(line: int, said: str, lost: Listing) -> Invalid:
    return Invalid(
        "STEP-11",
        zh(
            "第 {line} 行「下一步」列「{said}」：表里没有序号「{lost}」。"
            "请写表里有的序号或「结束」；几个里选一个用「、」隔开，同时办用「+」连接。",
            line=line,
            said=said[:40],
            lost=lost,
        ),
    )


def _odd_parallel(line: int, written: str) -> Invalid:
    return Invalid(
        "STEP-11",
        zh(
            "第 {line} 行「下一步」列「{written}」：同时办的步骤不能重复，也不能有「结束」。"
            "请只写要同时办的各步。",
            line=line,
            written=written[:40],
        ),
    )


def _odd_condition(line: int, ways: Sequence[Way]) -> Invalid:
    example = "；".join(f"{way.written}：……" for way in ways)
    return Invalid(
        "STEP-12",
        zh(
            "第 {line} 行「条件」列与「下一步」列的 {count} 条去路对不上。请写成「{example}」。",
            line=line,
            count=len(ways),
            example=example[:100],
        ),
    )
