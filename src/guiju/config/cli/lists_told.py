"""What ``guiju lists`` says on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table as Grid

from guiju.config.cli.speak import say, tr
from guiju.config.cli.terminal import err, out
from guiju.core.lists.diff import Difference
from guiju.core.lists.fields import label
from guiju.core.lists.lint import CHECKS, Report
from guiju.core.lists.words import Severity
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.exchange.lists.account import Note, grouped
from guiju.exchange.lists.fields import EDITION
from guiju.exchange.lists.intake import Intake
from guiju.exchange.lists.words import CellState

_MOST = 60
_WIDE = 40
_HEADS = {field.path: field.header for field in EDITION}
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: ""}


def print_intake(intake: Intake, *, everything: bool) -> None:
    """Print what was found in each file, then every doubt, those of one kind together."""
    _print_tables(intake)
    _print_files(intake)
    items = Counter(item.item_kind for item in intake.edition.items())
    told = _counted((kind.label, count) for kind, count in items.items())
    out().print(tr("读出：{items}。", items=told or zh("没有")), markup=False)
    for sentence in intake.disagreements:
        out().print(tr("总数不符：{why}", why=sentence), style="yellow", markup=False)
    _print_notes(intake.notes, everything=everything)


def _print_tables(intake: Intake) -> None:
    for file in intake.files:
        for remark in file.remarks:
            err().print(tr("说明：") + say(remark), markup=False)
        for table in file.tables:
            text = tr(
                "「{sheet}」第 {line} 行起：{kind}（把握 {percent}%）。{why}",
                sheet=table.sheet[:_WIDE],
                line=table.line,
                kind=table.kind.label,
                percent=table.confidence,
                why=table.reason,
            )
            out().print(text, markup=False, style="dim")


def _print_files(intake: Intake) -> None:
    grid = Grid(box=None, pad_edge=False)
    grid.add_column(tr("文件"), overflow="fold")
    for name in (tr("行"), *(say(state.label) for state in CellState)):
        grid.add_column(name, justify="right")
    for name in (tr("格"), *(say(state.label) for state in CellState)):
        grid.add_column(name, justify="right")
    for file in intake.files:
        counts = (
            f"{count:,}"
            for found in (file.rows, file.cells)
            for count in (found.seen, found.understood, found.doubtful, found.unread)
        )
        grid.add_row(_plain(file.name), *counts)
    out().print(grid)


def _print_notes(notes: Sequence[Note], *, everything: bool) -> None:
    if not notes:
        out().print(tr("每一格都看懂了。"), style="bold green")
        return
    rows = [(one, 1) for one in notes] if everything else list(grouped(notes))
    shown = rows if everything else rows[:_MOST]
    for one, count in shown:
        style = "yellow" if one.state is CellState.DOUBTFUL else "red"
        out().print(_told(one, count), style=style, markup=False)
    if len(rows) > len(shown):
        out().print(
            tr("另有 {count} 种情况没有列出；用 --all 列出每一格。", count=len(rows) - len(shown))
        )


def _told(one: Note, count: int) -> str:
    place = one.file if one.sheet == one.file else f"{one.file} {one.sheet}"
    cell = f"{one.column}{one.line}"
    if count > 1:
        cell = tr("{cell} 等 {count} 格", cell=cell, count=count)
    if one.made and one.made != one.text:
        return tr(
            "{place} {cell} {state}：「{text}」读作「{made}」。{why}",
            place=place,
            cell=cell,
            state=one.state.label,
            text=_short(one.text),
            made=_short(one.made),
            why=one.why,
        )
    return tr(
        "{place} {cell} {state}：「{text}」。{why}",
        place=place,
        cell=cell,
        state=one.state.label,
        text=_short(one.text),
        why=one.why,
    )


def print_findings(report: Report) -> None:
    """Print what the checks found, the gravest first, and which could not look."""
    for code in report.unlooked:
        title = next(one.title for one in CHECKS if one.code == code)
        out().print(
            tr("没有查：{code} {title}。要用的资料这里看不到。", code=code, title=title),
            markup=False,
        )
    if not report.findings:
        out().print(tr("没有要改的。"), style="bold green")
        return
    for one in report.findings[: _MOST * 10]:
        item = f"{one.kind.label if one.kind else ''} {one.item}".strip()
        text = f"{say(one.severity.label)} {one.code} {item} {say(one.sentence)}"
        out().print(text, style=_STYLES[one.severity], markup=False)
    told = _counted((severity.label, len(report.of(severity))) for severity in Severity)
    out().print(tr("共 {count} 处：{told}。", count=len(report.findings), told=told), markup=False)


def print_changes(difference: Difference) -> None:
    """Print what one edition changes in another."""
    if not difference:
        out().print(tr("两版相同。"), style="bold green")
        return
    for field in difference.head:
        text = tr(
            "{name}：由「{before}」改为「{after}」。",
            name=_HEADS.get(field.path, field.path),
            before=str(field.before),
            after=str(field.after),
        )
        out().print(text, markup=False)
    for change in difference.items:
        item = change.after or change.before
        title = _short(item.title) if item else ""
        fields = "、".join(str(label(change.kind, one.path)) for one in change.fields)
        text = f"{say(change.alteration.label)} {say(change.kind.label)} {change.code} {title}"
        out().print(f"{text} {fields}".rstrip(), markup=False)
    counts = Counter(change.alteration for change in difference.items)
    told = _counted((one.label, count) for one, count in counts.items())
    out().print(tr("共 {count} 项：{told}。", count=len(difference.items), told=told), markup=False)


def _counted(counts: Iterable[tuple[Sentence, int]]) -> Listing:
    return listing(zh("{name} {count}", name=name, count=f"{n:,}") for name, n in counts)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDE else line[: _WIDE - 1] + "…"


def _plain(text: str) -> str:
    """Keep rich from reading brackets in names as markup."""
    return text.replace("[", r"\[")
