"""What is done with chosen items of a table at once: removing them, filling one field of all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.forms import Form, said
from guiju.base.ui.language import say
from guiju.base.ui.lists import chosen
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.lists.fields import label
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission
from guiju.define.lists.actions import several
from guiju.define.lists.entering import Desk
from guiju.define.lists.models import Edition
from guiju.define.lists.pages import undoing
from guiju.define.lists.pages.editing import desk_of, reached_draft
from guiju.define.lists.pages.frame import address, way
from guiju.define.lists.pages.table import kind_of
from guiju.define.lists.reads.items import items_with
from guiju.exchange.lists.fields import FIELDS

_NAMED = 6


class _Codes(forms.MultipleChoiceField):
    """Any codes; those that nothing bears any more are found out by whoever reads them."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, _value: str) -> bool:
        return True


class ChosenForm(Form):
    """The chosen items."""

    chosen = _Codes()


class FillForm(ChosenForm):
    """Which field, and what is to stand there in all chosen items."""

    path = forms.ChoiceField(label=said(zh("哪一栏")))
    text = forms.CharField(
        label=said(zh("统一填成")),
        help_text=said(
            zh("和表格里一样写，如「股室岗位」「20个工作日」「2026-11-21」；留空就清空")
        ),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's
        desk: Desk,
        items: list[Item],
        path: str = "",
        **kwargs: Any,  # noqa: ANN401 - as Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        self.desk, self.items, self.made = desk, items, list[Item]()
        kind = items[0].item_kind if items else ItemKind.POWER
        field: Any = self.fields["path"]
        field.choices = [
            (one.path, said(_label(kind, one.path)))
            for one in FIELDS[kind]
            if one.path != "code" and path in ("", one.path)
        ]

    def clean(self) -> None:
        """Type the text into every chosen item."""
        path, text = self.cleaned_data.get("path"), self.cleaned_data.get("text", "")
        if not path:
            return
        for item in self.items:
            entered = self.desk.enter(item, {path: text})
            if entered.faults:
                why = next(iter(entered.faults.values()))
                told = zh("「{code}」：{why}", code=item.code, why=why)
                self.add_error("text", ValidationError(say(told)))
                return
            self.made.append(entered.item)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def filling(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """Fill one field of all chosen items."""
    found, of = reached_draft(request, identity), kind_of(kind)
    codes = chosen(request)
    back = address("lists:table", found, of.value)
    return filled_in(request, found, of, codes, sent_as=codes, back=back)


def filled_in(  # noqa: PLR0913 - what is filled, and where it leads
    request: HttpRequest,
    found: Edition,
    of: ItemKind,
    codes: Sequence[str],
    *,
    sent_as: Sequence[str],
    back: str,
    path: str = "",
) -> HttpResponse:
    """Show the form that fills one field of several items, ask, or fill it.

    Args:
        request: what is being answered.
        found: the draft.
        of: the table.
        codes: of the items.
        sent_as: how the form names them.
        back: where it leads.
        path: of the field that is to be filled; empty where any may.
    """
    items = list(items_with(found, of, codes).values())
    desk = desk_of(request, found)
    desk.learn(items)
    sent = request.POST if "path" in request.POST else None
    begins = {"chosen": list(sent_as), "path": path}
    form = FillForm(sent, desk=desk, items=items, path=path, initial=begins)
    act = Act(
        zh("统一填写 {count} 项{kind}", count=len(items), kind=of.label),
        zh("统一填写"),
        zh("已统一填写。"),
        back,
        _way(found, of, Crumb(zh("统一填写一栏"))),
        lead=_named(items),
    )

    def do(_filled: Filled) -> None:
        several.put_items(
            edition=found.reference,
            items=form.made,
            revision=found.revision,
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=partial(_filling, of, len(items)), do=do)


def _filling(of: ItemKind, count: int, filled: Filled) -> list[Sentence]:
    text, field = str(filled["text"]).strip(), _label(of, filled["path"])
    if not text:
        return [zh("清空这 {count} 项的「{field}」。", count=count, field=field)]
    return [
        zh("这 {count} 项的「{field}」都写成「{text}」，原来写的不再保留。",
           count=count, field=field, text=text[:80])
    ]  # fmt: skip


@needs(Permission.LISTS_EDIT)
@require_POST
def removing(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """Remove the chosen items; the next page offers to put them back."""
    found, of = reached_draft(request, identity), kind_of(kind)
    codes = chosen(request)
    items = list(items_with(found, of, codes).values())
    form = ChosenForm(request.POST)
    act = Act(
        zh("删除 {count} 项{kind}", count=len(items), kind=of.label),
        zh("删除所选"),
        zh("已删除 {count} 项。", count=len(items)),
        address("lists:table", found, of.value),
        _way(found, of, Crumb(zh("删除所选"))),
        is_grave=True,
    )
    gone: list[Item] = []

    def says(_filled: Filled) -> list[Sentence]:
        return [
            _named(items),
            zh("写着它们编码的依据、风险等不会一起删去，检查会指出来。"),
        ]

    def do(_filled: Filled) -> None:
        gone.extend(
            several.remove_items(
                edition=found.reference,
                kind=of,
                codes=[one.code for one in items],
                revision=None,
                by=actor_of(request),
                at=timezone.now(),
            )
        )

    answer = acted(request, act, form, says=says, do=do)
    if gone:
        add_toast(request, answer, act.done, undo=undoing.keep(request, found, gone))
    return answer


def _named(items: list[Item]) -> Sentence:
    return zh("所选：{names}", names=listing((one.title or one.code for one in items), most=_NAMED))


def _label(kind: ItemKind, path: str) -> Sentence:
    found = label(kind, path)
    return found if isinstance(found, Sentence) else zh("{name}", name=found)


def _way(edition: Edition, kind: ItemKind, last: Crumb) -> tuple[Crumb, ...]:
    table = Crumb(kind.label, address("lists:table", edition, kind.value))
    return way(edition, table, last)
