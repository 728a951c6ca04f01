"""Which process of a file is meant."""

from __future__ import annotations

from guiju.core.errors import Invalid
from guiju.core.sentence import Listing, listing, zh
from guiju.exchange.bpmn.process import ProcessReader
from guiju.exchange.bpmn.vocabulary import MODEL, NODES
from guiju.exchange.xml_tree import Element, brief, kind_of

_NAMED = 8


def require_bpmn(root: Element) -> None:
    """Refuse a file of another kind.

    Raises:
        Invalid: BPMN-01 says what kind it is.
    """
    if (root.space, root.name) != (MODEL, "definitions"):
        raise Invalid(
            "BPMN-01",
            zh("这是{kind}，不是 BPMN 2.0 流程文件。请改用流程文件。", kind=kind_of(root)),
        )


def choose_process(reader: ProcessReader, wanted: str | None) -> Element:
    """Return the wanted process, or the only one that has nodes and is not called by another.

    Raises:
        Invalid: BPMN-02, BPMN-03 or BPMN-04, with the ids to choose from.
    """
    processes = reader.processes
    if not processes:
        raise Invalid(
            "BPMN-02", zh("文件里没有流程（process）。请在建模软件里画好流程后重新导出。")
        )
    if wanted is not None:
        chosen = next((p for p in processes if reader.ids.of[p] == wanted), None)
        if chosen is None:
            raise Invalid(
                "BPMN-04",
                zh(
                    "文件里没有编号为「{wanted}」的流程。可选：{choices}。",
                    wanted=brief(wanted),
                    choices=_choices(reader, processes),
                ),
            )
        return chosen
    if len(processes) == 1:
        return processes[0]
    filled = [p for p in processes if any(c.space == MODEL and c.name in NODES for c in p.children)]
    called = reader.called()
    candidates = [p for p in filled if p not in called] or filled or processes
    if len(candidates) > 1:
        raise Invalid(
            "BPMN-03",
            zh(
                "文件里有 {count} 个流程：{choices}。请用「--process 编号」指明要用哪一个。",
                count=len(candidates),
                choices=_choices(reader, candidates),
            ),
        )
    return candidates[0]


def _choices(reader: ProcessReader, processes: list[Element]) -> Listing:
    return listing(
        [
            f"{brief(reader.ids.of[p])}「{brief(reader.title(p))}」"
            if reader.title(p)
            else brief(reader.ids.of[p])
            for p in processes
        ],
        most=_NAMED,
    )
