"""权力标签, 我的权力, one post and one document in the gallery, over made-up lists."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.drawn import payment_flow
from guiju.base.ui.gallery.listing import Shown
from guiju.base.ui.gallery.people import LONG_NAME, LONG_TEXT, LONG_UNIT
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.flow.model import Edge, Flow
from guiju.core.lists.bindings import Tie
from guiju.core.lists.facts import Holder, PostFacts
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.model import Item
from guiju.core.lists.powers import AccountabilityCase, Duty, LegalBasis, NegativeItem, Power
from guiju.core.lists.proof import proof_of
from guiju.core.lists.regulations import Regulation
from guiju.core.lists.risks import Control, DiscretionStandard, Risk, Tier
from guiju.core.lists.sheet import sheet_of
from guiju.core.lists.values import Fee, Period, Publication
from guiju.core.lists.words import (
    AmountUnit,
    Audience,
    BasisLevel,
    BasisStatus,
    ControlPhase,
    EditionState,
    ItemKind,
    Layer,
    Means,
    PeriodUnit,
    Side,
)
from guiju.core.sentence import zh
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import state_badge
from guiju.define.lists.reads.items import Related
from guiju.define.views.pages.frame import grade_badge
from guiju.define.views.pages.mine import MyPost
from guiju.define.views.pages.regulations import regulation_context
from guiju.define.views.pages.sheet import MOST_PARTS, sheet_context
from guiju.define.views.pages.shown import record_number
from guiju.define.views.pages.tied import Tied, TiedGroup
from guiju.define.views.reads.sealed import Sealed
from guiju.define.views.reads.sheets import FoundSheet, HeldPost
from guiju.exchange.profile_files import built_in

DAY = date(2026, 11, 25)
COUNTY = built_in("county")
_POSTS = {
    "分管副局长": "王建国",
    "计财科科长": "赵敏",
    "经办岗": "周晓岚",
    "财务审核岗": "孙海燕",
    "出纳岗": "李文静",
    "办公室": "陈志远",
}
RISKS = (
    (1, "s2", "拆分采购规避公开招标", "每笔付款自动累计", Means.DIVIDE, "计财科科长", "派驻纪检组"),
    (2, "s1", "验收走形式", "双人验收并留影像", Means.RESTRAIN, "总务岗", "分管副局长"),
    (3, "s4", "超时拨付", "时限公开，超时自动提醒", Means.SHOW, "出纳岗", "计财科"),
)  # fmt: skip
OPEN = Publication(audience=Audience.SOCIETY)


def edition() -> Edition:
    """Return a made-up edition, which is in no database."""
    from guiju.base.org.models import Unit  # noqa: PLC0415 - needs loaded apps

    return Edition(
        number=1,
        reference=f"edition:{UUID(int=1)}",
        unit=Unit(number=1, reference=f"unit:{UUID(int=1)}", name="示例县教育局", path="1/"),
        ordinal=2,
        profile="county",
        title="教育局清单",
        state=EditionState.EFFECTIVE.value,
        digest="9f2c4e1b7a5d8036" * 4,
        changed_at=datetime(2026, 9, 1).astimezone(),
    )


def about(*steps: Crumb) -> dict[str, object]:
    """Return what every page about the made-up edition shows."""
    here = reverse("ui:gallery")
    shown = edition()
    return {
        "edition": shown,
        "edition_name": zh("{name} · 第 {ordinal} 版", name=shown.title, ordinal=2),
        "edition_state": state_badge(EditionState.EFFECTIVE),
        "way": (Crumb(zh("四单"), here), Crumb("教育局", here), *steps),
        "edition_tabs": (Tab(zh("概况"), here), Tab(zh("一览"), here, is_current=True)),
        "below_tabs": (Tab(zh("权力标签"), here, is_current=True), Tab(zh("覆盖矩阵"), here)),
        "not_in_use": None,
    }


def _power(state: str) -> Power:
    if state == "empty":
        return Power(code="GJ-JY-0218", name="新增的权力")
    is_long = state == "long"
    return Power(
        code="GJ-JY-0217",
        name=LONG_TEXT[:60] if is_long else "大额资金使用审批",
        side=Side.INTERNAL,
        layer=Layer.UNIT,
        post=LONG_UNIT if is_long else "分管副局长",
        leader="" if is_long else "计财科科长",
        boundary=LONG_TEXT if is_long else "单笔 10 万元以上、年度预算内",
        conditions=LONG_TEXT if is_long else "超预算一律不得受理",
        promised_limit=Period(8, PeriodUnit.WORKING_DAYS),
        fee=Fee(standard=LONG_TEXT[:80]) if is_long else None,
        is_major=True,
        grade=1,
        phone="0900-1234567",
        publication=OPEN,
    )


def _risks(state: str) -> list[Item]:
    count = {"typical": 3, "many": 200}.get(state, 3)
    found: list[Item] = []
    for number in range(count):
        grade, step, text, control, means, post, eyes = RISKS[number % 3]
        is_long = state == "long"
        found.append(
            Risk(
                code=f"R{number}", power="1", flow="L", step=step, grade=grade,
                text=LONG_TEXT[:80] if is_long else text,
                manifestation=LONG_TEXT if is_long else "",
            )
        )  # fmt: skip
        if state != "error" or number:
            found.append(
                Control(
                    code=f"C{number}", risk=f"R{number}", means=(means,),
                    phase=ControlPhase.PREVENT, text=LONG_TEXT if is_long else control,
                    post=LONG_UNIT if is_long else post, supervisor=eyes,
                )
            )  # fmt: skip
    return found


def _graph(state: str) -> Flow:
    """In an error the last step leads nowhere."""
    flow = payment_flow(5 if state == "long" else 6, is_long=state == "long")
    if state != "error":
        return flow
    last = flow.nodes[-2].id
    kept = tuple(edge for edge in flow.edges if edge.source != last)
    return Flow(flow.id, flow.name, flow.nodes, (*kept, Edge("back", last, flow.nodes[1].id)))


def _items(state: str) -> list[Item]:
    if state == "empty":
        return []
    status = BasisStatus.REPEALED if state == "error" else BasisStatus.IN_FORCE
    tiers = tuple(
        Tier(name=name, conditions=f"{name}的情形", lower=low * 100_00, upper=high * 100_00)
        for name, (low, high) in zip(
            ("轻微", "一般", "严重"), pairwise((1, 5, 10, 30)), strict=True
        )
    )
    items: list[Item] = [
        LegalBasis(code="Y1", name="教育局财务管理办法", article="第十二条", status=status),
        LegalBasis(code="Y2", name="中华人民共和国预算法", article="第五十七条"),
        Duty(code="Z1", text="受理申请，一次告知缺什么", owner="经办岗"),
        Duty(code="Z2", text="集体研究，记录每人意见", owner="局长办公会"),
        AccountabilityCase(code="J1", text="超预算、超标准审批的", sanction="诫勉"),
        PowerFlow(code="L", name="大额资金使用", graph=_graph(state)),
        *_risks(state),
    ]
    if state in {"long", "many"}:
        items.append(
            DiscretionStandard(
                code="B", offence="逾期不报送", unit=AmountUnit.YUAN, lower=100_00,
                upper=3000_00, tiers=tiers,
            )
        )  # fmt: skip
    return items


def found_sheet(state: str) -> FoundSheet:
    """Return a made-up power's page."""
    power, items = _power(state), _items(state)
    bars = [NegativeItem(code="N", post="分管副局长", act="不得授意拆分项目", sanction="停职检查")]
    sheet = sheet_of(power, items, negatives=bars if items else ())
    posts = {
        name: PostFacts(holders=(Holder(who, date(2025, 1, 1)),)) for name, who in _POSTS.items()
    }
    graph = sheet.flow.graph if sheet.flow else None
    names = (LONG_NAME,) * 3 if state == "long" else ("王建国",)
    held = (
        HeldPost(power.post, f"post:{UUID(int=1)}", () if state == "error" else names, ()),
        HeldPost(power.leader, f"post:{UUID(int=2)}", ("赵敏",), ("孙海燕",)),
    )
    return FoundSheet(
        sheet,
        COUNTY,
        proof_of(graph, posts, DAY) if graph else None,
        3,
        tuple(one for one in held if one.name),
        _parts(state),
    )


def _parts(state: str) -> tuple[Related, ...]:
    """Return sub-items; none of an empty power, many of one that has many of everything."""
    name = LONG_TEXT[:60] if state == "long" else "大额资金使用审批（设备采购）"
    count = {"empty": 0, "error": 0, "many": 200}.get(state, 2)
    return tuple(Related(ItemKind.POWER, f"GJ-JY-0217-{n:02}", name) for n in range(1, count + 1))


def _sheet(_request: HttpRequest, state: str) -> Shown:
    """In an error the flow is broken, a post is vacant; forbidden, people are not named."""
    here = reverse("ui:gallery")
    shown = sheet_context(found_sheet(state), with_names=state != "forbidden")
    for one in shown["held"]:  # type: ignore[attr-defined] # sheet_context makes it a list
        one["link"] = here
    named = found_sheet(state).parts
    number = None if state == "empty" else 20_417
    sealed = Sealed(UUID(int=1), number, datetime(2026, 9, 1).astimezone(), is_settled=True)
    return about(Crumb(_power(state).name)) | shown | {
        "links": {"all": here, "history": here},
        "main_at": "",
        "parts": [(one.title, one.code, here) for one in named[:MOST_PARTS]],
        "more_parts": max(0, len(named) - MOST_PARTS),
        "number": record_number(sealed),
        "event_at": "" if state == "forbidden" else here,
    }  # fmt: skip


def _groups(state: str) -> list[TiedGroup]:
    here, is_long = reverse("ui:gallery"), state == "long"
    count = 200 if state == "many" else 2
    return [
        TiedGroup(
            tie,
            tuple(
                Tied(
                    LONG_TEXT if is_long else RISKS[number % 3][2],
                    here,
                    LONG_TEXT[:60] if is_long else "大额资金使用审批",
                    grade_badge(COUNTY, number % 3 + 1) if tie is Tie.AT_RISK else None,
                )
                for number in range(count)
            ),
            38_000 if state == "many" else count,
        )
        for tie in (Tie if state != "many" else (Tie.HOLDS,))
    ]


def _mine(_request: HttpRequest, state: str) -> Shown:
    """Without a post; with one that the lists do not name; with one whose lists are closed."""
    here = reverse("ui:gallery")
    unit = LONG_UNIT if state == "long" else "计财科"
    post = MyPost(
        "计财科科长",
        unit,
        zh("任职"),
        None if state == "forbidden" else zh("{name}", name="教育局清单 · 第 2 版"),
        here,
        [] if state in {"error", "forbidden"} else _groups(state),
    )
    tabs = (Tab(zh("各版清单"), here), Tab(zh("我的权力"), here, is_current=True))
    return {
        "heading": zh("我的权力"),
        "way": (Crumb(zh("四单"), here), Crumb(zh("我的权力"))),
        "tabs": tabs,
        "today": DAY,
        "posts": [] if state == "empty" else [post],
    }


def _post(_request: HttpRequest, state: str) -> Shown:
    """In an error the unit does not know the post; empty, nobody holds it."""
    return about(Crumb("计财科科长")) | {
        "post": LONG_UNIT if state == "long" else "计财科科长",
        "is_known": state != "error",
        "is_vacant": state == "empty",
        "holders": ["赵敏"] if state in {"typical", "many", "long"} else [],
        "groups": _groups(state),
    }


def _regulation(_request: HttpRequest, state: str) -> Shown:
    count = {"empty": 0, "many": 200}.get(state, 3)
    one = Regulation(1, LONG_TEXT[:90] if state == "long" else "教育局财务管理办法")
    status = BasisStatus.REPEALED if state == "error" else BasisStatus.IN_FORCE
    for number in range(count):
        power = Power(code=f"P{number}", name=LONG_TEXT if state == "long" else "大额资金使用审批")
        one.powers[power.code] = power
        one.bases.append(
            LegalBasis(
                code=f"Y{number}", power=power.code, name=one.title, article="第十二条",
                doc_no="教财〔2026〕3号", level=BasisLevel.INTERNAL, status=status,
            )
        )  # fmt: skip
        one.controls.append(Control(code=f"C{number}", text=RISKS[number % 3][3], post="出纳岗"))
    return about(Crumb(one.title)) | regulation_context(edition(), one, {})


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, template, show in (
        ("views-power", zh("权力标签"), "views/power.html", _sheet),
        ("views-mine", zh("我的权力"), "views/mine.html", _mine),
        ("views-post", zh("一个岗位"), "views/post.html", _post),
        ("views-regulation", zh("一件制度"), "views/regulation.html", _regulation),
    ):
        add_exhibit(Exhibit(name, label, template, show, is_screen=True))
