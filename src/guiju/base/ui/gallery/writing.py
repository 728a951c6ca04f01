"""The parts of ``base.ui`` in the gallery, those that read and those that write."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from guiju.base.ui import lists
from guiju.base.ui.confirming import Confirmation
from guiju.base.ui.forms import Form, refuse, said
from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, UNITS, Holder, holders
from guiju.base.ui.list_state import read_state
from guiju.base.ui.sources import AtHand
from guiju.base.ui.tables import BulkAction, Column, Filter, Sort, Table
from guiju.core.errors import Conflict, Invalid
from guiju.core.sentence import zh

AT = date(2026, 11, 25)
COUNTS = {"empty": 0, "typical": 12, "long": 6, "many": 200, "error": 12, "forbidden": 12}


def gallery_table(*, may_act: bool) -> Table[Holder]:
    """Return a list of made-up people."""
    return Table(
        name=zh("人员"),
        columns=(
            Column(
                "name",
                zh("姓名"),
                lambda row: row.name,
                sort=Sort("name"),
                link=lambda _: reverse("ui:exhibit", args=["sheet"]),
            ),
            Column("unit", zh("单位"), lambda row: row.unit, sort=Sort("unit")),
            Column("post", zh("岗位"), lambda row: row.post, sort=Sort("post")),
            Column("since", zh("任职起"), lambda row: row.since, sort=Sort("since", date)),
            Column(
                "matters",
                zh("办件"),
                lambda row: row.matters,
                sort=Sort("matters", int),
                is_numeric=True,
            ),
            Column("state", zh("状态"), lambda row: row.state),
            Column(
                "number", zh("编号"), lambda row: row.number, Sort("number", int), is_shown=False
            ),
        ),
        sort="name",
        identity=lambda row: str(row.number),
        filters=(
            Filter("q", zh("姓名"), hint=zh("姓名中的几个字")),
            Filter("in", zh("单位"), tuple((unit, unit) for unit in UNITS)),
            Filter("from", zh("任职起"), is_period=True),
        ),
        actions=(BulkAction("ui:gallery", zh("提醒所选人员")),) if may_act else (),
        empty=zh("还没有人员。导入组织表，或逐个新增，就会列在这里。"),
    )


def show_list(request: HttpRequest, state: str) -> Shown:
    """Show a list; its address can be played with."""
    table = gallery_table(may_act=state != "forbidden")
    if state == "error":
        try:
            read_state(QueryDict("sort=age"), table)
        except Invalid as refusal:
            return {"refusal": refusal}
    wanted = read_state(request.GET, table)
    name, unit = wanted.filters.get("q", ""), wanted.filters.get("in", "")
    since, until = wanted.period("from").days(AT)
    found = [
        row
        for row in holders(COUNTS[state], is_long=state == "long")
        if name in row.name
        and unit in {"", row.unit}
        and (since or row.since) <= row.since <= (until or row.since)
    ]
    source = AtHand(found, number=lambda row: row.number)
    return {
        "listed": lists.present(
            request, table=table, state=wanted, source=source, may_export=state != "forbidden"
        )
    }


class _Example(Form):
    name = forms.CharField(label=said(zh("姓名")), max_length=20)
    unit = forms.ChoiceField(
        label=said(zh("单位")), choices=[("", "—"), *((unit, unit) for unit in UNITS)]
    )
    since = forms.DateField(
        label=said(zh("任职起")),
        help_text=said(zh("任命文件上的日期。")),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label=said(zh("任职方式")),
        choices=[
            ("full", said(zh("任职"))),
            ("acting", said(zh("主持工作"))),
            ("side", said(zh("兼任"))),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=said(zh("说明")),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_key = forms.BooleanField(label=said(zh("重点岗位")), required=False)


def show_form(_request: HttpRequest, state: str) -> Shown:
    """Show a form."""
    filled = {"name": "周晓岚", "unit": "教育局", "since": "2024-03-01", "kind": "full"}
    if state == "error":
        wrong = {"name": "周" * 23, "unit": "", "since": "", "kind": "full"}
        form = _Example(wrong)
        form.is_valid()
        sentence = zh("「{unit}」的局长已经有人担任。请先办理免职。", unit="教育局")
        refuse(form, Conflict("GALLERY-01", sentence))
        return {"form": form}
    if state == "forbidden":
        return {"is_forbidden": True}
    if state == "long":
        filled |= {"reason": LONG_TEXT}
    form = _Example(initial={} if state == "empty" else filled)
    if state in {"long", "many"}:
        units = (
            [LONG_UNIT] if state == "long" else [f"{unit}{n}" for unit in UNITS for n in range(34)]
        )
        field = form.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit, unit) for unit in units[:200]]
    return {"form": form}


def show_confirmation(_request: HttpRequest, state: str) -> Shown:
    """Show the step before an act that is not taken back."""
    if state == "error":
        refusal = Conflict("GALLERY-02", zh("刚才已有人停用了这些账号。请回到列表刷新后再看。"))
        return {"refusal": refusal}
    if state == "forbidden":
        return {"is_forbidden": True}
    people = holders(COUNTS[state], is_long=state == "long")
    asked = Confirmation(
        heading=zh("停用这些账号？"),
        verb=zh("停用 {count} 个账号", count=len(people)),
        consequences=(
            zh("立即退出登录，不能再登录；办过的事和记录都保留。"),
            zh("他们手上的 {count} 件待办转给各自的替补人，时限不变。", count=len(people) * 2),
        ),
        back=reverse("ui:gallery"),
        things=tuple(f"{row.name} · {row.unit}" for row in people),
        is_grave=True,
    )
    return {"asked": asked}


def add_exhibits() -> None:
    """Put the parts that lists and forms are made of into the gallery."""
    add_exhibit(Exhibit("list", zh("列表"), "ui/parts/list.html", show_list))
    add_exhibit(Exhibit("form", zh("表单"), "ui/gallery/form.html", show_form))
    add_exhibit(Exhibit("confirm", zh("确认"), "ui/parts/asked.html", show_confirmation))
