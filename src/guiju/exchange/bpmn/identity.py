"""An id for every element of the flow, made up where the file has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.bpmn.naming import describe
from guiju.exchange.bpmn.vocabulary import MODEL, NODES
from guiju.exchange.xml_tree import Element


class Identities:
    """The ids of all processes, nodes and sequence flows of one file, both ways round.

    A made-up id is the element's name and a number, counted in document order past every
    id that the file uses, so the same file always gives the same ids.

    Raises:
        Invalid: BPMN-05 when two elements bear the same id.
    """

    def __init__(self, root: Element) -> None:
        self._taken = {e.attributes["id"] for e in root.walk() if "id" in e.attributes}
        self._counts: Counter[str] = Counter()
        self.of: dict[Element, str] = {}
        self.made_up: set[Element] = set()
        self._elements: dict[str, Element] = {}
        for element in root.walk():
            if element.space == MODEL and element.name in _IDENTIFIED:
                self._enter(element)

    def _enter(self, element: Element) -> None:
        name = " ".join(element.get("id").split())
        if not name:
            name = self.fresh(element.name)
            self.made_up.add(element)
        first = self._elements.setdefault(name, element)
        if first is not element:
            raise Invalid(
                "BPMN-05",
                zh(
                    "{first}与{second}的编号相同。请给其中一个换上不重复的编号，连线也相应改动。",
                    first=describe(first),
                    second=describe(element),
                ),
            )
        self.of[element] = name

    def fresh(self, stem: str) -> str:
        """Return an id that nothing in the file bears, and keep it taken."""
        while True:
            self._counts[stem] += 1
            name = f"{stem}_{self._counts[stem]}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def find(self, reference: str) -> Element | None:
        """Return the element that ``reference`` means: an id, perhaps behind a prefix."""
        name = " ".join(reference.split())
        return self._elements.get(name) or self._elements.get(name.rpartition(":")[2])


def flow_elements(container: Element) -> Iterator[Element]:
    """Yield nodes and sequence flows in document order, those of subprocesses after them."""
    for child in container.children:
        if child.space == MODEL and (child.name in NODES or child.name == "sequenceFlow"):
            yield child
            if child.name == "subProcess":
                yield from flow_elements(child)


def scopes(process: Element) -> Iterator[Element]:
    """Yield ``process`` and every subprocess in it, outer ones first."""
    yield process
    yield from (element for element in flow_elements(process) if element.name == "subProcess")


_IDENTIFIED = NODES | {"process", "sequenceFlow"}
