"""From rows of a power and responsibility list to powers, what they rest on and answer for."""

from __future__ import annotations

import re

from guiju.core.lists.words import DutyKind, ItemKind
from guiju.core.sentence import zh
from guiju.exchange.lists.citations import Citation, unpack
from guiju.exchange.lists.dictionary import bare, word_meanings
from guiju.exchange.lists.draft import Draft, fields_of
from guiju.exchange.lists.fields import field_at
from guiju.exchange.lists.raw import Raw
from guiju.exchange.lists.several import parted
from guiju.exchange.lists.sheet import Spot
from guiju.exchange.lists.straight import straight_flow
from guiju.exchange.lists.teller import Teller, says_nothing

_APART = frozenset({"name", "code"})
_DUTY = re.compile(r"([^:：。，,]{2,8})[:：]\s*")
_CITED = ("name", "doc_no", "article", "text")
_AREA = re.compile(r"\d{6}(?:0{6})?")


class Powers:
    """Makes powers of rows; a name merged over several rows is one power."""

    def __init__(self, draft: Draft, teller: Teller) -> None:
        self.draft, self.teller = draft, teller
        self._rows: dict[Spot, str] = {}
        self._cited: set[tuple[str, ...]] = set()

    def add(self, raw: Raw) -> bool:
        """Make what a row says; return whether anything was made of it."""
        if "power.name" not in raw.pieces:
            return False
        key = self._power(raw)
        code = self.draft.code_of(ItemKind.POWER, key)
        self.bases(raw, code)
        self._duties(raw, code)
        self._accountabilities(raw, code)
        self._flow(raw, code)
        self._area(raw)
        return True

    def _power(self, raw: Raw) -> str:
        name = self.teller.name(raw, "power.name")
        values = self.teller.values(raw, ItemKind.POWER, _APART)
        given = self.teller.text(raw, "power.code")
        main = self.teller.text(raw, "main.name")
        subject = str(values.get("subject", ""))
        spot = raw.pieces["power.name"].spots[0]
        key = self._rows.get(spot)
        if key is None:
            place = (subject, str(values.get("office", "")), main)
            if given in self.draft.items[ItemKind.POWER]:
                why = zh("这个编码前面已经用过，两项都照原样留下。请改正其中一个。")
                self.teller.take(raw, "power.code", given, (why,))
            key = self._rows[spot] = self.draft.power_row(name, place, given)
        if main:
            values["parent"] = self.draft.main_power(main, subject)
        if raw.group and "kind" not in values:
            values["kind"] = raw.group.text
        item = self.draft.items[ItemKind.POWER][key]
        self.teller.first_wins(raw, ItemKind.POWER, values, item)
        self.draft.change(ItemKind.POWER, key, fields_of(ItemKind.POWER, values))
        return key

    def bases(self, raw: Raw, power: str) -> None:
        """Make what a row cites."""
        piece = raw.pieces.get("basis")
        if piece and says_nothing(piece.text):
            self.teller.take(raw, "basis", "")
        elif piece:
            cited = unpack(piece.text)
            made = "；".join(f"《{c.name}》{c.article}" if c.name else c.text[:20] for c in cited)
            self.teller.take(raw, "basis", made, [c.doubt for c in cited])
            for one in cited:
                self._basis(power, one)
        name, doc_no, article, text = (self.teller.text(raw, f"basis.{path}") for path in _CITED)
        if name or doc_no or article or text:
            self._basis(power, Citation(name.strip("《》"), doc_no, article, text))

    def _basis(self, power: str, cited: Citation) -> None:
        said = (power, cited.name, cited.doc_no, cited.article, cited.text)
        if said in self._cited:
            return
        self._cited.add(said)
        self.draft.new(
            ItemKind.BASIS,
            said,
            power=power,
            name=cited.name,
            doc_no=cited.doc_no,
            article=cited.article,
            text=cited.text,
            issuer=cited.issuer,
            level=cited.level,
        )

    def _duties(self, raw: Raw, power: str) -> None:
        text = self.teller.text(raw, "duty.text")
        kind = self.teller.value(raw, "duty.kind", field_at(ItemKind.DUTY, "kind"))
        owner = self.teller.text(raw, "duty.owner")
        for part in parted(text) if text else ():
            own, said = _labelled(part)
            self.draft.new(
                ItemKind.DUTY,
                (power, part),
                power=power,
                kind=kind or own,
                text=said if own and not kind else part,
                owner=owner,
            )

    def _accountabilities(self, raw: Raw, power: str) -> None:
        text = self.teller.text(raw, "accountability.text")
        basis = self.teller.text(raw, "accountability.basis")
        sanction = self.teller.text(raw, "accountability.sanction")
        for part in parted(text) if text else ("",) if basis or sanction else ():
            self.draft.new(
                ItemKind.ACCOUNTABILITY,
                (power, part),
                power=power,
                text=part,
                basis=basis,
                sanction=sanction,
            )

    def _flow(self, raw: Raw, power: str) -> None:
        piece = raw.pieces.get("flow.text")
        if piece is None:
            return
        graph = straight_flow(piece.text)
        if graph is None:
            self.teller.leave(raw, "flow.text", zh("没有用箭头连起来，看不出步骤的先后。"))
            return
        self.teller.take(raw, "flow.text", "→".join(n.name for n in graph.nodes[1:-1]))
        name = graph.name
        self.draft.new(ItemKind.FLOW, (power, piece.text), power=power, name=name, graph=graph)

    def _area(self, raw: Raw) -> None:
        piece = raw.pieces.get("edition.area")
        if piece is None:
            return
        if not _AREA.fullmatch(piece.text):
            self.teller.leave(raw, "edition.area", zh("不是六位的行政区划代码。"))
            return
        self.teller.take(raw, "edition.area", piece.text[:6])
        self.draft.areas.add(piece.text[:6])


def _labelled(part: str) -> tuple[DutyKind | None, str]:
    """Take 「受理责任：」 off a duty; what it says stands in the kind."""
    found = _DUTY.match(part)
    code = word_meanings("DutyKind").get(bare(found[1])) if found else None
    return (DutyKind.of(code), part[found.end() :]) if found and code else (None, part)
