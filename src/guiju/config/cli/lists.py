"""``guiju lists``: the template, taking in what offices have, checking, comparing, writing out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from guiju.config.cli.commands import argument, command, option
from guiju.config.cli.lists_told import print_changes, print_findings, print_intake
from guiju.config.cli.options import FILE
from guiju.config.cli.places import check_places
from guiju.config.cli.speak import tr
from guiju.config.cli.terminal import late_bar, out
from guiju.core.errors import Invalid
from guiju.core.lists.diff import compare
from guiju.core.lists.facts import Facts
from guiju.core.lists.lint import lint as look
from guiju.core.lists.model import Edition
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.exchange.files import opened
from guiju.exchange.lists.files import read_edition, write_edition
from guiju.exchange.lists.intake import Intake, read_lists
from guiju.exchange.lists.learned import read_learned, write_learned
from guiju.exchange.lists.seen import guesses_of
from guiju.exchange.memory import uncollected
from guiju.exchange.profile_files import BUILT_IN, built_in, read_profile
from guiju.exchange.profile_files.read import MOST_BYTES

_EDITION = argument("edition", metavar=zh("清单").template, type=FILE)
_PROFILE = option(
    "--profile",
    metavar=zh("配置").template,
    help=zh("county 县、bureau 局、school 校，或一个配置文件（TOML）。").template,
)


@command(help=zh("写出空白的清单工作簿，每列带填写说明和可选的词。").template)
@argument("target", metavar=zh("目标").template, type=FILE)
@_PROFILE
def template(target: Path, profile: str | None) -> int:
    """Write an empty workbook."""
    check_places((target,), ())
    if target.suffix.lower() != ".xlsx":
        raise Invalid("LISTS-14", zh("模板是一份工作簿。请用 .xlsx 结尾的文件名。"))
    chosen = _profile(profile)
    write_edition(Edition(profile=chosen.code if chosen else ""), target)
    out().print(tr("已写出 {path}", path=str(target)), markup=False)
    return 0


@command(
    "import",
    help=zh(
        "从单位现有的表格读出清单，逐格说明哪里存疑、哪里没看懂。\n\n"
        "表格可以是 XLSX、CSV、TSV，或从网页、文档里复制的文字。"
        "退出状态：0 全部看懂，1 有存疑或没看懂的，2 读不了。"
    ).template,
)
@argument("paths", metavar=zh("表格 …").template, type=FILE, nargs=-1, required=True)
@option("-o", "--out", "target", type=FILE, help=zh("写到哪个文件（.xlsx 或 .json）。").template)
@_PROFILE
@option("--mapping", type=FILE, help=zh("列名对照文件；没有就新建，改好后再导入。").template)
@option("--all", "everything", is_flag=True, help=zh("列出每一格，不合并相同的。").template)
@uncollected()
def import_(
    paths: tuple[Path, ...],
    target: Path | None,
    profile: str | None,
    mapping: Path | None,
    *,
    everything: bool,
) -> int:
    """Read tables into an edition."""
    check_places(tuple(filter(None, (target, mapping))), paths)
    learned = read_learned(mapping) if mapping else {}
    with late_bar(tr("正在读取清单")) as progress:
        intake = read_lists(paths, profile=_profile(profile), learned=learned, progress=progress)
    print_intake(intake, everything=everything)
    if mapping:
        write_learned(mapping, learned, guesses_of(intake.tables))
        out().print(tr("已写出 {path}", path=str(mapping)), markup=False)
    _require_items(intake)
    if target:
        write_edition(intake.edition, target)
        out().print(tr("已写出 {path}", path=str(target)), markup=False)
    return 0 if intake.is_clear else 1


def _require_items(intake: Intake) -> None:
    if next(intake.edition.items(), None) is None:
        raise Invalid(
            "LISTS-15",
            zh(
                "没有读出任何一项，什么也没有写。请核对表头：要有权力名称、风险点、禁止行为、"
                "步骤或违法行为这样的列；列名特别的，用 --mapping 说明。"
            ),
        )


@command(
    help=zh(
        "检查清单：依据、流程、风险、防控、公开是不是齐全。\n\n"
        "退出状态：0 没有要改的，1 有，2 读不了。"
    ).template
)
@_EDITION
@_PROFILE
@uncollected()
def lint(edition: Path, profile: str | None) -> int:
    """Check an edition."""
    read = read_edition(edition)
    chosen = _profile(profile) or _named_in(read)
    report = look(read, Facts(), chosen, date.today())  # noqa: DTZ011 - the day where the user is
    print_findings(report)
    return 1 if report.findings else 0


@command(
    help=zh(
        "比较两版清单：新增、变更、改号、删除。\n\n退出状态：0 相同，1 不同，2 读不了。"
    ).template
)
@argument("before", metavar=zh("旧版").template, type=FILE)
@argument("after", metavar=zh("新版").template, type=FILE)
@uncollected()
def diff(before: Path, after: Path) -> int:
    """Compare two editions."""
    difference = compare(read_edition(before), read_edition(after))
    print_changes(difference)
    return 1 if difference else 0


@command(
    help=zh("把清单写成别的格式，由目标文件的后缀决定：.xlsx、.json；.csv 只写一张表。").template
)
@_EDITION
@option("-o", "--out", "target", type=FILE, required=True, help=zh("写到哪个文件。").template)
@option(
    "--table",
    type=click.Choice([kind.value for kind in ItemKind]),
    default=ItemKind.POWER.value,
    help=zh("写成 CSV 时是哪张表，默认是权力（power）。").template,
)
@uncollected()
def export(edition: Path, target: Path, table: str) -> int:
    """Write an edition in another format."""
    check_places((target,), (edition,))
    write_edition(read_edition(edition), target, table=ItemKind.of(table))
    out().print(tr("已写出 {path}", path=str(target)), markup=False)
    return 0


def _named_in(edition: Edition) -> Profile:
    """Return the profile that an edition itself names; a county's where it names none."""
    code = edition.profile or "county"
    if code not in BUILT_IN:
        raise Invalid(
            "LISTS-16",
            zh("清单用的是配置「{code}」。请用 --profile 指明它的配置文件。", code=code[:40]),
        )
    return built_in(code)


def _profile(name: str | None) -> Profile | None:
    """Return a profile by its code, or read from a file."""
    if not name:
        return None
    if name in BUILT_IN:
        return built_in(name)
    with opened(Path(name)) as stream:
        return read_profile(stream.read(MOST_BYTES + 1))
