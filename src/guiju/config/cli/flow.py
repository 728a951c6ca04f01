"""``guiju flow``: prove a flow, draw it, count the people it takes, convert it."""

from __future__ import annotations

from pathlib import Path

from guiju.config.cli.commands import command, option
from guiju.config.cli.options import FILE, FLOW, PROCESS, TARGET
from guiju.config.cli.places import check_places
from guiju.config.cli.speak import say, tr, translate
from guiju.config.cli.terminal import err, out
from guiju.core.flow.drawing import lay_out
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.soundness import prove as prove_net
from guiju.core.sentence import zh
from guiju.exchange.files import replacing
from guiju.exchange.flow_files import FlowFile, convert_flow, drawn, read_flow
from guiju.exchange.picture import draw_flow


@command(
    help=zh(
        "证明流程走得通：每一步都轮得到，随时都能走到结束，结束时不剩步骤。\n\n"
        "退出状态：0 走得通，1 走不通（逐处说明），2 读不了或太大。"
    ).template
)
@FLOW
@PROCESS
def prove(path: Path, process: str | None) -> int:
    """Prove the flow at ``path`` sound, or tell each fault."""
    file = _read(path, process)
    proof = prove_net(file.net)
    if proof.is_sound:
        steps = len(file.net.activities)
        out().print(
            tr("走得通：{steps} 个步骤都轮得到，随时都能走到结束，结束时不剩步骤。", steps=steps),
            style="bold green",
        )
        return 0
    out().print(tr("走不通，共 {count} 处：", count=len(proof.faults)), style="bold red")
    for number, fault in enumerate(proof.faults, start=1):
        text = explain_fault(file.net, fault)
        told = tr("{number}. {kind}：{text}", number=number, kind=fault.kind.label, text=text)
        out().print(told, markup=False)
    return 1


@command(help=zh("画出流程图（SVG）。").template)
@FLOW
@option("-o", "--out", "target", type=FILE, help=zh("写到哪个文件。").template)
@PROCESS
def draw(path: Path, target: Path | None, process: str | None) -> int:
    """Write the picture of the flow at ``path``."""
    target = target or Path(path.stem + ".svg")
    check_places((target,), (path,))
    flow = drawn(_read(path, process))
    with replacing(target) as stream:
        stream.write(draw_flow(flow, lay_out(flow, translate=translate)).encode())
    out().print(tr("已画好 {path}", path=str(target)), markup=False)
    return 0


@command(
    help=zh(
        "转换流程的格式，由目标文件的后缀决定：.bpmn、.pnml、.csv、.xlsx。\n\n"
        "转换前后能走的办法完全相同，由自动机比对。"
    ).template
)
@FLOW
@TARGET
@PROCESS
def convert(path: Path, target: Path, process: str | None) -> int:
    """Write the flow at ``path`` in the format that ``target`` names."""
    check_places((target,), (path,))
    convert_flow(_read(path, process), target)
    out().print(tr("已写出 {path}", path=str(target)), markup=False)
    return 0


def _read(path: Path, process: str | None) -> FlowFile:
    file = read_flow(path, process=process)
    for remark in file.remarks:
        err().print(tr("说明：") + say(remark), markup=False)
    return file
