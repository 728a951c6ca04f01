"""``guiju witness``: be the witness of another body's record, online or on paper."""

from __future__ import annotations

import time
from pathlib import Path

import click

from guiju.base.witness.cosigning import add_checkpoint
from guiju.base.witness.folder import create_witness, open_witness, read_log_key
from guiju.base.witness.page import moment
from guiju.base.witness.paper import MOST_TEXT, Kind, read_paper
from guiju.base.witness.server import BIND, check_bind
from guiju.base.witness.server import serve as run_server
from guiju.base.witness.sheet import answer_sheet
from guiju.config.cli.commands import argument, command, option
from guiju.config.cli.options import FILE
from guiju.config.cli.places import check_places
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import out
from guiju.core.ledger.lines import to_base64
from guiju.core.sentence import zh
from guiju.exchange.files import opened, replacing

FOLDER = argument("folder", metavar=zh("文件夹").template, type=FILE)


@command(help=zh("建立见证方：在文件夹里生成密钥和见证数据库。").template)
@FOLDER
@option(
    "--name",
    required=True,
    help=zh("见证方的名称，全国唯一，如 shenji.example.gov.cn/w1。").template,
)
def init(folder: Path, name: str) -> int:
    """Set up a witness and show its public key."""
    witness = create_witness(folder, name)
    out().print(tr("见证方「{name}」已建立。公钥：", name=name), markup=False)
    out().print(str(witness.key), markup=False)
    out().print(tr("请把公钥交给记录的主管单位，把密钥文件另存一份到安全的地方。"), markup=False)
    return 0


@command(help=zh("登记一个记录的公钥，从此为它见证。").template)
@FOLDER
@argument("key", metavar=zh("公钥或文件").template)
@option("--origin", help=zh("记录的名称；与公钥名称相同时不必写。").template)
def trust(folder: Path, key: str, origin: str | None) -> int:
    """Register a log's key."""
    witness, theirs = open_witness(folder), read_log_key(key)
    name = origin or theirs.name
    if witness.store.trust(theirs, origin=name, at=int(time.time())):
        out().print(tr("已登记记录「{origin}」。", origin=name), markup=False)
    else:
        out().print(tr("记录「{origin}」的这个公钥早已登记。", origin=name), markup=False)
    return 0


@command(help=zh("开始见证：等候记录送来检查点，直到按 Ctrl+C。").template)
@FOLDER
@option("--bind", default=BIND, help=zh("监听地址。").template)
def serve(folder: Path, bind: str) -> int:
    """Serve until told to end."""
    witness = open_witness(folder)
    check_bind(bind)
    out().print(
        tr("见证方「{name}」正在 http://{bind}/ 等候。", name=witness.key.name, bind=bind),
        markup=False,
    )
    run_server(witness, bind=bind)
    return 0


@command(help=zh("查看见证方：公钥、登记的记录、上次见证到哪里。").template)
@FOLDER
@option("--history", is_flag=True, help=zh("列出见证过的每一个检查点。").template)
def status(folder: Path, *, history: bool) -> int:
    """Show what the witness knows; status 1 when a log did what it must not."""
    witness = open_witness(folder)
    out().print(tr("见证方「{name}」", name=witness.key.name), markup=False)
    out().print(tr("公钥：{key}", key=str(witness.key)), markup=False)
    doubts, last = witness.store.doubts(), witness.store.last()
    for origin in witness.store.known():
        kept = last.get(origin)
        shown = witness.store.history(origin) if history else [kept] if kept else []
        out().print(tr("记录「{origin}」", origin=origin), markup=False)
        for one in shown:
            line = tr(
                "  {when} 见证 {size} 条，根摘要 {root}",
                when=moment(one.at),
                size=one.head.size,
                root=to_base64(one.head.root),
            )
            out().print(line, markup=False)
        if not shown:
            out().print(tr("  还没有见证过"), markup=False)
        if origin in doubts:
            line = tr(
                "  有 {count} 次送来的检查点与见证过的不符，已留存，请追查。",
                count=doubts[origin],
            )
            out().print(line, style="bold red", markup=False)
    return 1 if doubts else 0


@command(
    help=zh(
        "离线见证：核验一份申请（扫描或录入的文字，或导出的文件），签名并写出答复。\n\n"
        "写出两个文件：.html 供打印，.txt 供拷贝。"
    ).template,
)
@FOLDER
@argument("file", metavar=zh("申请文件").template, type=FILE)
@option(
    "-o",
    "target",
    metavar=zh("文件名").template,
    type=click.Path(path_type=Path),
    help=zh("答复的文件名；默认在申请文件旁，加 .answer。").template,
)
def sign(folder: Path, file: Path, target: Path | None) -> int:
    """Check a request as the server does, and answer on paper."""
    base = target or file.with_name(f"{file.name}.answer")
    page, text = base.with_name(f"{base.name}.html"), base.with_name(f"{base.name}.txt")
    check_places((page, text), (file,))
    witness = open_witness(folder)
    with opened(file) as stream:
        data = stream.read(4 * MOST_TEXT + 1)
    body = read_paper(data, Kind.REQUEST)
    cosigned = add_checkpoint(witness, body, now=lambda: int(time.time())).demanded()
    line = str(cosigned.line)
    sheet = answer_sheet(cosigned, witness=witness.key)
    for path, content in ((page, sheet), (text, line.encode())):
        with replacing(path) as stream:
            stream.write(content)
    out().print(line.rstrip(), markup=False)
    for path in (page, text):
        out().print(tr("已写出 {path}", path=str(path)), markup=False)
    return 0
