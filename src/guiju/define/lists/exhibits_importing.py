"""The steps of bringing a table in, in the gallery: a made-up table, read as a real one is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.org.reads.import_runs import RunShown
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, holders
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Conflict, Invalid
from guiju.core.lists.diff import compare
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.sentence import zh
from guiju.define.lists.pages.frame import state_badge
from guiju.define.lists.pages.importing.changing import change_shown
from guiju.define.lists.pages.importing.columns import IGNORE, NO_LABEL
from guiju.define.lists.pages.importing.counting import alterations, counted
from guiju.define.lists.pages.importing.differing import change_line
from guiju.define.lists.pages.importing.mapping import named, note_shown, table_shown
from guiju.define.lists.pages.importing.reading import note_line, seen_in
from guiju.exchange.lists.account import grouped
from guiju.exchange.lists.intake import Intake, read_content
from guiju.exchange.lists.words import TableKind
from guiju.exchange.profile_files import built_in

_ID = UUID(int=1)
_COUNTY = built_in("county")
_KEPT = SimpleNamespace(name="权责清单（2026 年报送稿）.csv", token="gallery")  # noqa: S106 - names a made-up file
_HEADER = "序号,权力名称,权力类型,行使主体,办理科室说明,风险等级,上级要求的备用栏"
_CARDS = "".join(
    f"权力名称 |\n取水许可{number} |\n权力类型 |\n行政许可 |\n"
    "行使主体 |\n水利局 |\n谁来办 |\n水资源股 |\n"
    for number in range(1, 4)
)
"""Cards, a label above its value, as they come out of a document."""


def _about(state: str, *steps: Crumb) -> dict[str, object]:
    unit = LONG_UNIT if state == "long" else "水利局"
    name = zh("{name} · 第 {ordinal} 版", name=f"{unit}清单", ordinal=2)
    return {
        "edition": SimpleNamespace(unit=SimpleNamespace(name=unit), title=f"{unit}清单"),
        "edition_name": name,
        "edition_state": state_badge(EditionState.DRAFT),
        "way": (Crumb(zh("四单"), reverse("lists:editions")), Crumb(name), *steps),
        "edition_tabs": (),
        "identity": _ID,
        "kept": _KEPT,
    }


def _read(state: str) -> Intake:
    """Read a made-up table; in an error none of its headers is known."""
    if state == "error":
        return read_content(_KEPT.name, "甲,乙\n取水,水利局\n".encode())
    if state == "forbidden":
        return read_content(_KEPT.name, _CARDS.encode(), profile=_COUNTY)
    kinds = ("许可", "行政处罚", "8", "看情况")
    rows = [
        f"{one.number},{LONG_TEXT[:40] if state == 'long' else '取水许可'}{one.number},"
        f"{kinds[one.number % 4]},{one.unit},{one.post},{'ⅠⅡⅢ'[one.number % 3]}级,甲"
        for one in holders(COUNTS[state] or 1, is_long=state == "long")
    ]
    content = "\n".join([_HEADER, *rows]) if state != "empty" else "一段没有表头的说明。"
    return read_content(_KEPT.name, content.encode(), profile=_COUNTY)


def _pages(count: int) -> dict[str, object]:
    return {"first": 1, "last": min(count, 100), "before": None, "after": None}


def _receiving(_request: HttpRequest, state: str) -> Shown:
    refusal = Invalid(
        "GALLERY-21", zh("这个工作簿带有宏，不予读取。请另存为不带宏的 .xlsx 再导入。")
    )
    runs = [
        SimpleNamespace(token=f"t{one.number}", name=f"{one.unit}.xlsx", stage=zh("正在读取表格"))
        for one in holders(COUNTS[state] if state in {"long", "many"} else 0, is_long=True)
    ]
    return _about(state) | {
        "refusal": refusal if state == "error" else None,
        "most": 64,
        "most_pasted": 300_000,
        "pasted": "",
        "runs": runs,
    }


def _mapping(_request: HttpRequest, state: str) -> Shown:
    intake = _read(state)
    told = seen_in(intake)
    groups = [[*note_line(one), count] for one, count in grouped(intake.notes)]
    return _about(state) | {
        "told": told,
        "items": [(ItemKind.of(kind), count) for kind, count in told["items"]],
        "tables": [table_shown(number, one) for number, one in enumerate(told["tables"])],
        "part": 1,
        "parts": range(1, 2),
        "unknown": [one for one in told["sheets"] if not one["is_known"]],
        "kinds": tuple(TableKind),
        "ignore": IGNORE,
        "no_label": NO_LABEL,
        "rows": named(told["rows"]),
        "cells": named(told["cells"]),
        "notes": [note_shown(one) for one in groups],
        "doubts": len(groups),
        "pages": _pages(len(groups)),
    }


def _changes(_request: HttpRequest, state: str) -> Shown:
    """In an error somebody changed the draft meanwhile; one half of the items is new."""
    told = _read("typical" if state == "error" else state).edition
    half = told.powers[: len(told.powers) // 2]
    changes = compare(Lists(powers=half[:-1]), Lists(powers=told.powers[1:]))
    sorts = Counter((one.kind.value, one.alteration.value) for one in changes.items)
    lines = [change_line(one, _COUNTY) for one in changes.items]
    refusal = Conflict("GALLERY-22", zh("预览以后，草稿有了变动，没有导入。下面是重算的。"))
    stated = ["文件写着「权力清单:10项」，实际有 8。"] if state in {"typical", "long"} else []
    return _about(state) | {
        "told": {"refusal": None, "disagreements": stated},
        "refusal": refusal if state == "error" else None,
        "count": len(lines),
        "columns": 2,
        "counted": counted([*place, count] for place, count in sorts.items()),
        "alterations": alterations(),
        "removed": 1 if lines else 0,
        "doubts": 3,
        "cells": {"doubtful": 12, "unread": 4},
        "changes": [change_shown(one) for one in lines[:100]],
        "pages": _pages(len(lines)),
        "is_empty": state == "empty",
        "may_import": bool(lines),
        "key": _ID,
    }


def _running(request: HttpRequest, state: str) -> Shown:
    """Empty it waits, with many it was brought in; forbidden it is no longer the reader's draft."""
    stages = {
        "empty": ImportStage.WAITING,
        "many": ImportStage.DONE,
        "error": ImportStage.REFUSED,
        "forbidden": ImportStage.REFUSED,
    }
    stage, now = stages.get(state, ImportStage.READING), datetime(2026, 11, 25, 1, 5, tzinfo=UTC)
    refusals = {
        "error": ("GALLERY-23", "文件里有 100,001 行，最多 100,000 行。请分成几个文件再导入。"),
        "forbidden": ("GALLERY-24", "这一版已经送审，不能再改。请等审完，或请审核人退回。"),
    }
    code, why = refusals.get(state, ("", ""))
    counts = tuple((one.value, "added", 1200) for one in ItemKind) if state == "many" else ()
    name = f"{LONG_TEXT[:60]}.xlsx" if state == "long" else _KEPT.name
    done, total = (0, 0) if state == "empty" else (12_400, 60_000)
    sent = datetime(2026, 11, 25, 1, 3, tzinfo=UTC)
    run = RunShown("t1", name, stage, done, total, "", counts, code, why, sent, now)
    return _done(request, state) | {
        "run": run,
        "is_done": stage is ImportStage.DONE,
        "now": now,
        "here": request.get_full_path(),
        "counted": counted(counts),
    }


def _done(_request: HttpRequest, state: str) -> dict[str, object]:
    counts = [] if state == "empty" else [[one.value, "added", 1200] for one in ItemKind]
    return _about(state) | {"counted": counted(counts), "alterations": alterations()}


def _export(_request: HttpRequest, state: str) -> Shown:
    return _about(state)


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("lists-import", zh("导入表格"), "lists/import.html", _receiving),
        ("lists-import-mapping", zh("核对列名"), "lists/import_mapping.html", _mapping),
        ("lists-import-changes", zh("核对变动"), "lists/import_changes.html", _changes),
        ("lists-import-run", zh("大文件的进度"), "lists/import_run.html", _running),
        ("lists-import-done", zh("已导入"), "lists/import_done.html", _done),
        ("lists-export", zh("导出"), "lists/export.html", _export),
    )
