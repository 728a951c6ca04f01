"""``guiju sample``: a made-up office to try everything on."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.config.cli.commands import argument, command, option
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import late_bar, out
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.demo.sample import FORMATS, write_sample
from guiju.exchange.files import reason


@command(
    help=zh(
        "在文件夹（默认 sample）里生成一套虚构的样例：流程、办件日志、规则、人员。\n\n"
        "流程有 BPMN 和步骤表两种写法。同样的参数生成同样的内容。"
    ).template,
)
@argument(
    "folder",
    metavar=zh("[文件夹]").template,
    type=click.Path(path_type=Path),
    default=Path("sample"),
)
@option("--cases", type=click.IntRange(1, 5_000_000), default=1000, help=zh("办件数量。").template)
@option("--seed", type=int, default=1, help=zh("随机种子。").template)
@option(
    "--format",
    "log_format",
    type=click.Choice(FORMATS),
    default="xes.gz",
    help=zh("日志的格式。").template,
)
def sample(folder: Path, cases: int, seed: int, log_format: str) -> int:
    """Write the sample and say what to try with it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Invalid(
            "SAMPLE-01",
            zh(
                "建不了文件夹「{folder}」：{why}。请换一个位置。",
                folder=str(folder),
                why=reason(error),
            ),
        ) from None
    with late_bar(tr("正在生成样例")) as progress:
        written = write_sample(
            folder, cases=cases, seed=seed, log_format=log_format, progress=progress
        )
    for path in written:
        out().print(tr("已写出 {path}", path=str(path)), markup=False)
    log = folder / f"log.{log_format}"
    out().print(tr("接着试试："))
    out().print(
        f"  guiju check {log} --flow {folder / 'flow.bpmn'} --rules {folder / 'rules.toml'}"
        f" --html {folder / 'report.html'}",
        markup=False,
    )
    return 0
