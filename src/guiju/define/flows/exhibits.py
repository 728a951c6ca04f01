"""The pages about one flow in the gallery, over made-up lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.people import LONG_NAME, LONG_TEXT, LONG_UNIT
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.errors import Invalid
from guiju.core.lists.facts import Facts, Holder, PostFacts
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.powers import Power
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import Direction
from guiju.define.flows.pages.editing import grid_of
from guiju.define.flows.pages.flow import sheet_of, table_of
from guiju.define.flows.pages.frame import name_of
from guiju.define.flows.reads import Around, Bound, judgement
from guiju.define.flows.uploads import Drawn
from guiju.define.flows.verdicts import Verdict, verdict_on, verdict_on_table
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import full_name, state_badge
from guiju.exchange.lists.step_sheet import read_sheet, sheet_text
from guiju.exchange.profile_files import built_in

Shown = Mapping[str, object]

DAY = date(2026, 11, 25)
_POSTS = ("窗口岗", "审核岗", "勘验岗", "领导班子")
FACTS = Facts(
    posts={
        name: PostFacts(
            holders=tuple(
                Holder(f"{name}{number}", date(2020, 1, 1))
                for number in range(1, 6 if name == "领导班子" else 2)
            )
        )
        for name in _POSTS
    }
)
TABLE = """\
序号\t步骤\t岗位\t时限\t下一步\t条件\t类型\t阶段\t签批规则\t关键环节\t所需材料
1\t申请登记\t窗口岗\t1个工作日\t\t\t申请\t动议\t\t\t申请书、身份证明
2\t受理审查\t窗口岗\t5个工作日\t3、4+5\t3：需要补正；4+5：材料齐全\t受理\t动议\t\t\t
3\t通知补正\t窗口岗\t5个工作日\t2\t\t受理\t动议\t\t\t
4\t材料审核\t审核岗\t2个工作日\t6\t\t审核\t决策\t\t是\t
5\t现场勘验\t勘验岗\t7个工作日\t6\t\t检查\t决策\t\t是\t
6\t集体决定\t领导班子\t3个工作日\t7、2\t7：同意；2：退回\t决定\t决策\t票签3人\t是\t
7\t送达\t窗口岗\t10个工作日\t结束\t\t送达\t结果\t\t\t
"""
ENDLESS = TABLE.replace("7、2\t7：同意；2：退回", "2\t").replace("10个工作日", "十天半月")


def typed(state: str) -> str:
    """Return the table that an exhibit shows."""
    if state == "empty":
        return sheet_text([])
    if state == "error":
        return ENDLESS
    if state == "many":
        return sheet_text(
            [{"序号": str(n), "步骤": f"步骤{n}", "岗位": _POSTS[n % 3]} for n in range(1, 201)]
        )
    return (
        TABLE.replace("材料审核", LONG_TEXT[:40]).replace("审核岗", LONG_UNIT[:30])
        if (state == "long")
        else TABLE
    )


def around_of(state: str) -> Around:
    """Return a made-up flow, which is in no database."""
    from guiju.base.org.models import Unit  # noqa: PLC0415 - needs loaded apps

    unit = Unit(number=1, reference=f"unit:{UUID(int=1)}", name="示例县水利局", path="1/")
    edition = Edition(
        number=1,
        reference=f"edition:{UUID(int=1)}",
        unit=unit,
        ordinal=2,
        profile="county",
        title="水利局清单",
        state=EditionState.DRAFT.value,
    )
    name = LONG_NAME * 3 if state == "long" else "取水许可"
    power = Power(code="QS-01", name=name, grade=1)
    bare = PowerFlow(code="QS-01-F1", power=power.code, name=f"{name}办理流程")
    flow = read_sheet(typed(state), bare).flow or bare
    bound = (
        Bound(ItemKind.RISK, "R1", "收受好处放宽审查", "4", 1),
        Bound(ItemKind.RISK, "R2", "勘验走过场", "5", 2),
    )
    lists = Lists(powers=(power,), unit=unit.reference, unit_name=unit.name)
    return Around(edition, flow, power, None, lists, built_in("county"), bound)


def _head(found: Around, view: str, state: str) -> dict[str, object]:
    here = reverse("ui:gallery")
    tabs = (
        ("flows:flow", zh("流程图")),
        ("flows:edit", zh("步骤表")),
        ("flows:upload", zh("上传流程图")),
    )
    return {
        "edition": found.edition,
        "edition_name": full_name(found.edition),
        "edition_state": state_badge(EditionState.DRAFT),
        "way": (Crumb(zh("四单"), here), Crumb(name_of(found.flow))),
        "flow": found.flow,
        "flow_name": name_of(found.flow),
        "flow_tabs": ()
        if state == "forbidden"
        else [Tab(label, here, name == view) for name, label in tabs],
    }


def _verdict(found: Around, state: str, direction: Direction) -> Verdict | None:
    sheet = read_sheet(typed(state), found.flow)
    if state == "empty":
        return None
    if sheet.flow is None or sheet.flow.graph is None:
        return verdict_on_table(sheet)
    lines = {step.number: step.line for step in sheet.steps}
    known = judgement(found, sheet.flow, FACTS, DAY)
    return verdict_on(found, known, sheet.flow.graph, lines=lines, direction=direction)


def show_flow(_request: HttpRequest, state: str) -> Shown:
    """Show the page for readers."""
    found, here = around_of(state), reverse("ui:gallery")
    return _head(found, "flows:flow", state) | {
        "sheet": sheet_of(found),
        "verdict": _verdict(found, state, Direction.RIGHT),
        "table": table_of(found.flow),
        "files": [("BPMN", here), ("XLSX", here), ("SVG", here)],
        "item": here,
    }


def show_edit(_request: HttpRequest, state: str) -> Shown:
    """Show the table that is typed."""
    found, text = around_of(state), typed(state)
    return _head(found, "flows:edit", state) | {
        "text": text,
        "rows": text.count("\n") + 2,
        "verdict": _verdict(found, state, Direction.DOWN),
        "is_new": state == "empty",
        "is_wrong": state == "error",
        "seen": found.seen,
        "grid": grid_of(found, _POSTS),
    }


def show_upload(_request: HttpRequest, state: str) -> Shown:
    """Show where a drawn flow is sent."""
    refusal = Invalid("FLOWS-05", zh("文件里的流程一个步骤也没有。请画上步骤再上传。"))
    return _head(around_of(state), "flows:upload", state) | {
        "most": 512,
        "refusal": refusal if state == "error" else None,
    }


def show_preview(_request: HttpRequest, state: str) -> Shown:
    """Show what was understood of a drawn flow."""
    found = around_of("typical" if state in ("empty", "error") else state)
    remarks = () if state == "empty" else (zh("流程里没有步骤「{step}」的岗位。", step="复核"),)
    read = Drawn(found.flow, remarks * (8 if state == "many" else 1), ((zh("步骤"), 7),), ())
    refusal = Invalid("FLOWS-04", zh("流程太大。请拆成几套流程。"))
    return _head(found, "flows:upload", state) | {
        "read": read,
        "verdict": _verdict(found, "typical" if state == "empty" else state, Direction.RIGHT),
        "table": table_of(found.flow),
        "refusal": refusal if state == "error" else None,
    }


def add_exhibits() -> None:
    """Put the area's pages into the gallery."""
    for name, label, template, show in (
        ("flows-flow", zh("一套流程"), "flows/flow.html", show_flow),
        ("flows-edit", zh("步骤表"), "flows/edit.html", show_edit),
        ("flows-upload", zh("上传流程图"), "flows/upload.html", show_upload),
        ("flows-preview", zh("核对流程图"), "flows/preview.html", show_preview),
    ):
        add_exhibit(Exhibit(name, label, template, show, is_screen=True))
