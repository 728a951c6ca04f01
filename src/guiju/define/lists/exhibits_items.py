"""An item, its form and the grid in the gallery, with made-up contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from guiju.base.ui.flow_pictures import flow_picture
from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.drawn import payment_flow
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT
from guiju.base.ui.history import History
from guiju.base.ui.parts import Step, Tab
from guiju.core.access import NOWHERE
from guiju.core.lists.field_groups import GROUPS
from guiju.core.lists.lint import Finding
from guiju.core.lists.model import DiscretionStandard, Item, Period, Power, Risk, Tier
from guiju.core.lists.words import (
    AmountUnit,
    Attention,
    ItemKind,
    Layer,
    PeriodUnit,
    Severity,
    Side,
)
from guiju.core.sentence import zh
from guiju.define.lists.entering import Desk
from guiju.define.lists.exhibits import about
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.editing import form_context
from guiju.define.lists.pages.grid import RowShown, columns_of
from guiju.define.lists.pages.item import RelatedShown, groups_of, tiers_of, whole_findings
from guiju.define.lists.pages.item_form import ItemForm
from guiju.define.lists.reads.offers import Staff
from guiju.exchange.profile_files import built_in

_DAY = date(2026, 11, 25)
_COUNTS = {"empty": 0, "typical": 12, "long": 6, "many": 50, "error": 3, "forbidden": 12}
_STAFF = Staff(
    frozenset({"局长", "审批股长"}),
    (("局长", "水利局"), ("审批股长", "审批股")),
    (("水利局", ""),),
)


def _power(state: str) -> Power:
    if state == "empty":
        return Power(code="5116020130100100")
    text = LONG_TEXT if state == "long" else "河道采砂许可限于本县河道之内，禁采期内一律不办。"
    return Power(
        code="5116020130100100",
        name=LONG_TEXT[:60] if state == "long" else "河道采砂许可",
        side=Side.EXTERNAL,
        kind="licence",
        layer=Layer.POST,
        subject=LONG_UNIT if state == "long" else "示例县水利局",
        post="审批股长",
        leader="局长",
        conditions=text,
        boundary="" if state == "error" else text,
        mode="依申请办理",
        legal_limit=Period(20, PeriodUnit.WORKING_DAYS),
        is_major=True,
        attention=Attention.HIGH,
        grade=1,
    )


def _findings(state: str) -> list[Finding]:
    if state not in ("empty", "error", "long"):
        return []
    says = zh("「行使边界」没有填，或者只填了没有内容的字。请写明。")
    basis = zh("没有法律依据。请写明依据哪部法律法规的哪一条。")
    code = _power(state).code
    told = (("GJ103", "boundary", says), ("GJ101", "", basis))
    return [
        Finding(check, Severity.ERROR, ItemKind.POWER, code, field, "", words, "S0-04")
        for check, field, words in told
    ]


def _standard(state: str) -> DiscretionStandard:
    names = ("轻微", "一般", "严重") if state != "many" else tuple(map(str, range(1, 41)))
    return DiscretionStandard(
        code="CL-001",
        power="5116020130200100",
        offence="未经许可采砂",
        unit=AmountUnit.YUAN,
        lower=10_000_00,
        upper=300_000_00,
        tiers=tuple(
            Tier(
                name=one, conditions="采砂百方以上", lower=at * 1_000_00, upper=(at + 1) * 1_000_00
            )
            for at, one in enumerate(names)
        ),
    )


def _desk() -> Desk:
    edition = Edition(reference="edition:1", changed_at=datetime(2026, 11, 25, tzinfo=UTC))
    return Desk(edition, NOWHERE, _DAY, profile=built_in("county"), staff=_STAFF)


def _item(_request: HttpRequest, state: str) -> Shown:
    item, here, findings = _power(state), reverse("ui:gallery"), _findings(state)
    count = {"many": 200, "empty": 0}.get(state, 2)
    title = LONG_TEXT if state == "long" else "审查时放过不合条件的采砂人"
    related = [
        RelatedShown(
            kind.label,
            [(here, title, f"FX-{number:03}") for number in range(count)],
            "" if state == "forbidden" else here,
        )
        for kind in (ItemKind.BASIS, ItemKind.RISK)
    ]
    step = Step(datetime(2026, 11, 25, 9, tzinfo=UTC), zh("改动{kind}", kind="权力"), "周晓岚")
    deeds = (
        {}
        if state == "forbidden"
        else {"change": here, "copy": here, "renumber": here, "remove": here}
    )
    return about(state) | {
        "item": item,
        "kind": ItemKind.POWER,
        "groups": groups_of(item, built_in("county"), findings, {}),
        "whole": whole_findings(item, findings),
        "checking": zh("正在检查：现在显示的是{age}查的，后来的改动还没查完。", age="7 分钟前")
        if state == "many"
        else None,
        "tiers": tiers_of(item),
        "related": related,
        "more": [],
        "deeds": deeds,
        "history": History(() if state == "empty" else (step,)),
    }


def _form(_request: HttpRequest, state: str) -> Shown:
    """With an error, what was typed cannot be read; with many, a standard has forty tiers."""
    desk = _desk()
    base: Item = _standard(state) if state == "many" else _power(state)
    form = ItemForm(None, desk=desk, base=base, is_new=state == "empty")
    if state == "error":
        sent = QueryDict(mutable=True)
        sent.update({"name": "河道采砂许可", "legal_limit_0": "二十来", "leader": "某人"})
        form = ItemForm(sent, desk=desk, base=base, is_new=False)
        form.full_clean()
        form = form.again(with_faults=True)
    label = base.title or ItemKind.POWER.label
    return (
        about(state)
        | form_context(form, _findings(state))
        | {
            "offers": {"posts": _STAFF.offered},
            "back": reverse("ui:gallery"),
            "form_heading": zh("修改「{name}」", name=label),
        }
    )


def _grid(_request: HttpRequest, state: str) -> Shown:
    """Nothing of it is saved: the gallery has nobody who would take it."""
    kind, desk, here = ItemKind.POWER, _desk(), reverse("ui:gallery")
    group = GROUPS[kind][0]
    columns = columns_of(kind, group)
    rows: Sequence[Power] = [
        replace(_power("long" if state == "long" else "typical"), code=f"5116020130{n:03}00")
        for n in range(1, _COUNTS[state] + 1)
    ]
    return about(state) | {
        "kind": kind,
        "columns": columns,
        "rows": [
            RowShown(one.code, here, [(each, desk.texts(one)[each.path]) for each in columns])
            for one in rows
        ],
        "blank": [(one, "") for one in columns],
        "below_tabs": [Tab(one.label, here, one is kind) for one in ItemKind],
        "sets": [Tab(one.label, here, one is group) for one in GROUPS[kind]],
        "set": group.name,
        "filters": [],
        "offers": {},
        "newer": "",
        "older": "",
        "ways": dict.fromkeys(("save", "findings", "beside", "add", "table"), here),
        "power": None,
        "is_asked": state == "error",
        "form": SimpleNamespace(),
    }


def _beside(_request: HttpRequest, state: str) -> Shown:
    """In an error the row does not say of which power it is; forbidden, no row was chosen."""
    title = LONG_TEXT if state == "long" else "审查时放过不合条件的采砂人"
    count, is_shown = _COUNTS[state], state not in {"error", "forbidden"}
    risks = [
        (Risk(code=f"FX-{n:03}", text=title, step=str(n % 4 or "")), "高" if n % 3 else "", "#")
        for n in range(count)
    ]
    return about(state) | {
        "power": _power(state) if is_shown else None,
        "picture": flow_picture(payment_flow(), {}) if count else None,
        "risks": risks,
        "is_asked": state == "error",
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, template, show in (
        ("lists-item", zh("清单的一项"), "lists/item.html", _item),
        ("lists-item-form", zh("修改一项"), "lists/item_form.html", _form),
        ("lists-beside", zh("所选一行的流程和风险"), "lists/beside.html", _beside),
        ("lists-grid", zh("表格编辑"), "lists/grid.html", _grid),
    ):
        add_exhibit(Exhibit(name, label, template, show, is_screen=True))
