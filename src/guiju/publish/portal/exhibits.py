"""The portal's screens in the gallery, over made-up editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from guiju.base.ui.forms import refuse
from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, UNITS
from guiju.core.lists.powers import Power
from guiju.core.lists.words import Audience, EditionState, ItemKind, PowerKind
from guiju.core.lists.words_chains import ObjectionState
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.define.approval.reads.objections import ObjectionShown
from guiju.define.lists.models import Edition
from guiju.define.views.exhibits import found_sheet
from guiju.exchange.profile_files import built_in
from guiju.publish.portal.models import Issue
from guiju.publish.portal.pages.answers import (
    CodeForm,
    answer_context,
    no_such_code,
    too_many_questions,
)
from guiju.publish.portal.pages.changes import changes_context
from guiju.publish.portal.pages.data import LICENCE
from guiju.publish.portal.pages.edition import edition_context
from guiju.publish.portal.pages.first import first_context
from guiju.publish.portal.pages.objecting import ObjectionForm, too_often
from guiju.publish.portal.pages.power import power_context
from guiju.publish.portal.pages.proof import proof_context
from guiju.publish.portal.pages.search import search_context
from guiju.publish.portal.pages.shown import listed
from guiju.publish.portal.reads.found import Found
from guiju.publish.portal.reads.powers import PowerPage, withheld_words

DAY = date(2026, 11, 25)
BUREAU = built_in("bureau")
_AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_NAMES = (
    "食品经营许可",
    "户外广告设置许可",
    "占用城市道路许可",
    "违法建设处罚",
    "最低生活保障给付",
)
_KINDS = (*(PowerKind.LICENCE,) * 3, PowerKind.PENALTY, PowerKind.PAYMENT)
_STATES = {"error": EditionState.SUPERSEDED, "forbidden": EditionState.PUBLIC_NOTICE}
_EXEMPT = "《政府信息公开条例》第十五条：涉及商业秘密"


def _issue(state: str, number: int = 1, stands: EditionState | None = None) -> Issue:
    """Return a made-up edition; in an error it is superseded, forbidden it is in notice."""
    unit_of: Any = Edition._meta.get_field("unit").related_model
    name = LONG_UNIT if state == "long" else f"示例县{UNITS[number % len(UNITS)]}"
    unit = unit_of(number=number, reference=f"unit:{UUID(int=number)}", name=name, path="1/")
    edition = Edition(
        number=number,
        reference=f"edition:{UUID(int=number)}",
        unit=unit,
        ordinal=2,
        profile="bureau",
        title=f"{name}权力清单",
        state=(stands or _STATES.get(state, EditionState.EFFECTIVE)).value,
        valid_from=date(2026, 9, 1),
        changed_at=_AT,
    )
    powers = _powers(state)
    kinds = list(dict.fromkeys(one.kind for one in powers))
    is_noticed = edition.state == EditionState.PUBLIC_NOTICE.value
    return Issue(
        number=number,
        edition=edition,
        state=edition.state,
        digest="9f2c4e1b7a5d8036" * 4,
        head={"unit": unit.reference, "unit_name": name, "title": edition.title, "ordinal": 2},
        groups=[[kind, "", sum(one.kind == kind for one in powers)] for kind in kinds],
        withheld=[] if state == "empty" else _withheld(state),
        changes=_changes(state),
        event=UUID(int=number),
        effect=None if is_noticed else UUID(int=number + 1),
        published_at=_AT,
        notice_from=DAY - timedelta(days=3) if is_noticed else None,
        notice_to=DAY + timedelta(days=4) if is_noticed else None,
    )


def _powers(state: str) -> list[Power]:
    count = {"empty": 0, "many": 200}.get(state, 5)
    return [
        Power(
            code=f"GJ-{number:04}",
            name=LONG_TEXT[:90] if state == "long" else _NAMES[number % 5],
            kind=_KINDS[number % 5].value,
            office=LONG_UNIT if state == "long" else "行政审批股",
            conditions=LONG_TEXT if state == "long" else "有固定场所，从业人员持健康证明",
        )
        for number in range(count)
    ]


def _withheld(state: str) -> list[dict[str, object]]:
    reason = LONG_TEXT if state == "long" else _EXEMPT
    return [
        {
            "kind": ItemKind.POWER.value,
            "audience": None,
            "reason": reason,
            "review_date": "2027-11-01",
        },
        {
            "kind": ItemKind.RISK.value,
            "audience": Audience.SYSTEM.value,
            "reason": "",
            "review_date": None,
            "count": 12,
        },
    ]


def _changes(state: str) -> list[list[object]]:
    kind = ItemKind.POWER.value
    found: list[list[object]] = []
    for one in _powers(state):
        after = replace(one, office="政务服务股", boundary="限于县城规划区之内")
        found.append([kind, plain(one), plain(after)])
    return [*found, [kind, None, found[0][2]], [kind, found[0][1], None]] if found else []


def _first(_request: HttpRequest, state: str) -> Shown:
    count = {"empty": 0, "many": 200}.get(state, 6)
    noticed = EditionState.PUBLIC_NOTICE
    issues = [
        _issue(state, number, noticed if number % 3 == 2 else EditionState.EFFECTIVE)
        for number in range(1, count + 1)
    ]
    return first_context(issues, DAY)


def _search(_request: HttpRequest, state: str) -> Shown:
    unit = LONG_UNIT if state == "long" else "示例县市场监督管理局"
    rows = [Found(one, unit, f"edition:{UUID(int=1)}") for one in _powers(state)]
    question = "" if state == "forbidden" else "开餐馆要什么手续"
    return search_context(question, [] if state in {"error", "forbidden"} else rows)


def _edition(_request: HttpRequest, state: str) -> Shown:
    issue = _issue(state)
    others = [_issue(state, 2, EditionState.SUPERSEDED)]
    page = PowerPage(tuple(_powers(state)[:100]), 99 if state == "many" else None)
    sealed = {"published": 41_207, "effective": None if state == "empty" else 41_206}
    shown = edition_context(issue, page, others, DAY)
    return shown | {"kind": "", "after": -1, "sealed": sealed}


def _power(_request: HttpRequest, state: str) -> Shown:
    return power_context(_issue(state), found_sheet(state).sheet, BUREAU, DAY)


def _changed(_request: HttpRequest, state: str) -> Shown:
    return changes_context(_issue(state), BUREAU, DAY)


def _proof(_request: HttpRequest, state: str) -> Shown:
    waiting = state == "empty"
    sealed = {"published": None if waiting else 41_207, "effective": None if waiting else 41_206}
    return proof_context(listed(_issue(state), DAY), sealed)


def _data(_request: HttpRequest, state: str) -> Shown:
    count = {"empty": 0, "many": 200}.get(state, 3)
    rows = [listed(_issue(state, number), DAY) for number in range(1, count + 1)]
    return {"rows": rows, "licence": LICENCE}


def _answer(_request: HttpRequest, state: str) -> Shown:
    is_open = state == "empty"
    found = ObjectionShown(
        reference=f"objection:{UUID(int=1)}",
        code="7KQ2M9XWP4AB",
        text=LONG_TEXT if state == "long" else "时限比邻县长一倍，请说明理由。",
        has_contact=False,
        state=ObjectionState.OPEN if is_open else ObjectionState.DISMISSED,
        at=_AT,
        answer="" if is_open else zh("（已依法删除）") if state == "error" else LONG_TEXT,
        answered_by="" if is_open else f"person:{UUID(int=1)}",
        answered_at=None if is_open else _AT + timedelta(days=2),
    )
    return answer_context(found)


def _object(_request: HttpRequest, state: str) -> Shown:
    """Long and many, all of it was filled and something refused; forbidden, too much was sent."""
    one = listed(_issue(state, stands=EditionState.PUBLIC_NOTICE), DAY)
    text = {"error": "", "long": LONG_TEXT, "many": LONG_TEXT * 15, "forbidden": LONG_TEXT}
    filled = {"text": text.get(state, ""), "name": LONG_UNIT, "contact": LONG_TEXT[:50]}
    form = ObjectionForm(filled if state in text else None)
    if state == "typical":
        form = ObjectionForm(initial={"text": "时限比邻县长一倍，请说明理由。"})
    if state == "forbidden":
        refuse(form, too_often())
    return {"one": one, "form": form}


def _receipt(_request: HttpRequest, state: str) -> Shown:
    one = listed(_issue(state, stands=EditionState.PUBLIC_NOTICE), DAY)
    return {"one": one, "code": "7KQ2M9XWP4AB"}


def _ask(_request: HttpRequest, state: str) -> Shown:
    """Long, more was typed than a code has; many, the question came too often."""
    typed = {"error": "", "long": LONG_TEXT, "forbidden": "7KQ2M9XWP4A8", "many": "7KQ2M9XWP4AB"}
    form = CodeForm({"code": typed[state]} if state in typed else None)
    if state == "typical":
        form = CodeForm(initial={"code": "7KQ2M9XWP4AB"})
    if state == "forbidden":
        refuse(form, no_such_code(), field="code")
    if state == "many":
        refuse(form, too_many_questions(), field="code")
    return {"form": form}


def _gone(_request: HttpRequest, state: str) -> Shown:
    was = {"empty": None, "error": EditionState.DRAFT}.get(state, EditionState.SUSPENDED)
    why = withheld_words(None, LONG_TEXT if state == "long" else "涉及国家安全")
    return {
        "was": was,
        "is_stopped": was is EditionState.SUSPENDED,
        "why": why if state in {"long", "forbidden"} else None,
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, template, show in (
        ("portal-first", zh("公开：首页"), "portal/first.html", _first),
        ("portal-search", zh("公开：查找"), "portal/search.html", _search),
        ("portal-edition", zh("公开：一版清单"), "portal/edition.html", _edition),
        ("portal-power", zh("公开：一项权力"), "portal/power.html", _power),
        ("portal-changes", zh("公开：与上一版比较"), "portal/changes.html", _changed),
        ("portal-proof", zh("公开：核对一版"), "portal/proof.html", _proof),
        ("portal-data", zh("公开：开放数据"), "portal/data.html", _data),
        ("portal-object", zh("公开：提意见"), "portal/object.html", _object),
        ("portal-receipt", zh("公开：意见已收到"), "portal/receipt.html", _receipt),
        ("portal-ask", zh("公开：查答复"), "portal/ask.html", _ask),
        ("portal-answer", zh("公开：一件答复"), "portal/answer.html", _answer),
        ("portal-gone", zh("公开：已撤下"), "portal/gone.html", _gone),
    ):
        add_exhibit(Exhibit(name, label, template, show, is_screen=True))
