"""PNML in: a place/transition net whose places hold one token at most."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition
from guiju.core.sentence import Sentence, zh
from guiju.exchange.pnml.marking import final_marking, initial_marking
from guiju.exchange.pnml.parts import Parts, contents, describe, label_of
from guiju.exchange.xml_tree import Element, brief, kind_of, parse

_COLOURED = ("highlevel", "symmetric", "hlpn", "timed", "stochastic")


def read_pnml(source: bytes) -> Net:
    """Read a net from PNML (ISO/IEC 15909-2), with or without namespace.

    A transition is silent when it has no name or is marked ``$invisible$`` (ProM). Without
    an initial marking the token starts in the one place that no arc leads to; without a
    final marking it ends in the one place that no arc leaves.

    Raises:
        Invalid: XML-01 to XML-07 what is no safe XML; PNML-01 no PNML, PNML-02 no net or
            several, PNML-03 an id missing or borne twice, PNML-04 an arc that hangs loose or
            joins two of a kind, PNML-05 weights above one, PNML-06 inhibitor and reset arcs,
            PNML-07 a marking that is no set of places, PNML-08 no place to start from,
            PNML-09 none to end in, PNML-10 a net of another type, PNML-11 a reference astray.
    """
    net = _only_net(parse(source).root)
    parts = Parts(net)
    take, put = _arcs(net, parts)
    transitions = tuple(
        Transition(
            take=take.get(name, 0),
            put=put.get(name, 0),
            label="" if _is_silent(element) else label_of(element),
            node=name,
        )
        for name, element in parts.transitions.items()
    )
    return Net(
        places=tuple(label_of(place) or name for name, place in parts.places.items()),
        transitions=transitions,
        initial=initial_marking(parts, transitions),
        final=final_marking(net, parts, transitions),
        titles={n: label for n, e in parts.transitions.items() if (label := label_of(e))},
    )


def _only_net(root: Element) -> Element:
    if root.name != "pnml":
        raise Invalid(
            "PNML-01",
            zh("这是{kind}，不是 PNML 文件。请改用 Petri 网文件。", kind=kind_of(root)),
        )
    nets = list(root.all("net"))
    if len(nets) != 1:
        raise Invalid(
            "PNML-02",
            zh("文件里有 {count} 个网（net），须恰好一个。请每个网存一个文件。", count=len(nets)),
        )
    kind = nets[0].get("type")
    if any(word in kind.lower() for word in _COLOURED):
        raise Invalid(
            "PNML-10",
            zh(
                "网的类型是「{kind}」，只能读普通的库所变迁网。"
                "请在建模软件里转成普通 Petri 网再导出。",
                kind=brief(kind),
            ),
        )
    return nets[0]


def _is_silent(transition: Element) -> bool:
    return any(tool.get("activity") == "$invisible$" for tool in transition.all("toolspecific"))


def _arcs(net: Element, parts: Parts) -> tuple[dict[str, int], dict[str, int]]:
    """Return for each transition the places that it takes from, and those that it puts to."""
    take: dict[str, int] = {}
    put: dict[str, int] = {}
    for arc in contents(net, "arc"):
        source, target = (_end(arc, which, parts) for which in ("source", "target"))
        if (source in parts.places) == (target in parts.places):
            raise Invalid(
                "PNML-04",
                zh("{arc}的两端是同一类元素，弧只能连接库所和变迁。请改连。", arc=describe(arc)),
            )
        _refuse_special(arc)
        mask, transition = (take, target) if source in parts.places else (put, source)
        bit = parts.bit[source if source in parts.places else target]
        if mask.get(transition, 0) & bit:
            raise _weighted(arc)
        mask[transition] = mask.get(transition, 0) | bit
    return take, put


def _end(arc: Element, which: str, parts: Parts) -> str:
    name = parts.resolve(arc.get(which))
    if name is None:
        raise Invalid(
            "PNML-04",
            zh(
                "{arc}的{end}「{reference}」不在网里。请补上该元素，或删去这条弧。",
                arc=describe(arc),
                end=zh("起点") if which == "source" else zh("终点"),
                reference=brief(arc.get(which)),
            ),
        )
    return name


def _refuse_special(arc: Element) -> None:
    inscription = arc.first("inscription")
    if inscription is not None and label_of(arc, "inscription") not in ("", "1"):
        raise _weighted(arc)
    for kind in _arc_types(arc):
        if kind and kind.lower() != "normal":
            raise Invalid(
                "PNML-06",
                zh(
                    "{arc}是特殊弧（{kind}），只能读普通弧。请在建模软件里用普通弧表达后再导出。",
                    arc=describe(arc),
                    kind=_ARC_KINDS.get(kind.lower()) or brief(kind),
                ),
            )


def _arc_types(arc: Element) -> Iterator[str]:
    """Yield what tools write for the sort of an arc, each in its own way."""
    yield arc.get("type")
    yield label_of(arc, "arctype")
    for element in arc.all("type"):
        yield element.get("value")
        yield label_of(arc, "type")


_ARC_KINDS: dict[str, Sentence] = {
    "inhibitor": zh("抑制弧"),
    "reset": zh("清空弧"),
    "read": zh("读取弧"),
    "test": zh("读取弧"),
}


def _weighted(arc: Element) -> Invalid:
    return Invalid(
        "PNML-05",
        zh(
            "{arc}的权重不是 1，或者同样的弧画了两次。请只留一条权重为 1 的弧。",
            arc=describe(arc),
        ),
    )
