"""Where the token of a net starts and where it ends."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.core.errors import Invalid
from guiju.core.flow.net import Transition, bits
from guiju.core.sentence import listing, zh
from guiju.exchange.pnml.parts import Parts, describe, label_of
from guiju.exchange.xml_tree import Element, brief

_NAMED = 4


def initial_marking(parts: Parts, transitions: Iterable[Transition]) -> int:
    """Return the marking that the file gives, or else the one place without ways in.

    Raises:
        Invalid: PNML-07 more than one token in a place, PNML-08 no or several such places.
    """
    marking = 0
    for name, place in parts.places.items():
        if place.first("initialMarking") is not None:
            marking |= parts.bit[name] * _tokens(place, label_of(place, "initialMarking"))
    entered = 0
    for transition in transitions:
        entered |= transition.put
    return marking or _only_place(parts, entered, "PNML-08")


def final_marking(net: Element, parts: Parts, transitions: Iterable[Transition]) -> int:
    """Return the final marking that the file gives, or else the one place without ways out.

    Raises:
        Invalid: PNML-07 several markings or more than one token, PNML-09 no or several places.
    """
    markings = [m for e in net.all("finalmarkings") for m in e.all("marking")]
    if len(markings) > 1:
        raise Invalid(
            "PNML-07",
            zh(
                "第 {line} 行起写了 {count} 个终止标识，只能有一个。"
                "请把几种结局接到同一个终点库所。",
                line=markings[0].line,
                count=len(markings),
            ),
        )
    marking = 0
    for place in (place for m in markings for place in m.all("place")):
        name = parts.resolve(place.get("idref"))
        if name not in parts.places:
            raise Invalid(
                "PNML-07",
                zh(
                    "第 {line} 行的终止标识提到「{reference}」，网里没有这个库所。请改正。",
                    line=place.line,
                    reference=brief(place.get("idref")),
                ),
            )
        text = place.first("text")
        marking |= parts.bit[name] * _tokens(place, text.text.strip() if text else "1")
    left = 0
    for transition in transitions:
        left |= transition.take
    return marking or _only_place(parts, left, "PNML-09")


def _tokens(place: Element, written: str) -> int:
    if written not in ("", "0", "1"):
        raise Invalid(
            "PNML-07",
            zh(
                "{place}的标识写作「{written}」，只能是 0 或 1 个令牌。"
                "请改用每个库所至多一个令牌的网。",
                place=describe(place),
                written=brief(written),
            ),
        )
    return int(written or "0")


def _only_place(parts: Parts, touched: int, code: str) -> int:
    """Return the bit of the only place outside ``touched``."""
    everything = (1 << len(parts.places)) - 1
    free = everything & ~touched
    if free.bit_count() == 1:
        return free
    names = list(parts.places)
    listed = [brief(names[bit]) for bit in bits(free)][:_NAMED]
    which = zh("起点") if code == "PNML-08" else zh("终点")
    if not listed:
        raise Invalid(
            code,
            zh(
                "网里没写{which}的标识，也没有可当{which}的库所。请在建模软件里标出{which}再导出。",
                which=which,
            ),
        )
    raise Invalid(
        code,
        zh(
            "网里没写{which}的标识，可当{which}的库所有 {count} 个（{names}）。"
            "请只留一个，或标出{which}。",
            which=which,
            count=free.bit_count(),
            names=listing(listed),
        ),
    )
