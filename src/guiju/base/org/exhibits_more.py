"""More screens of the organisation in the gallery: duties, delegations, declarations, importing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.org.pages.importing import SheetCount
from guiju.base.org.pages.ways import way
from guiju.base.org.reads.duties import Carried
from guiju.base.org.reads.on_day import UnitHead
from guiju.base.ui.badges import Badge
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, holders
from guiju.base.ui.parts import Crumb, Tab
from guiju.core.errors import Conflict
from guiju.core.organisation.columns import Sheet
from guiju.core.organisation.words import UnitKind
from guiju.core.organisation.words_bodies import BodyKind, InterestKind, MemberRole
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import zh

_ID = UUID(int=1)
_SINCE = date(2024, 5, 6)
_AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
_KEPT = SimpleNamespace(name="组织表.xlsx", token="gallery")  # noqa: S106 - names a made-up file


def _name(state: str) -> str:
    return LONG_UNIT if state == "long" else "司法局"


def _duty(_request: HttpRequest, state: str) -> Shown:
    row = SimpleNamespace(
        area=SimpleNamespace(name="示例县"),
        start_date=_SINCE,
        end_date=date(2026, 1, 1) if state == "error" else None,
        document="" if state == "empty" else "示机编〔2024〕9号",
    )
    return {
        "row": row,
        "kind": next(iter(StatutoryDuty)).label,
        "carrier": _name(state),
        "identity": _ID,
        "may_change": state != "forbidden",
        "way": way(Crumb(zh("法定职责"), reverse("org:duties"))),
    }


def _unit_duties(_request: HttpRequest, state: str) -> Shown:
    """200 duties do not exist; in that state the unit carries each of them for many others."""
    link, name = "" if state == "forbidden" else reverse("ui:gallery"), _name(state)
    count = {"empty": 0, "many": 200}.get(state, 2)
    kinds = tuple(StatutoryDuty)
    carried = [
        Carried(
            "duty:1", kinds[at % len(kinds)], "unit:1", one.unit, "unit:2", name, "", one.since,
            None, "",
        )
        for at, one in enumerate(holders(count, is_long=state == "long"))
    ]  # fmt: skip
    by_whom = carried[0] if carried and state != "error" else None
    head = UnitHead("unit:1", "1/", UnitKind.DEPARTMENT, (), name, "示例县", name, None, None)
    here = reverse("ui:gallery")
    return {
        "head": head,
        "day": SimpleNamespace(is_today=True, on=_SINCE),
        "way": way(Crumb(name)),
        "unit_tabs": (Tab(zh("概况"), here), Tab(zh("法定职责"), here, is_current=True)),
        "own": [(one, link) for one in carried],
        "for_it": [(one.label, by_whom, link) for one in kinds],
    }


def _unit_bodies(_request: HttpRequest, state: str) -> Shown:
    """Whoever may not open a body reads its name without a link."""
    link, name = "" if state == "forbidden" else reverse("ui:gallery"), _name(state)
    roles = tuple(MemberRole)
    parts = [
        SimpleNamespace(
            name=f"{one.unit}领导小组",
            kind=BodyKind.LEADING_GROUP,
            is_host=one.number == 1,
            is_office=one.number == 2,
            role=roles[one.number % len(roles)],
        )
        for one in holders(COUNTS[state], is_long=state == "long")
    ]
    here = reverse("ui:gallery")
    return {
        "head": UnitHead("unit:1", "1/", UnitKind.DEPARTMENT, (), name, "示例县", name, None, None),
        "day": SimpleNamespace(is_today=state != "error", on=_SINCE),
        "way": way(Crumb(name)),
        "unit_tabs": (Tab(zh("概况"), here), Tab(zh("参加的机构"), here, is_current=True)),
        "parts": [(one, link) for one in parts],
    }


def _mandates(state: str, *, mine: bool) -> list[tuple[object, UUID, bool]]:
    people = holders(COUNTS[state] // 2 or int(state == "error"), is_long=state == "long")
    return [
        (
            SimpleNamespace(
                post=SimpleNamespace(unit=SimpleNamespace(name=one.unit), name=one.post),
                delegate=one,
                principal=one,
                start_date=one.since,
                last_date=one.since + timedelta(days=9),
                reason=LONG_TEXT if state == "long" else "外出学习",
                revoked_at=None if at or not mine else _SINCE,
            ),
            UUID(int=one.number),
            at == 1,
        )
        for at, one in enumerate(people)
    ]


def _delegations(_request: HttpRequest, state: str) -> Shown:
    return {
        "has_post": state != "forbidden",
        "given": _mandates(state, mine=True),
        "taken": _mandates(state, mine=False),
    }


def _delegation(_request: HttpRequest, state: str) -> Shown:
    """In an error the record knows nothing of it; the files are for those whom it concerns."""
    one = next(iter(holders(1, is_long=state == "long")))
    row = _mandates(state if COUNTS[state] else "typical", mine=False)[0][0]
    count = {"empty": 1, "error": 0, "many": 200}.get(state, 2)
    steps = [
        (
            SimpleNamespace(
                sentence=zh("{text}", text=f"{one.name}委托他人代办{one.post}"),
                at=_AT - timedelta(hours=n),
                who=one.name,
                leaf=None if state == "empty" else 48_000 + n,
                key=UUID(int=n + 1),
            ),
            state not in {"empty", "forbidden"},
        )
        for n in range(count)
    ]
    return {"row": row, "identity": _ID, "steps": steps, "now": _AT, "way": way(Crumb(one.post))}


def _declarations(_request: HttpRequest, state: str) -> Shown:
    kinds = tuple(InterestKind)
    found = [
        SimpleNamespace(
            kind=kinds[at % len(kinds)],
            content=SimpleNamespace(
                who=one.name,
                relation="配偶",
                where=one.unit,
                what=LONG_TEXT if state == "long" else "",
            ),
            declared=one.since,
            withdrawn=_SINCE,
        )
        for at, one in enumerate(holders(COUNTS[state], is_long=state == "long"))
    ]
    return {
        "is_known": state not in {"error", "forbidden"},
        "standing": [] if state == "forbidden" else [(one, _ID) for one in found],
        "withdrawn": found[:1],
    }


def _importing(_request: HttpRequest, state: str) -> Shown:
    refusal = Conflict(
        "GALLERY-11", zh("没有选文件，或文件是空的。请先选填好的 .xlsx 表格，再上传。")
    )
    runs = [
        SimpleNamespace(token=f"t{one.number}", name=f"{one.unit}.xlsx", stage=zh("正在检查"))
        for one in holders(COUNTS[state] if state in {"long", "many"} else 0, is_long=True)
    ]
    return {
        "way": way(),
        "refusal": refusal if state == "error" else None,
        "most": 20,
        "may_export": state != "forbidden",
        "runs": runs,
    }


def _preview(_request: HttpRequest, state: str) -> Shown:
    people = list(holders(COUNTS[state] or int(state == "error"), is_long=state == "long"))
    changes = [
        (
            Badge("warn", zh("改动")),
            SimpleNamespace(
                title=one.name,
                sheet="人员",
                row=one.number + 1,
                fields=[("所在单位", "民政局", one.unit)],
                is_new=False,
            ),
        )
        for one in people
    ]
    refusal = Conflict("GALLERY-12", zh("核对以后组织又有变动，没有导入。请再核对一次。"))
    pages = SimpleNamespace(first=1, last=len(changes), before=None, after=None)
    return {
        "way": way(),
        "refusal": refusal if state == "error" else None,
        "kept": _KEPT,
        "count": len(changes),
        "counts": [SheetCount(one, len(changes), 0, 0, 12) for one in Sheet],
        "changes": changes,
        "pages": pages,
        "key": _ID,
    }


def _faults(_request: HttpRequest, state: str) -> Shown:
    found = [
        SimpleNamespace(
            sheet="人员",
            row=one.number + 1,
            column="身份证号",
            code="ORG-10",
            sentence=zh("{text}", text=LONG_TEXT if state == "long" else "身份证号的校验码不对。"),
        )
        for one in holders(COUNTS[state] or 1)
    ]
    return {
        "way": way(),
        "count": len(found),
        "rows": len(found),
        "kept": _KEPT,
        "faults": found,
        "pages": SimpleNamespace(first=1, last=len(found), before=None, after=None),
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("org-duty", zh("一项法定职责"), "org/duty.html", _duty),
        ("org-unit-duties", zh("单位的法定职责"), "org/unit_duties.html", _unit_duties),
        ("org-unit-bodies", zh("单位参加的机构"), "org/unit_bodies.html", _unit_bodies),
        ("org-delegation", zh("委托的经过"), "org/delegation.html", _delegation),
        ("org-delegations", zh("我的委托"), "org/delegations_own.html", _delegations),
        ("org-declarations", zh("我的申报"), "org/declarations.html", _declarations),
        ("org-importing", zh("导入组织表"), "org/importing.html", _importing),
        ("org-import-preview", zh("核对变动"), "org/import_preview.html", _preview),
        ("org-import-faults", zh("表格里的问题"), "org/import_faults.html", _faults),
    )
