"""The places and transitions of a net by id, on whatever page they stand."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.xml_tree import Element, brief

KINDS = {"place": zh("库所"), "transition": zh("变迁"), "arc": zh("弧")}
_REFERENCES = ("referencePlace", "referenceTransition")


class Parts:
    """What the arcs of one net can join.

    Attributes:
        places: by id, in document order; the place's bit is ``bit[id]``.
        transitions: by id, in document order.

    Raises:
        Invalid: PNML-03 an id missing or borne twice, PNML-11 a reference astray.
    """

    def __init__(self, net: Element) -> None:
        self.places: dict[str, Element] = {}
        self.transitions: dict[str, Element] = {}
        self._references: dict[str, Element] = {}
        seen: dict[str, Element] = {}
        tables = {"place": self.places, "transition": self.transitions}
        for element in contents(net, *tables, *_REFERENCES):
            name = element.get("id").strip()
            if not name or name in seen:
                raise _misnamed(element, seen.get(name))
            seen[name] = element
            tables.get(element.name, self._references)[name] = element
        self.bit = {name: 1 << index for index, name in enumerate(self.places)}
        for name, element in self._references.items():
            self._check(name, element)

    def resolve(self, reference: str) -> str | None:
        """Return the id of the place or transition that ``reference`` means in the end."""
        name = reference.strip()
        for _ in range(len(self._references) + 1):
            if name not in self._references:
                break
            name = self._references[name].get("ref").strip()
        return name if name in self.places or name in self.transitions else None

    def _check(self, name: str, element: Element) -> None:
        target = self.resolve(name)
        if target is None or (element.name == "referencePlace") != (target in self.places):
            raise Invalid(
                "PNML-11",
                zh(
                    "第 {line} 行的引用「{name}」没有指到同类的库所或变迁。请改正它的 ref。",
                    line=element.line,
                    name=brief(name),
                ),
            )


def contents(net: Element, *names: str) -> Iterator[Element]:
    """Yield what bears one of ``names`` in ``net`` and its pages, in document order."""
    for child in net.all("page", *names):
        if child.name == "page":
            yield from contents(child, *names)
        else:
            yield child


def _misnamed(element: Element, first: Element | None) -> Invalid:
    if first is None:
        return Invalid(
            "PNML-03", zh("{element}没有编号（id）。请补上。", element=describe(element))
        )
    return Invalid(
        "PNML-03",
        zh(
            "{element}与第 {line} 行的元素编号相同。请给其中一个换上不重复的编号。",
            element=describe(element),
            line=first.line,
        ),
    )


def label_of(element: Element, part: str = "name") -> str:
    """Return the text of a label such as ``<name><text>…</text></name>``.

    The text is taken as it stands, since logs are matched against it; only where it was
    set on lines of its own does the space around it go.
    """
    label = element.first(part)
    text = label.first("text", "value") if label else None
    if text is None:
        return ""
    stripped = text.text.strip()
    around = text.text.replace(stripped, "", 1)
    return stripped if "\n" in around or part != "name" else text.text


def describe(element: Element) -> Sentence:
    """Name ``element`` for a message: kind, name, id and line."""
    return zh(
        "{kind}「{name}」（第 {line} 行）",
        kind=KINDS.get(element.name, zh("元素")),
        name=brief(label_of(element)) or brief(element.get("id")) or zh("未命名"),
        line=element.line,
    )
