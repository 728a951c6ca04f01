"""Reading one sheet of an office: its tables, its cards, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.exchange.files import Progress, silent
from guiju.exchange.lists.account import Account
from guiju.exchange.lists.around import alone, is_heading
from guiju.exchange.lists.asked import CardsAsked, SheetAsked
from guiju.exchange.lists.build_flows import Flows
from guiju.exchange.lists.build_powers import Powers
from guiju.exchange.lists.build_risks import Risks, Standards
from guiju.exchange.lists.card_labels import first_cards, label_samples
from guiju.exchange.lists.cards import Cards, read_cards
from guiju.exchange.lists.dictionary import IGNORED, NUMBER, Dictionary
from guiju.exchange.lists.draft import Draft
from guiju.exchange.lists.heads import CERTAIN, KNOWN, Head, find_heads
from guiju.exchange.lists.preview import beginning_of, first_rows, samples_of
from guiju.exchange.lists.raw import Raw
from guiju.exchange.lists.rows import CONFIRMED_AWAY, RowReader
from guiju.exchange.lists.seen import CardsSeen, Counts, SheetSeen, Table
from guiju.exchange.lists.sheet import Line, Sheet, Spot
from guiju.exchange.lists.teller import Teller
from guiju.exchange.lists.totals import find_totals
from guiju.exchange.lists.words import CellState, TableKind

_COUNTED = {
    TableKind.POWER: ItemKind.POWER,
    TableKind.RISK: ItemKind.RISK,
    TableKind.CONTROL: ItemKind.CONTROL,
    TableKind.NEGATIVE: ItemKind.NEGATIVE,
    TableKind.STANDARD: ItemKind.STANDARD,
}
_NO_ITEM = zh("这一行没有写出是哪一项，没有采用。")
_NO_PLACE = zh("清单里没有这一项内容，没有采用。")
_OUTSIDE = {
    TableKind.BODY: zh("领导小组名单不是清单的内容，请在组织机构里登记。"),
    TableKind.DISCLOSURE: zh("双公示是办理的结果，不是清单的内容，没有采用。"),
}


def read_sheet(
    name: str,
    sheet: Sheet,
    words: Dictionary,
    draft: Draft,
    asked: SheetAsked | None = None,
    progress: Progress = silent,
) -> SheetSeen:
    """Put what a sheet says into ``draft``; every cell that is not empty is accounted for."""
    account = Account(name, sheet)
    if sheet.is_hidden:
        return _hidden(sheet, account)
    reading = _Reading(sheet, words, account, draft, progress)
    reading.read(asked or SheetAsked())
    begins = beginning_of(sheet)
    return SheetSeen((account,), tuple(reading.shown()), reading.counts(), begins=begins)


def _hidden(sheet: Sheet, account: Account) -> SheetSeen:
    why = zh("工作表是隐藏的，没有读取。要读就先取消隐藏。")
    for line in sheet.lines:
        for column, _ in line.filled():
            account.leave(Spot(line.number, column), why)
    remark = zh("工作表「{name}」是隐藏的，没有读取。", name=sheet.name[:40])
    return SheetSeen((account,), remarks=(remark,), begins=beginning_of(sheet))


class _Reading:
    """What was found while reading one sheet."""

    def __init__(
        self, sheet: Sheet, words: Dictionary, account: Account, draft: Draft, progress: Progress
    ) -> None:
        self.sheet, self.words, self.account, self.draft = sheet, words, account, draft
        self.progress = progress
        self.tables: list[Table] = []
        self.below: list[Sequence[Line] | Cards] = []
        self.left_out: set[int] = set()
        self.made: list[tuple[Raw, bool]] = []
        teller = self.teller = Teller(account, draft.kinds)
        powers = Powers(draft, teller)
        risks = Risks(draft, teller, powers)
        self.flows = Flows(draft, teller)
        self._makers: Mapping[TableKind, Callable[[Raw], bool]] = {
            TableKind.POWER: powers.add,
            TableKind.RISK: risks.add,
            TableKind.CONTROL: risks.control_row,
            TableKind.NEGATIVE: risks.negative,
            TableKind.STEP: self.flows.add,
            TableKind.STANDARD: Standards(draft, teller).add,
        }

    def read(self, asked: SheetAsked) -> None:
        """Read every table and what a person called cards, then what is left."""
        heads = [
            head
            for head in find_heads(self.sheet, self.words, asked.heads)
            if not _lies_in(self.sheet.lines[head.first].number, asked.cards)
        ]
        parts = sorted(
            [(head.first, head) for head in heads]
            + [(self._place_of(line), said) for line, said in asked.cards.items()],
            key=lambda part: part[0],
        )
        bounds = [place for place, _ in parts] + [len(self.sheet.lines)]
        if not asked.cards:
            self._cards(self.sheet.lines[: bounds[0]])
        for (place, part), after in zip(parts, bounds[1:], strict=True):
            if isinstance(part, Head):
                self._table(part, self.sheet.lines[part.last + 1 : after])
            else:
                lines = self.sheet.lines[place:after]
                self._cards([line for line in lines if line.number <= part.last], part)
        self.flows.finish()
        self._take_headings()
        items = {line for raw, _ in self.made for line in _lines_of(raw)} | self.left_out
        main = next((_COUNTED[t.kind] for t in self.tables if t.kind in _COUNTED), None)
        self.draft.stated += find_totals(self.sheet, self.account, items, main)

    def _place_of(self, number: int) -> int:
        """Return where the first line with this number or a later one stands."""
        lines = self.sheet.lines
        return next((at for at, line in enumerate(lines) if line.number >= number), len(lines))

    def _cards(self, lines: Sequence[Line], said: CardsAsked | None = None) -> None:
        """Read what stands above the first table, or in the part that a person called cards."""
        found = read_cards(self.sheet, lines, self.words, self.account, len(self.tables), said)
        if found is None:
            return
        count = len(found.raws)
        self.tables.append(
            Table(
                self.sheet.name,
                lines[0].number if said else found.line,
                found.kind,
                found.labels,
                CERTAIN if said else KNOWN,
                zh("{count} 项是一个标签、一个内容地写下来的。", count=count),
                count,
                is_left_out=found.is_left_out,
                cards=CardsSeen(found.last, found.first, found.is_stacked),
            )
        )
        self.below.append(found)
        if found.is_left_out:
            self.left_out |= {line.number for line in lines}
        self._make_all(found.raws)

    def _table(self, head: Head, lines: Sequence[Line]) -> None:
        again = self.tables and self._is_again(head)
        number = len(self.tables) - 1 if again else len(self.tables)
        title = self._title(head)
        reader = RowReader(self.sheet, head, self.account, number, title)
        raws = list(reader.read(lines))
        if head.is_left_out:
            self.left_out |= {line.number for line in lines}
        else:
            self._make_all(raws)
        if again:
            last = self.tables[-1]
            self.tables[-1] = replace(last, rows=last.rows + len(raws))
            return
        line = self.sheet.lines[head.first].number
        self.tables.append(
            Table(
                self.sheet.name,
                line,
                head.kind,
                head.columns,
                head.confidence,
                head.reason,
                len(raws),
                head.last - head.first + 1,
                head.is_left_out,
            )
        )
        self.below.append(lines)

    def _is_again(self, head: Head) -> bool:
        """Tell whether a header only repeats that of the table before, as on every printed page."""
        last = self.tables[-1]
        return last.kind is head.kind and [(c.place, c.header) for c in last.columns] == [
            (c.place, c.header) for c in head.columns
        ]

    def _title(self, head: Head) -> str:
        """Return the heading right above a table."""
        if not head.first:
            return ""
        text = alone(self.sheet.lines[head.first - 1])
        return text if is_heading(text) else ""

    def shown(self) -> Iterator[Table]:
        """Yield the tables with their first rows, once all is read."""
        for table, below in zip(self.tables, self.below, strict=True):
            if isinstance(below, Cards):
                samples = label_samples(table.columns, below.raws)
                preview = first_cards(self.account, table.columns, below.raws)
            else:
                samples = samples_of(table.columns, below)
                preview = first_rows(self.account, table.columns, below)
            yield replace(table, samples=samples, preview=preview)

    def _make_all(self, raws: Sequence[Raw]) -> None:
        for raw in raws:
            self.progress(raw.line, self.sheet.lines[-1].number)
            made = self._make(raw)
            self.made.append((raw, made))
            for target in raw.pieces:
                self._leave_rest(raw, target, made=made)

    def _make(self, raw: Raw) -> bool:
        make = self._makers.get(raw.kind)
        return make(raw) if make else False

    def _leave_rest(self, raw: Raw, target: str, *, made: bool) -> None:
        """Say of each piece that nobody took why; the number of a row is no content."""
        if target == NUMBER and made:
            self.teller.take(raw, target, "")
        elif target == IGNORED:
            self.teller.leave(raw, target, CONFIRMED_AWAY)
        elif raw.kind in _OUTSIDE:
            self.teller.leave(raw, target, _OUTSIDE[raw.kind])
        elif not made:
            self.teller.leave(raw, target, _NO_ITEM)
        elif not target.startswith("step."):
            self.teller.leave(raw, target, _NO_PLACE)

    def _take_headings(self) -> None:
        for line in self.sheet.lines:
            text = alone(line)
            spot = Spot(line.number, next((place for place, _ in line.filled()), 0))
            if text and is_heading(text) and not self.account.is_claimed(spot):
                self.account.take(spot)

    def counts(self) -> Counts:
        """Return how many rows there were, and what became of them."""
        found = Counts()
        for raw, made in self.made:
            states = {
                self.account.state(spot)
                for target, piece in raw.pieces.items()
                if not target.startswith("none.") and target != IGNORED
                for spot in piece.spots
            }
            clear = states <= {CellState.UNDERSTOOD}
            if not made:
                found += Counts(1, unread=1)
            elif clear:
                found += Counts(1, understood=1)
            else:
                found += Counts(1, doubtful=1)
        return found


def _lines_of(raw: Raw) -> set[int]:
    return {raw.line, *(spot.line for piece in raw.pieces.values() for spot in piece.spots)}


def _lies_in(number: int, cards: Mapping[int, CardsAsked]) -> bool:
    return any(line <= number <= said.last for line, said in cards.items())
