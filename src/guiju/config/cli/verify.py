"""``guiju verify``: whether a published record, or one entry of it, is what was witnessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from guiju.config.cli.commands import argument, command, option
from guiju.config.cli.places import check_places
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import late_bar
from guiju.config.cli.verified import print_export, print_proof, write_report
from guiju.core.errors import Invalid
from guiju.core.ledger.keys import KeyKind
from guiju.core.ledger.note import MOST_BYTES
from guiju.core.sentence import zh
from guiju.exchange.files import opened, require_lasting
from guiju.exchange.record_files import (
    Trust,
    key_or_file,
    read_keys,
    verify_export,
    verify_proof_file,
)

_FILE = click.Path(path_type=Path)


@command(
    help=zh(
        "验证公布的记录：逐条重算，与签名、见证核对。\n\n"
        "导出可以是整个导出目录，也可以是单条记录的证明（.tlog-proof）。"
        "退出状态：0 核对无误，1 不成立，2 无法读取。"
    ).template,
)
@argument("export", metavar=zh("导出").template, type=_FILE)
@option("--log-key", help=zh("记录方的公钥，或写有公钥的文件；应从别处取得。").template)
@option("--witness-keys", type=_FILE, help=zh("见证方的公钥，每行一个；应从别处取得。").template)
@option(
    "--quorum",
    type=click.IntRange(min=0),
    help=zh("至少要有几家见证；不写则须过半数。").template,
)
@option("--since", type=_FILE, help=zh("您以前保存的检查点：记录须由它只增不改而来。").template)
@option(
    "--entry",
    type=_FILE,
    help=zh("与证明相配的记录；不写则取证明旁边同名的 .json 文件。").template,
)
@option("--json", type=_FILE, help=zh("把结果写成 JSON。").template)
def verify(export: Path, **options: Any) -> int:  # noqa: ANN401 - click's values
    """Verify ``export``; return the exit status."""
    is_folder = export.is_dir()
    entry = None if is_folder else options["entry"] or export.with_suffix(".json")
    _check_options(export, options, is_folder=is_folder)
    log_key = Path(options["log_key"]) if options["log_key"] else None
    inputs = (export, entry, log_key, options["witness_keys"], options["since"])
    if options["json"]:
        check_places((options["json"],), inputs)
    trust = _trust(options)
    if entry is not None:
        proof = verify_proof_file(export, entry, trust)
        print_proof(proof)
        write_report(options["json"], proof)
        return 0 if proof.is_verified else 1
    since = _read(options["since"]) if options["since"] else None
    with late_bar(tr("正在核对记录")) as progress:
        found = verify_export(export, trust, since=since, progress=progress)
    print_export(found)
    write_report(options["json"], found)
    return 0 if found.is_verified else 1


def _check_options(export: Path, options: dict[str, Any], *, is_folder: bool) -> None:
    surplus = "--entry" if is_folder and options["entry"] else None
    if not is_folder and options["since"]:
        surplus = "--since"
    if surplus:
        raise Invalid(
            "VERIFY-18",
            zh(
                "{option} 对「{path}」没有意义：--entry 用于单条证明，--since 用于导出目录。"
                "请去掉这一项。",
                option=surplus,
                path=str(export),
            ),
        )
    target = options["json"]
    if is_folder and target and target.resolve().is_relative_to(export.resolve()):
        raise Invalid(
            "VERIFY-19",
            zh("不能把结果写进要验证的目录「{path}」。请换一个位置。", path=str(export)),
        )


def _trust(options: dict[str, Any]) -> Trust:
    log_key, witnesses = options["log_key"], options["witness_keys"]
    return Trust(
        log_keys=key_or_file(log_key) if log_key else (),
        witnesses=read_keys(witnesses, KeyKind.COSIGNATURE) if witnesses else None,
        quorum=options["quorum"],
    )


def _read(path: Path) -> bytes:
    require_lasting(path)
    with opened(path) as stream:
        return stream.read(MOST_BYTES + 1)
