"""A small edition with which the lint is content, and ways to spoil it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from guiju.core.flow.model import Edge, Flow, Limit, Node
from guiju.core.lists.facts import Facts, Holder, PostFacts
from guiju.core.lists.lint import lint
from guiju.core.lists.model import (
    AccountabilityCase,
    Control,
    DiscretionStandard,
    Duty,
    Edition,
    LegalBasis,
    NegativeItem,
    Period,
    Power,
    PowerFlow,
    Publication,
    Risk,
    StepNote,
    Tier,
)
from guiju.core.lists.words import (
    AmountUnit,
    Audience,
    BasisLevel,
    Channel,
    ControlPhase,
    Dimension,
    Layer,
    Means,
    PeriodUnit,
    Side,
)
from guiju.core.organisation.words import Function, LeaderLevel
from guiju.core.terms import LimitUnit, NodeKind, Phase, StepKind
from guiju.exchange.profile_files import built_in

TODAY = date(2026, 11, 25)
COUNTY = built_in("county")
OPEN = Publication(audience=Audience.SOCIETY)
AREA, UNIT = "511602", "013"
LICENCE, STAFF, FINE = (f"{AREA}{UNIT}{kind}00100" for kind in ("01", "11", "02"))


def step(number, name, kind, phase, post):
    return Node(
        f"s{number}",
        NodeKind.TASK,
        name,
        number=str(number),
        post=post,
        phase=phase,
        step=kind,
        limit=Limit(3, LimitUnit.WORKING_DAYS),
    )


def in_a_row(*steps, name="流程"):
    """One step after the other."""
    nodes = (Node("start", NodeKind.START), *steps, Node("end", NodeKind.END))
    edges = (Edge(f"f{i}", one.id, other.id) for i, (one, other) in enumerate(pairwise(nodes)))
    return Flow("flow", name, nodes, tuple(edges))


def power(code, name, **said):
    whole = {
        "side": Side.EXTERNAL,
        "kind": "licence",
        "layer": Layer.UNIT,
        "subject": "某县水利局",
        "post": "审批股长",
        "leader": "分管副局长",
        "conditions": f"办{name}须具备规定的条件",
        "boundary": f"{name}限于本县河道之内",
        "mode": f"依申请办理{name}",
        "discipline": f"办{name}时不得吃拿卡要",
        "grade": 1,
        "publication": OPEN,
    }
    return Power(code=code, name=name, **(whole | said))


def basis(code, of, name, article="第三十九条", level=BasisLevel.LAW):
    return LegalBasis(code=code, power=of, name=name, article=article, level=level)


def risk(code, of, flow, at, text, **said):
    whole = {
        "layer": Layer.POST,
        "dimensions": (Dimension.PROCESS,),
        "manifestation": f"{text}，收受好处",
        "grade": 2,
        "channels": (Channel.SELF, Channel.PUBLIC, Channel.MUTUAL),
        "publication": OPEN,
    }
    return Risk(code=code, power=of, flow=flow, step=at, text=text, **(whole | said))


def control(code, of, text, **said):
    whole = {
        "means": (Means.DIVIDE,),
        "phase": ControlPhase.PREVENT,
        "unit": "某县水利局",
        "post": "审批股长",
        "person": "李四光",
        "owner_level": LeaderLevel.DEPUTY,
        "supervisor": "局长",
        "supervision": f"每季度抽查：{text}",
        "basis_rule": "河道管理内控规程",
        "evidence": "抽查记录",
        "is_standing": True,
        "publication": OPEN,
    }
    return Control(code=code, risk=of, text=text, **(whole | said))


UNIT_FLOW = in_a_row(
    step(1, "受理", StepKind.ACCEPT, Phase.MOTION, "窗口"),
    step(2, "审查", StepKind.REVIEW, Phase.EXECUTION, "审批股长"),
    step(3, "决定", StepKind.DECIDE, Phase.DECISION, "分管副局长"),
    step(4, "送达", StepKind.DELIVER, Phase.RESULT, "送达岗"),
)
FLOWS = (
    PowerFlow(code="L1", power=LICENCE, name="采砂许可", graph=UNIT_FLOW, publication=OPEN),
    PowerFlow(code="L2", power=STAFF, name="股长任免", graph=UNIT_FLOW, publication=OPEN),
    PowerFlow(code="L3", power=FINE, name="采砂处罚", graph=UNIT_FLOW, publication=OPEN),
    PowerFlow(
        code="L4",
        power=LICENCE,
        name="采砂许可（审批股）",
        layer=Layer.POST,
        parent="L1",
        graph=UNIT_FLOW,
        notes=tuple(StepNote(step=str(n), refines=str(n)) for n in range(1, 5)),
        publication=OPEN,
    ),
)
POWERS = (
    power(LICENCE, "河道采砂许可", legal_limit=Period(20, PeriodUnit.WORKING_DAYS)),
    power(
        STAFF,
        "股长任免",
        side=Side.INTERNAL,
        kind="major",
        layer=Layer.LEADER,
        is_major=True,
        function=Function.PERSONNEL,
        manager=LeaderLevel.DEPUTY,
    ),
    power(FINE, "违法采砂处罚", kind="penalty", layer=Layer.POST, is_discretionary=True, grade=2),
)
STANDARD = DiscretionStandard(
    code="B1",
    power=FINE,
    offence="未经许可采砂",
    unit=AmountUnit.YUAN,
    lower=10_000_00,
    upper=300_000_00,
    tiers=(
        Tier(name="轻微", conditions="初次采砂不足百方", lower=10_000_00, upper=50_000_00),
        Tier(
            name="一般",
            conditions="采砂百方以上千方以下",
            lower=50_000_00,
            upper=100_000_00,
            above_lower=True,
        ),
        Tier(
            name="严重",
            conditions="采砂千方以上或者抗拒",
            lower=100_000_00,
            upper=300_000_00,
            above_lower=True,
        ),
    ),
    publication=OPEN,
)
ACTS = tuple(enumerate([(LICENCE, "许可"), (STAFF, "任免"), (FINE, "处罚")]))
SOUND = Edition(
    unit="unit:1",
    unit_name="某县水利局",
    unit_code=UNIT,
    area_code=AREA,
    profile="county",
    title="某县水利局权力清单",
    powers=POWERS,
    bases=(
        basis("Y1", LICENCE, "中华人民共和国水法"),
        basis("Y2", STAFF, "局党组议事规则", "", BasisLevel.INTERNAL),
        basis("Y3", FINE, "河道管理条例", "第四十四条", BasisLevel.REGULATION),
    ),
    duties=tuple(
        Duty(code=f"Z{n}", power=of, text=f"按时{act}并说明理由") for n, (of, act) in ACTS
    ),
    accountabilities=tuple(
        AccountabilityCase(code=f"J{n}", power=of, text=f"违规{act}的") for n, (of, act) in ACTS
    ),
    negatives=(
        NegativeItem(
            code="N1",
            post="局长",
            act="直接插手采砂招标",
            impact="招标不公，围标串标",
            prevention="招标由集体研究，插手干预如实登记",
            owner="派驻纪检监察组",
            sanction="通报批评，情节严重的给予政务处分",
            publication=OPEN,
        ),
    ),
    flows=FLOWS,
    risks=(
        risk("R1", LICENCE, "L1", "2", "审查时放过不合条件的采砂人"),
        risk("R2", STAFF, "L2", "2", "任免时任人唯亲", channels=(Channel.ORGANISATION,)),
        risk("R3", FINE, "L3", "2", "处罚时重责轻罚", channels=(Channel.COLLECTIVE,)),
        risk("R4", LICENCE, "L4", "2", "审批股内部串通出具意见", grade=1),
    ),
    controls=(
        control("C1", "R1", "两人同到现场核查并签字", phase=ControlPhase.HANDLE),
        control("C2", "R2", "任免前公示七天", phase=ControlPhase.HANDLE),
        control("C3", "R3", "按裁量基准写明档次", phase=ControlPhase.HANDLE),
        control("C4", "R4", "股内审查与复核分设两人"),
    ),
    standards=(STANDARD,),
)


def held_by(person, level, **said):
    return PostFacts(level=level, holders=(Holder(person, date(2025, 3, 1)),), **said)


POSTS = {
    "局长": held_by("周正", LeaderLevel.HEAD, is_key=True),
    "分管副局长": held_by("吴廉", LeaderLevel.DEPUTY, functions=(Function.PERSONNEL,)),
    "审批股长": held_by("郑清", LeaderLevel.MIDDLE),
    "窗口": held_by("王明", LeaderLevel.STAFF),
    "送达岗": held_by("冯公", LeaderLevel.STAFF),
}
FACTS = Facts(posts=POSTS)


def found(edition=SOUND, facts=FACTS, profile=COUNTY, today=TODAY, **said):
    return lint(edition, facts, profile, today, **said)


def codes(edition=SOUND, facts=FACTS, profile=COUNTY):
    return set(found(edition, facts, profile).counts)


def changed(table, code, /, edition=SOUND, **said):
    """Return the edition with fields of one item changed."""
    items = getattr(edition, table)
    assert any(item.code == code for item in items)
    made = tuple(replace(item, **said) if item.code == code else item for item in items)
    return replace(edition, **{table: made})


def without(table, code, edition=SOUND):
    """Return the edition without one item."""
    items = getattr(edition, table)
    kept = tuple(item for item in items if item.code != code)
    assert len(kept) < len(items)
    return replace(edition, **{table: kept})


def with_(table, *items, edition=SOUND):
    """Return the edition with more items."""
    return replace(edition, **{table: (*getattr(edition, table), *items)})


def with_flow(graph, code="L1", edition=SOUND, **said):
    """Return the edition with another graph for one flow."""
    return changed("flows", code, edition, graph=graph, **said)


def with_step(number, edition=SOUND, code="L1", **said):
    """Return the edition with fields of one step of one flow changed."""
    (flow,) = (flow for flow in edition.flows if flow.code == code)
    nodes = tuple(
        replace(node, **said) if node.number == str(number) else node for node in flow.graph.nodes
    )
    return with_flow(replace(flow.graph, nodes=nodes), code, edition)


def posts(**said):
    """Return facts with some posts replaced."""
    return replace(FACTS, posts={**POSTS, **said})
