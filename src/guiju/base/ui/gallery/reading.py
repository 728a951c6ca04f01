"""The parts of ``base.ui`` in the gallery that only show something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.badges import Badge
from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, UNITS, holders
from guiju.base.ui.palette import Group, Hit
from guiju.base.ui.parts import Branch, Clock, Crumb, Definition, Step, Tab
from guiju.base.ui.plain import PlainEntry
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

AT = datetime(2026, 11, 20, 8, 42, tzinfo=UTC)
COUNTS = {"empty": 0, "typical": 5, "long": 3, "many": 200}


def or_refused(show: Callable[[str], Shown]) -> Callable[[HttpRequest, str], Shown]:
    """Let a part that only shows something be replaced by a refusal, or by nothing to see."""

    def shown(_request: HttpRequest, state: str) -> Shown:
        if state == "error":
            sentence = zh("原文已损坏，显示不了。请报告系统管理员，并用备份找回。")
            return {"refusal": Invalid("GALLERY-03", sentence)}
        return {"is_forbidden": True} if state == "forbidden" else show(state)

    return shown


def _tree(state: str) -> Shown:
    link = reverse("ui:exhibit", args=["sheet"])
    if state == "many":
        units = (
            Branch(
                unit,
                link,
                zh("{count} 个岗位", count=33),
                below=tuple(Branch(f"{unit}第 {n} 岗", link) for n in range(1, 34)),
            )
            for unit in UNITS
        )
        return {"branches": [Branch("示例县", link, below=tuple(units), is_open=True)]}
    name = LONG_UNIT if state == "long" else "计财科"
    office = Branch(
        name,
        link,
        zh("{count} 个岗位", count=2),
        below=(
            Branch("出纳岗", link, "李文静", Badge("warn", zh("轮岗到期"))),
            Branch("财务审核岗", link, "陈志远", is_current=True),
        ),
        is_open=True,
    )
    school = Branch("第二实验小学", link, below=(Branch("总务岗", link, zh("空缺")),))
    bureau = Branch("教育局", link, below=(office, school), is_open=True)
    return {"branches": [bureau] if COUNTS[state] else []}


def _sheet(state: str) -> Shown:
    if state == "empty":
        values: tuple[Definition, ...] = (
            Definition(zh("名称"), None),
            Definition(zh("上级"), None),
        )
        return {"rows": values}
    if state == "many":
        people = holders(200)
        return {"rows": [Definition(zh("第 {n} 任", n=one.number), one.name) for one in people]}
    name = LONG_UNIT if state == "long" else "教育局计财科"
    text = LONG_TEXT if state == "long" else "拨付、核算、内部审计"
    return {
        "rows": [
            Definition(zh("名称"), name),
            Definition(zh("上级"), "教育局", reverse("ui:exhibit", args=["tree"])),
            Definition(zh("成立"), AT.date()),
            Definition(zh("职责"), text),
            Definition(zh("编制"), 12),
            Definition(zh("状态"), Badge("good", zh("有效"))),
            Definition(zh("风险等级"), Badge("bad", zh("一级")), origin=zh("由所辖权力推算")),
            Definition(zh("撤销"), None),
        ]
    }


def _timeline(state: str) -> Shown:
    count = COUNTS[state]
    marks = {3: Badge("bad", zh("预警")), 1: Badge("wait", zh("待入账"))}
    says = LONG_TEXT if state == "long" else "初审同意：合同、验收单、发票齐全，金额一致。"
    return {
        "steps": [
            Step(
                AT - timedelta(hours=7 * n),
                says,
                f"{one.name} · {one.post}",
                reverse("ui:gallery"),
                marks.get(one.number),
            )
            for n, one in enumerate(holders(count))
        ],
        "now": AT + timedelta(minutes=37),
    }


def _diff(state: str) -> Shown:
    pairs = [
        (zh("承诺时限"), "10 个工作日", "8 个工作日"),
        (zh("边界"), "单笔 20 万元以上、年度预算内", "单笔 10 万元以上、年度预算内"),
        (zh("流程"), "", "新增步骤「集体研究」（局长办公会）"),
        (zh("依据"), "教育局财务管理办法 第十一条", "教育局财务管理办法 第十二条"),
        (zh("监督人"), "分管副局长", "派驻纪检组"),
    ]
    if state == "long":
        pairs = [(zh("依据"), LONG_TEXT, LONG_TEXT.replace("多次", "分次").replace("货物、", ""))]
    if state == "many":
        pairs = [(zh("第 {n} 项", n=n), f"限额 {n} 万元", f"限额 {n + 1} 万元") for n in range(200)]
    return {"pairs": pairs if COUNTS[state] else []}


def _badges(state: str) -> Shown:
    tones = ("good", "wait", "warn", "bad", "calm")
    words = (zh("通过"), zh("待办"), zh("说明"), zh("须改"), zh("已停用"))
    long = [zh("公开招标限额以下拆分采购嫌疑")] * len(tones)
    shown = [Badge(t, w) for t, w in zip(tones, long if state == "long" else words, strict=True)]
    clocks = [
        Clock(zh("还剩 4 小时"), 88, "near"),
        Clock(zh("还剩 {count} 个工作日", count=3), 45),
        Clock(zh("超期 {count} 个工作日", count=2), 100, "over"),
        Clock(zh("无时限"), 0),
    ]
    if state == "empty":
        return {"badges": [], "clocks": []}
    return {"badges": shown * 40 if state == "many" else shown, "clocks": clocks}


def _notes(state: str) -> Shown:
    text = LONG_TEXT if state == "long" else "付款后本预算行将达到公开招标限额的 94%。"
    return {"texts": [text] * (COUNTS[state] and (200 if state == "many" else 1))}


def _ways(state: str) -> Shown:
    count = {"empty": 1, "typical": 4, "long": 4, "many": 200}[state]
    names = [LONG_UNIT] * count if state == "long" else [f"第 {n} 页" for n in range(1, count + 1)]
    here = reverse("ui:gallery")
    tabs = [Tab(name, here, is_current=not n) for n, name in enumerate(names)]
    last = LONG_UNIT if state == "long" else "计财科"
    crumbs = [Crumb(zh("组织"), here), Crumb("教育局", here), Crumb(last)]
    return {"shown_tabs": tabs, "shown_crumbs": crumbs}


def _hits(state: str) -> Shown:
    people = holders(COUNTS[state], is_long=state == "long")
    hits = tuple(Hit(one.name, reverse("ui:gallery"), one.unit) for one in people)
    return {"groups": [Group(zh("人员"), hits)] if hits else [], "typed": "王"}


def _refused(_request: HttpRequest, state: str) -> Shown:
    """A page that says what is wrong and what to do; nothing was changed."""
    text = LONG_TEXT if state == "long" else "这张表不能按「年龄」排序。请点表头选择排序。"
    return {"refusal": Invalid("PAGE-05", zh("{text}", text=text))}


def _plain_home(_request: HttpRequest, state: str) -> Shown:
    """In an error much is late; whoever may do little has one entry."""
    count = {"many": 200, "empty": 0, "forbidden": 1}.get(state, 4)
    here = reverse("ui:gallery")
    told = (
        "3 件要办。",
        "柳林村，6 个岗位，看谁在什么岗位。",
        "都看过了。",
        "出门以前，请同事代办。",
    )
    late = Badge("warn", zh("{count} 件已超期", count=2)) if state == "error" else None
    labels = ("要我办的", "我的单位", "通知", "请人代办")
    large = [
        PlainEntry(
            zh("{text}", text=LONG_UNIT if state == "long" else labels[n % 4]),
            here,
            zh("{text}", text=LONG_TEXT if state == "long" else told[n % 4]),
            None if n else late,
            () if n else (("报送三季度低保名单（还剩 2 个工作日）", here),) * 3,
        )
        for n in range(count)
    ]
    name = LONG_UNIT if state == "long" else "柳大林"
    return {"large": large, "name": name, "is_shown_plain": True}


def add_exhibits() -> None:
    """Put the parts that only show something into the gallery."""
    for name, label, show in (
        ("tree", zh("树"), _tree),
        ("sheet", zh("要素表"), _sheet),
        ("timeline", zh("经过"), _timeline),
        ("diff", zh("对照"), _diff),
        ("badges", zh("标记和时限"), _badges),
        ("notes", zh("提示"), _notes),
        ("ways", zh("页签和路径"), _ways),
        ("search", zh("搜索结果（Ctrl K）"), _hits),
    ):
        add_exhibit(Exhibit(name, label, f"ui/gallery/{name}.html", or_refused(show)))
    add_exhibit(Exhibit("refusal", zh("没有办成"), "ui/refusal.html", _refused, is_screen=True))
    add_exhibit(
        Exhibit(
            "plain-home", zh("简明界面的首页"), "ui/plain_home.html", _plain_home, is_screen=True
        )
    )
