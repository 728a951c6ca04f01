"""交办任务: one sentence to the holders of posts, or to people, with a limit in working days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.inbox.actions.asking import Asked, Chosen, ask_all, holders_of_chosen
from guiju.base.inbox.asked import Holder, Link
from guiju.base.inbox.clock import due_words
from guiju.base.inbox.people import names_of
from guiju.base.inbox.policies import MOST_BEFORE, reminder_days
from guiju.base.inbox.working_days import calendar_now, due_at
from guiju.base.org.pages.acting import acted
from guiju.base.org.pages.choosing import Chosen as ChosenField
from guiju.base.org.pages.choosing import Found, find_people, find_posts
from guiju.base.org.pages.reaching import today
from guiju.base.record.actor import actor_of
from guiju.base.ui import dates
from guiju.base.ui.acting import METHODS, Act, Filled
from guiju.base.ui.forms import Form, data, refuse, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.errors import Refusal
from guiju.core.flow.model import Limit
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import LimitUnit, Permission

MOST_AT_ONCE = 50
"""Posts and people that are asked by one form."""

_MOST_DAYS = 250
_MOST_BEGUN = 200
_BEFORE = (1, 2, 3, 5, MOST_BEFORE)


class _Many(ChosenField):
    """Posts and people, one a line, by name or code."""

    widget = forms.Textarea  # type: ignore[assignment]

    def look_in(self, scope: Scope, on: Any) -> None:  # noqa: ANN401 - a day, as the other's
        """Look things up there."""
        self.scope, self.on = scope, on

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - as Django's
        """Return what each line means.

        Raises:
            ValidationError: for a line that means nothing, or several things; for too many.
        """
        lines = [" ".join(line.split()) for line in str(value or "").splitlines()]
        wanted = list(dict.fromkeys(filter(None, lines)))
        if not wanted:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(wanted) > MOST_AT_ONCE:
            raise ValidationError(
                say(zh("一次最多交办 {most} 个岗位或人员。请分几次交办。", most=MOST_AT_ONCE))
            )
        return [self._the_only(text, self._matches(text)) for text in wanted]


def _find(scope: Scope, on: Any, search: str, most: int) -> list[Found]:  # noqa: ANN401 - as above
    return [*find_posts(scope, on, search, most), *find_people(scope, on, search, most)]


def says_field(label: Sentence, hint: Sentence) -> forms.CharField:
    """Return the field for one sentence that says what is to be done."""
    return forms.CharField(
        label=said(label),
        help_text=said(hint),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def days_field() -> forms.IntegerField:
    """Return the field for how many working days something may take."""
    return forms.IntegerField(
        label=said(zh("时限（工作日）")),
        help_text=said(zh("从今天起算，今天不计。下一步显示到期日。")),
        min_value=1,
        max_value=_MOST_DAYS,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


def before_field() -> forms.TypedChoiceField:
    """Return the field for when to remind before the last day."""
    return forms.TypedChoiceField(
        label=said(zh("提前提醒")),
        choices=[(str(n), said(zh("到期前 {count} 个工作日", count=n))) for n in _BEFORE],
        coerce=int,
        initial="1",
    )


class AssignForm(Form):
    """Who should do what until when."""

    to = _Many(
        _find,
        label=said(zh("交给哪些岗位或人员")),
        help_text=said(zh("每行一个，写名称或编号。写岗位的，由今天的任职人办理。")),
    )
    says = says_field(zh("办什么"), zh("一句话，写清要办的事。尽量不写人名。"))
    link = forms.CharField(
        label=said(zh("在哪一页办理")),
        help_text=said(zh("从地址栏复制本系统的网址；不写的，在工作台办结。")),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    days = days_field()
    before = before_field()

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.look_in(scope, today())
        field.widget.attrs |= {"rows": 4, "autocomplete": "off", "spellcheck": "false"}

    def clean_link(self) -> Link | None:
        """Return the page that an address of our own opens."""
        return _link(self.cleaned_data["link"])

    def clean(self) -> None:
        """Find who holds the posts today; a vacant one stands beside the field."""
        chosen = self.cleaned_data.get("to")
        if chosen is None:
            return
        found = [Chosen(one.reference, one.name) for one in chosen]
        try:
            self.cleaned_data["holders"] = holders_of_chosen(found, on=today())
        except Refusal as refusal:
            refuse(self, refusal, field="to")


def _begun(request: HttpRequest) -> dict[str, str]:
    """Return what a page that leads here has written already: what is to be done, and where."""
    return {name: request.GET.get(name, "")[:_MOST_BEGUN] for name in ("says", "link")}


def _link(text: str) -> Link | None:
    path = text.strip()
    if "://" in path:
        path = "/" + path.partition("://")[2].partition("/")[2]
    path = path.partition("?")[0].partition("#")[0]
    if not path:
        return None
    try:
        match = resolve(path)
    except Resolver404:
        raise ValidationError(
            say(zh("「{text}」不是本系统里的页面。请打开那一页，再从地址栏复制。", text=text[:60]))
        ) from None
    arguments = (*match.args, *match.kwargs.values())
    return Link(match.view_name, tuple(map(str, arguments)))


@needs(Permission.TASK_ASSIGN)
@require_http_methods(METHODS)
def assigning(request: HttpRequest) -> HttpResponse:
    """Ask several people for something; the last day is shown before it is sent."""
    now = timezone.now()
    scope = scope_of(request, Permission.TASK_ASSIGN)
    form = AssignForm(data(request), initial=_begun(request), scope=scope)

    def says(filled: Filled) -> list[Sentence]:
        return [*_to_whom(filled["holders"], now), *until_when(filled, now)]

    def do(filled: Filled) -> None:
        asked = Asked(
            filled["says"],
            filled["holders"],
            Limit(filled["days"], LimitUnit.WORKING_DAYS),
            filled["before"],
            filled["link"],
        )
        ask_all(asked, key=form.key, by=actor_of(request), at=now)

    back = reverse("inbox:assigned")
    act = Act(
        zh("交办任务"), zh("交办"), zh("已交办。"), back, (Crumb(zh("我交办的"), back),),
        lead=zh("写一句话，选岗位或人员，定时限。办理人在工作台看到，到期前后自动提醒。"),
    )  # fmt: skip
    return acted(request, act, form, says=says, do=do)


def _to_whom(holders: Iterable[Holder], now: datetime) -> list[Sentence]:
    found = list(holders)
    named = names_of({name for one in found for name in (one.person, one.post)}, at=now)
    shown = [
        zh("{name}（{post}）", name=named[one.person], post=named[one.post])
        if one.post
        else zh("{name}", name=named[one.person])
        for one in found
    ]
    return [
        zh("交给 {count} 人办理：{people}。", count=len(found), people=listing(shown, most=50)),
    ]


def until_when(filled: Filled, now: datetime) -> list[Sentence]:
    """Say on which day a limit of ``days`` ends, and who is reminded when."""
    calendar = calendar_now()
    due, provisional = due_at(calendar, now, Limit(filled["days"], LimitUnit.WORKING_DAYS))
    last = timezone.localtime(due)
    until = zh("时限 {days} 个工作日，{due} 到期。", days=filled["days"], due=due_words(last))
    days = reminder_days(last.date(), filled["before"], calendar)
    reminded = [zh("{day}", day=dates.day(one)) for one in days if one > today()]
    told = zh(
        "{days}提醒办理人；超期后继续提醒，超期 2 个工作日报其上级督办。", days=listing(reminded)
    )
    return [until, *([_PROVISIONAL] if provisional else []), told]


_PROVISIONAL = zh("到期日暂按周末推算：该年的节假日通知还没有载入，载入后重新推算。")
