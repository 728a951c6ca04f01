"""The lists of this area in the gallery."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.gallery.listing import Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, Holder
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.flow.model import Limit, Node
from guiju.core.lists.bindings import Tie
from guiju.core.lists.coverage import CoverageRow, Hole, Placed
from guiju.core.lists.flows import PowerFlow, StepNote
from guiju.core.lists.gaps import Gap, GapKind
from guiju.core.lists.powers import LegalBasis, Power
from guiju.core.lists.regulations import Regulation
from guiju.core.lists.risks import Control, Risk
from guiju.core.lists.words import BasisLevel, BasisStatus, ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit, NodeKind, Phase
from guiju.define.lists.models import Edition
from guiju.define.views.exhibits import COUNTY, RISKS, about, edition
from guiju.define.views.pages import (
    catalogue,
    coverage,
    flows,
    gaps,
    posts,
    powers,
    regulations,
    risk_map,
)
from guiju.define.views.reads.chains import StepLine
from guiju.define.views.reads.counted import UnitHoles
from guiju.define.views.reads.risks import UNGRADED, RiskLine, UnitRisks

_STATUSES = tuple(BasisStatus)


def _power(one: Holder, state: str) -> Power:
    name = LONG_TEXT if state == "long" else "大额资金使用审批"
    return Power(
        code=f"GJ-JY-{one.number:04}", name=name, kind="major", post=one.post,
        grade=one.number % 3 + 1,
    )  # fmt: skip


def _risk(one: Holder, state: str) -> Risk:
    text = LONG_TEXT if state == "long" else RISKS[one.number % 3][2]
    return Risk(
        code=f"R{one.number}", power="1", text=text, post=one.post, grade=one.number % 3 + 1
    )


def _control(one: Holder, state: str) -> Control:
    text = LONG_TEXT if state == "long" else RISKS[one.number % 3][3]
    return Control(code=f"C{one.number}", text=text, post=one.post, supervisor="派驻纪检组")


def _step(one: Holder) -> Node:
    return Node(
        f"s{one.number}", NodeKind.TASK, "资料初审", number=str(one.number), post=one.post,
        phase=Phase.MOTION, limit=Limit(2, LimitUnit.WORKING_DAYS),
    )  # fmt: skip


def _powers(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> powers.PowerLine:
        counts = dict.fromkeys((ItemKind.BASIS, ItemKind.FLOW), 1) | {ItemKind.RISK: one.number % 4}
        return powers.PowerLine(_power(one, state), counts)

    return about() | {"listed": listed(request, powers.table_of(edition(), COUNTY), state, line)}


def _matrix(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> CoverageRow:
        hole = (Hole.NO_CONTROL,) if one.is_due else ()
        control = None if hole else _control(one, state)
        flow = PowerFlow(code="L", name="大额资金使用")
        step, risk = _step(one), _risk(one, state)
        return CoverageRow(one.number, _power(one, state), flow, step, risk, control, hole)

    holes = {} if state == "empty" else {hole: at % 3 for at, hole in enumerate(Hole)}
    return about() | {
        "holes": coverage.hole_links(edition(), holes),
        "placed": Placed(0, 0) if state == "empty" else Placed(240, 186),
        "listed": listed(request, coverage.table_of(edition(), COUNTY), state, line),
    }


def _catalogue(request: HttpRequest, state: str) -> Shown:
    return about() | {
        "document": reverse("ui:gallery"),
        "listed": listed(request, catalogue.table_of(COUNTY), state, _risk_line(state)),
    }


def _risk_line(state: str) -> Callable[[Holder], RiskLine]:
    def line(one: Holder) -> RiskLine:
        controls = () if one.is_due else (_control(one, state),)
        name = _power(one, state).name
        return RiskLine(
            one.number, edition(), _risk(one, state), COUNTY, name, "资料初审", controls
        )

    return line


def _posts(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> posts.PostLine:
        name = LONG_UNIT if state == "long" else one.post
        counts = {tie: (one.number + at) % 5 for at, tie in enumerate(Tie)}
        return posts.PostLine(one.number, name, counts)

    return about() | {"listed": listed(request, posts.table_of(edition()), state, line)}


def _flows(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> StepLine:
        flow = PowerFlow(code="L", name=LONG_TEXT[:60] if state == "long" else "大额资金使用")
        note = StepNote(step=str(one.number), is_key=one.is_due)
        risks = (_risk(one, state),) if one.number % 2 else ()
        return StepLine(one.number, flow, _power(one, state), _step(one), note, risks)

    return about() | {"listed": listed(request, flows.table_of(edition(), COUNTY), state, line)}


def _regulations(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> regulations.RegulationLine:
        title = LONG_TEXT[:90] if state == "long" else "教育局财务管理办法"
        basis = LegalBasis(
            code="Y", name=title, article="第十二条", doc_no="教财〔2026〕3号",
            level=BasisLevel.INTERNAL, status=_STATUSES[one.number % 3],
        )  # fmt: skip
        found = Regulation(one.number, title, [basis])
        return regulations.RegulationLine(one.number, title, one.number, one.number % 7, found)

    return about() | {"listed": listed(request, regulations.table_of(edition()), state, line)}


def _gaps(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> Gap:
        title = LONG_TEXT[:90] if state == "long" else "教育局财务管理办法"
        kind = tuple(GapKind)[one.number % 3]
        if kind is GapKind.MISSING:
            named = _power(one, state)
            return Gap(one.number, kind, named.name, named.code, 1, one.number % 5 + 1)
        return Gap(one.number, kind, title, "", one.number % 7, one.number % 5)

    table = gaps.table_of(edition(), may_assign=state != "forbidden")
    return about() | {"listed": listed(request, table, state, line)}


def _area(label: Sentence) -> dict[str, object]:
    here = reverse("ui:gallery")
    return {
        "heading": label,
        "way": (Crumb(zh("四单"), here), Crumb(label)),
        "tabs": (Tab(zh("各版清单"), here), Tab(label, here, is_current=True)),
    }


def _risk_map(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> UnitRisks:
        counts = {1: one.number % 5, 2: one.number * 3 % 17, 3: one.matters, UNGRADED: 0}
        return UnitRisks(_edition_of(one), counts, 240)

    here = reverse("ui:gallery")
    labels = (zh("一级风险"), zh("二级风险"), zh("三级风险"), zh("未定级"))
    figures = [(label, 0 if state == "empty" else 1_214, here) for label in labels]
    return _area(zh("风险地图")) | {
        "figures": figures,
        "listed": listed(request, risk_map.table_of(), state, line),
    }


def _edition_of(one: Holder) -> Edition:
    made = edition()
    made.unit.name = one.unit
    return made


def _risks_everywhere(request: HttpRequest, state: str) -> Shown:
    return _area(zh("风险等级目录")) | {
        "listed": listed(request, catalogue.EVERYWHERE, state, _risk_line(state))
    }


def _holes(request: HttpRequest, state: str) -> Shown:
    def line(one: Holder) -> UnitHoles:
        holes = {hole: (one.number + at) % 4 for at, hole in enumerate(Hole)}
        return UnitHoles(_edition_of(one), holes)

    return _area(zh("覆盖矩阵")) | {"listed": listed(request, coverage.EVERYWHERE, state, line)}


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("views-powers", zh("权力标签（列表）"), "views/list.html", _powers),
        ("views-coverage", zh("覆盖矩阵"), "views/coverage.html", _matrix),
        ("views-risks", zh("风险等级目录"), "views/list.html", _catalogue),
        ("views-posts", zh("按岗位"), "views/list.html", _posts),
        ("views-flows", zh("按流程"), "views/list.html", _flows),
        ("views-regulations", zh("按制度"), "views/list.html", _regulations),
        ("views-gaps", zh("制度缺口"), "views/list.html", _gaps),
        ("views-risk-map", zh("风险地图"), "views/risk_map.html", _risk_map),
        ("views-all-risks", zh("全部单位的风险"), "lists/list.html", _risks_everywhere),
        ("views-all-coverage", zh("各单位的覆盖情况"), "lists/list.html", _holes),
    )
