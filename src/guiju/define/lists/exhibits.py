"""Editions, their tables and what the checks say, in the gallery, with made-up rows."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_UNIT, Holder
from guiju.base.ui.parts import Crumb, Definition, Tab
from guiju.core.lists.lint import CHECKS, Finding
from guiju.core.lists.model import Power
from guiju.core.lists.score import Score
from guiju.core.lists.words import EditionState, ItemKind, PowerKind, Severity, Side
from guiju.core.sentence import zh
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.checks import FindingLine, findings_table
from guiju.define.lists.pages.editions import TABLE
from guiju.define.lists.pages.frame import state_badge
from guiju.define.lists.pages.table import table_of
from guiju.define.lists.reads.editions import EditionLine
from guiju.exchange.profile_files import built_in

_REFERENCE = f"edition:{UUID(int=1)}"
_STATES = tuple(EditionState)


def about(state: str, *, is_draft: bool = True) -> dict[str, object]:
    """Return the head of a made-up edition's page."""
    unit = LONG_UNIT if state == "long" else "水利局"
    name = zh("{name} · 第 {ordinal} 版", name=f"{unit}清单", ordinal=2)
    here = reverse("ui:gallery")
    labels = (zh("概况"), zh("内容"), zh("检查"), zh("经过"))
    return {
        "edition": SimpleNamespace(unit=SimpleNamespace(name=unit), reference=_REFERENCE),
        "edition_name": name,
        "edition_state": state_badge(EditionState.DRAFT if is_draft else EditionState.EFFECTIVE),
        "way": (Crumb(zh("四单"), reverse("lists:editions")), Crumb(name)),
        "edition_tabs": [Tab(one, here, at == 0) for at, one in enumerate(labels)],
        "may_edit": state != "forbidden",
    }


def _line(one: Holder) -> EditionLine:
    counts = {kind: one.number * at % 97 for at, kind in enumerate(ItemKind, 1)}
    return EditionLine(
        f"edition:{UUID(int=one.number)}",
        f"{one.unit}权责清单",
        one.number % 3 + 1,
        _STATES[one.number % len(_STATES)],
        "county",
        f"unit:{UUID(int=one.number)}",
        one.unit,
        datetime(one.since.year, one.since.month, 1, 8, tzinfo=UTC),
        one.since,
        None,
        counts,
    )


def _editions(request: HttpRequest, state: str) -> Shown:
    return {
        "heading": TABLE.name,
        "lead": zh(
            "权力、流程、风险、防控四张清单，连同责任事项、负面清单和裁量基准，"
            "合成一个单位的一版清单：先编制，再审核、公示，然后生效。"
        ),
        "tabs": (Tab(zh("各版清单"), reverse("lists:editions"), is_current=True),),
        "way": (Crumb(zh("四单")),),
        "of_unit": "水利局" if state == "error" else "",
        "all_units": reverse("lists:editions"),
        "begin": "" if state == "forbidden" else reverse("lists:begin"),
        "listed": listed(request, TABLE, state, _line),
    }


def _edition(_request: HttpRequest, state: str) -> Shown:
    """An edition that nobody has counted yet has no score; who may not act has no buttons."""
    count, here = COUNTS[state], reverse("ui:gallery")
    gaps = {(ItemKind.POWER, "boundary"): count, (ItemKind.RISK, "manifestation"): count}
    deeds = (zh("导入表格"), zh("表格编辑"), zh("改名"))
    return about(state) | {
        "tables": [(kind, count * at, here) for at, kind in enumerate(ItemKind)],
        "kinds": [(one.label, count + at, here) for at, one in enumerate(PowerKind)]
        if count
        else [],
        "sheet": (Definition(zh("单位"), LONG_UNIT if state == "long" else "水利局"),),
        "score": None if state == "error" else Score(count * 3, count * 4, gaps),
        "gaps": [(kind.label, "行使边界", many) for (kind, _), many in gaps.items() if many],
        "deeds": []
        if state == "forbidden"
        else [(SimpleNamespace(label=one, is_grave=False), here) for one in deeds],
        "others": [],
    }


def _power(one: Holder) -> Power:
    return Power(
        code=f"Q{one.number:03}",
        name=f"{one.unit}取水许可",
        kind="licence",
        side=Side.EXTERNAL,
        office=one.unit,
        post=one.post,
        grade=one.number % 3 + 1,
    )


def _table(request: HttpRequest, state: str) -> Shown:
    kind, profile = ItemKind.POWER, built_in("county")
    table = table_of(Edition(reference=_REFERENCE), kind, profile)
    return about(state) | {
        "heading": table.name,
        "kind": kind,
        "add": reverse("ui:gallery"),
        "add_label": zh("新增{kind}", kind=kind.label),
        "grid": reverse("ui:gallery"),
        "below_tabs": [Tab(one.label, "#", one is kind) for one in ItemKind],
        "listed": listed(request, table, state, _power),
    }


def _finding(one: Holder) -> FindingLine:
    check = CHECKS[one.number % len(CHECKS)]
    severity = tuple(Severity)[one.number % len(Severity)]
    is_told = one.number % 4 == 0 and severity is not Severity.ERROR
    sentence = zh("没有写行使边界。请写明在什么范围内、到什么限度为止。")
    found = Finding(
        check.code, severity, ItemKind.POWER, f"Q{one.number:03}", "boundary", "", sentence,
        check.source, "已列入十二月轮岗计划" if is_told else "",
    )  # fmt: skip
    return FindingLine(found, one.number, one.number)


def _checks(request: HttpRequest, state: str) -> Shown:
    edition = Edition(reference=_REFERENCE)
    table = findings_table(edition, may_edit=state != "forbidden")
    return about(state) | {
        "heading": table.name,
        "blocking": COUNTS[state],
        "totals": [(one.label, COUNTS[state]) for one in Severity],
        "stale": int(state == "many"),
        "listed": listed(request, table, state, _finding),
    }


def add_exhibits() -> None:
    """Put the area's screens into the gallery."""
    add_lists(
        ("lists-editions", zh("各版清单"), "lists/editions.html", _editions),
        ("lists-edition", zh("清单概况"), "lists/edition.html", _edition),
        ("lists-table", zh("清单的一张表"), "lists/table.html", _table),
        ("lists-checks", zh("清单检查"), "lists/checks.html", _checks),
    )
