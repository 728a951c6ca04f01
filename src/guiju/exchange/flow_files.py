"""Reading and writing a flow whatever its format: BPMN, PNML or a step table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Flow
from guiju.core.flow.net import Net
from guiju.core.sentence import Sentence, zh
from guiju.exchange.bpmn import drawn_places, flow_of_net, read_bpmn, write_bpmn
from guiju.exchange.files import opened, replacing, require_lasting
from guiju.exchange.pnml import read_pnml, write_pnml
from guiju.exchange.xml_tree import parse

_TABLES = (".csv", ".tsv", ".xlsx")
_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A flow as read.

    Attributes:
        net: what runs, proves and judges; for PNML the file's own net.
        flow: the flow for people; None for a PNML net that no flow can express.
        source: the bytes of a BPMN file, from which it can be written back without loss.
        remarks: what the reader noticed.
    """

    net: Net
    flow: Flow | None
    source: bytes | None = None
    remarks: tuple[Sentence, ...] = ()


def read_flow(path: Path, *, process: str | None = None) -> FlowFile:
    """Read the flow at ``path``; ``process`` chooses one of several in a BPMN file.

    Raises:
        Invalid: when the file is no flow, or one that cannot be run; the code names the reason.
    """
    require_lasting(path)
    if path.suffix.lower() in _TABLES:
        from guiju.exchange.steps import read_step_table  # noqa: PLC0415 - loads openpyxl

        table = read_step_table(path)
        return FlowFile(compile_flow(table.flow), table.flow, None, table.remarks)
    with opened(path) as stream:
        source = stream.read(_LARGEST + 1)
    if not source:
        raise Invalid("FLOWFILE-01", zh("流程文件「{path}」是空的。请重新导出。", path=str(path)))
    if parse(source).root.name == "pnml":
        return _of_net(read_pnml(source))
    bpmn = read_bpmn(source, process=process)
    return FlowFile(compile_flow(bpmn.flow), bpmn.flow, source, bpmn.remarks)


def _of_net(net: Net) -> FlowFile:
    try:
        return FlowFile(net, flow_of_net(net))
    except Invalid as refusal:
        return FlowFile(net, None, None, (refusal.sentence,))


def drawn(file: FlowFile) -> Flow:
    """Return the flow for people.

    Raises:
        Invalid: FLOWFILE-03 when there is only a net, with the reason.
    """
    if file.flow is None:
        raise Invalid(
            "FLOWFILE-03",
            zh("这个网可以用来核对，但写不成流程：{why}", why=file.remarks[0]),
        )
    return file.flow


def _bpmn(file: FlowFile) -> bytes:
    """Return the file as it was read, or a new one with its diagram."""
    flow = drawn(file)
    if file.source is not None:
        return write_bpmn(flow, source=file.source)
    return new_bpmn(flow)


def new_bpmn(flow: Flow) -> bytes:
    """Return a flow as a new BPMN file, drawn as it was drawn, or laid out.

    Raises:
        Invalid: what ``write_bpmn`` raises.
    """
    layout, routes = drawn_places(flow)
    if layout:
        return write_bpmn(flow, layout=layout, routes=routes)
    from guiju.core.flow.drawing import lay_out  # noqa: PLC0415 - for a new diagram only

    drawing = lay_out(flow, everything=True)
    layout = {box.node: (box.x, box.y, box.width, box.height) for box in drawing.boxes}
    return write_bpmn(flow, layout=layout, routes={r.edge: r.points for r in drawing.routes})


def convert_flow(file: FlowFile, path: Path) -> None:
    """Write the flow in the format that the ending of ``path`` names, if it comes back the same.

    Raises:
        Invalid: FLOWFILE-04 when what would be written allows other ways through the flow.
    """
    with TemporaryDirectory(prefix="guiju-") as folder:
        trial = Path(folder) / path.name
        write_flow(trial, file)
        again = read_flow(trial)
        if determinise(file.net) != determinise(again.net):
            raise Invalid(
                "FLOWFILE-04",
                zh(
                    "写成「{name}」后走法与原流程不同，没有写出。请换一种格式。",
                    name=path.name,
                ),
            )
        with replacing(path) as stream:
            stream.write(trial.read_bytes())


def write_flow(path: Path, file: FlowFile) -> None:
    """Write the flow in the format that the ending of ``path`` names.

    Raises:
        Invalid: FLOWFILE-02 for an unknown ending, or when the format cannot express the flow.
    """
    ending = path.suffix.lower()
    if ending in _TABLES:
        from guiju.exchange.steps import write_step_table  # noqa: PLC0415 - loads openpyxl

        write_step_table(drawn(file), path)
        return
    if ending == ".pnml":
        content = write_pnml(file.net, name=path.stem)
    elif ending in (".bpmn", ".xml"):
        content = _bpmn(file)
    else:
        raise Invalid(
            "FLOWFILE-02",
            zh(
                "不知道「{name}」要写成什么格式。请用 .bpmn、.pnml、.csv 或 .xlsx 结尾的文件名。",
                name=path.name,
            ),
        )
    with replacing(path) as stream:
        stream.write(content)
