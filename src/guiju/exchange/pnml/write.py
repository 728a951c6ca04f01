"""PNML out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, bits
from guiju.core.sentence import zh
from guiju.exchange.xml_tree import brief, escaped

_TYPE = "http://www.pnml.org/version-2009/grammar/pnmlcoremodel"


def write_pnml(net: Net, *, name: str) -> bytes:
    """Return ``net`` as PNML (ISO/IEC 15909-2); final marking and silence as ProM writes them.

    A transition keeps its ``node`` as id where no other has it, so a net that was read
    comes back equal.

    Raises:
        Invalid: PNML-20 a transition that empties places, XML-08 a control character.
    """
    for move in net.transitions:
        if move.clear:
            raise Invalid(
                "PNML-20",
                zh(
                    "「{title}」办完时要清空别处的令牌（终止或打断），PNML 写不出来。"
                    "请导出为 BPMN。",
                    title=brief(net.titles.get(move.node, "") or move.label or move.node),
                ),
            )
    names = _Names(net)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<pnml>",
        f'  <net id="{names.fresh("net")}" type="{_TYPE}">',
        f"    {_label(name)}",
        f'    <page id="{names.fresh("page")}">',
        *(f"      {line}" for line in _page(net, names)),
        "    </page>",
        f"    <finalmarkings><marking>{_final(net, names)}</marking></finalmarkings>",
        "  </net>",
        "</pnml>",
        "",
    ]
    return "\n".join(lines).encode()


class _Names:
    """An id for each place and transition, none borne twice."""

    def __init__(self, net: Net) -> None:
        nodes = [move.node for move in net.transitions]
        self._taken = set(nodes)
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(count)
        seen: set[str] = set()
        self.transitions = []
        for node in nodes:
            usable = node and node == node.strip() and node not in seen
            self.transitions.append(node if usable else self.fresh("t"))
            seen.add(node)
        self.places = [self.fresh("p") for _ in net.places]

    def fresh(self, stem: str) -> str:
        """Return an id that nothing else has."""
        while (name := f"{stem}{next(self._numbers[stem])}") in self._taken:
            pass
        return name


def _page(net: Net, names: _Names) -> Iterator[str]:
    for index, place in enumerate(net.places):
        marked = "<initialMarking><text>1</text></initialMarking>" * (net.initial >> index & 1)
        yield f'<place id="{names.places[index]}">{_label(place)}{marked}</place>'
    for identity, move in zip(names.transitions, net.transitions, strict=True):
        title = move.label or net.titles.get(move.node, "")
        tool = "" if move.label or not title else _INVISIBLE
        quoted = escaped(identity, quoted=True)
        yield f'<transition id="{quoted}">{_label(title)}{tool}</transition>'
    for identity, move in zip(names.transitions, net.transitions, strict=True):
        quoted = escaped(identity, quoted=True)
        for bit in bits(move.take):
            yield _arc(names, names.places[bit], quoted)
        for bit in bits(move.put):
            yield _arc(names, quoted, names.places[bit])


_INVISIBLE = '<toolspecific tool="ProM" version="6.4" activity="$invisible$"/>'


def _arc(names: _Names, source: str, target: str) -> str:
    return f'<arc id="{names.fresh("a")}" source="{source}" target="{target}"/>'


def _label(text: str) -> str:
    return f"<name><text>{escaped(text)}</text></name>" if text else ""


def _final(net: Net, names: _Names) -> str:
    return "".join(
        f'<place idref="{names.places[bit]}"><text>1</text></place>' for bit in bits(net.final)
    )
