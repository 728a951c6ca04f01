"""Proposing a risk: where it lies, what it is, how grave; what is alike is said at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.org.reads.own_posts import OwnPost, own_posts
from guiju.base.org.reads.staffing import staffing
from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import term_field, terms_field
from guiju.base.ui.forms import Form, data, said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import standing
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.proposals import warnings
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Channel, Dimension, Layer, Matter, RiskSpot
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.campaigns.actions.contributing import Found, propose
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.pages.frame import address, is_open, may_at, path_to, reached
from guiju.define.campaigns.policies import channels_of
from guiju.define.campaigns.reads.drafts import Draft, Spot
from guiju.define.campaigns.reads.proposals import waiting
from guiju.define.campaigns.texts import MOST_TEXT
from guiju.define.lists.models import CODE, NAME
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole

_LEADING = (LeaderLevel.HEAD, LeaderLevel.DEPUTY, LeaderLevel.MIDDLE)
_DEGREES = ((1, zh("1 低")), (2, zh("2 中")), (3, zh("3 高")))


def degree_field(label: Sentence, *, required: bool = False) -> Any:  # noqa: ANN401 - a field
    """Return a field for 1 to 3; its value is a number, or None."""
    return forms.TypedChoiceField(
        label=said(label),
        choices=[("", said(zh("不填"))), *((str(n), said(word)) for n, word in _DEGREES)],
        coerce=int,
        empty_value=None,
        required=required,
    )


class ProposeForm(Form):
    """A risk as its finder puts it."""

    power = forms.CharField(required=False, max_length=CODE, widget=forms.HiddenInput)
    spot = forms.ChoiceField(label=said(zh("在哪一步")), required=False)
    channel = forms.TypedChoiceField(
        label=said(zh("查找渠道")),
        help_text=said(zh("自己的岗位用自查；别人的岗位用互查；领导给下级提的用领导提")),
        coerce=Channel.of,
    )
    post = forms.CharField(
        label=said(zh("哪个岗位的风险")),
        max_length=NAME,
        required=False,
        widget=forms.TextInput({"list": "posts", "autocomplete": "off"}),
    )
    layer = term_field(zh("风险层面"), Layer)
    dimensions = terms_field(zh("风险类别"), Dimension, zh("从哪里来；可以多选"))
    risk_spot = term_field(zh("风险点性质"), RiskSpot, required=False, nothing=zh("不填"))
    matter = term_field(zh("事项类别"), Matter, required=False, nothing=zh("不填"))
    text = forms.CharField(
        label=said(zh("风险点")),
        help_text=said(zh("在哪一步、谁、可能怎样滥用权力。不要写人名。")),
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 2}),
    )
    manifestation = forms.CharField(
        label=said(zh("表现形式")),
        help_text=said(zh("会有什么样的苗头、怎样看得出来。不要写人名。")),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    probability = degree_field(zh("发生几率"))
    harm = degree_field(zh("危害程度"))
    grade = forms.TypedChoiceField(
        label=said(zh("自评等级")), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django's
        profile: Profile,
        spots: list[Spot],
        channels: tuple[Channel, ...],
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*args, **kwargs)
        held = {one for layer in profile.dimensions.values() for one in layer}
        layers = list(profile.dimensions)
        self._offer("spot", [("", say(zh("不在某一步，或看整项权力"))), *map(_spot, spots)])
        self._offer("channel", [(one.value, profile.channels[one]) for one in channels])
        self._offer(
            "layer", [(one.value, say(profile.layers.get(one, one.label))) for one in layers]
        )
        self._offer(
            "dimensions", [(one.value, _word(profile, one)) for one in Dimension if one in held]
        )
        grades = [(str(one), profile.grade_label(one)) for one in GRADES]
        self._offer("grade", [("", say(zh("不填"))), *grades])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what it is
        field.choices = choices

    def clean_spot(self) -> tuple[str, str]:
        """Return flow and step."""
        flow, _, step = self.cleaned_data["spot"].partition("|")
        return flow, step


def _spot(one: Spot) -> tuple[str, str]:
    post = zh("{step} {name}（{post}）", step=one.step, name=one.name, post=one.post)
    return f"{one.flow}|{one.step}", say(post)


def _word(profile: Profile, dimension: Dimension) -> str:
    words = {layer[dimension] for layer in profile.dimensions.values() if dimension in layer}
    return "／".join(sorted(words))


@needs(Permission.RISK_REPORT)
@require_http_methods(METHODS)
def proposing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Propose a risk of a power, a step or a post."""
    found = reached(request, identity)
    if not is_open(found):
        raise Http404
    draft = Draft(whole(found.edition))
    code = request.POST.get("power", request.GET.get("power", ""))
    power = draft.powers.get(code)
    if code and power is None:
        raise Http404
    mine = own_posts(standing(request).person, timezone.localdate())
    form = _form(request, found, draft, code, mine)

    def says(filled: Filled) -> list[Sentence]:
        told = warnings(filled["text"], known_to(found, draft, code, filled["post"]))
        return [*told, zh("交给编制员归并；采纳、不采纳和理由都会告诉您。")]

    def do(filled: Filled) -> None:
        wanted = Found(_risk(code, filled), filled["channel"], _role(mine, filled["post"]))
        propose(campaign=found.reference, found=wanted, by=actor_of(request), at=timezone.now())

    back = address("campaigns:answer", found)
    name = power.name if power else zh("岗位")
    act = Act(
        zh("提出风险：{what}", what=name),
        zh("提出风险"),
        zh("已提出。"),
        back,
        path_to(found, Crumb(zh("我的排查"), back), Crumb(zh("提出风险"))),
        lead=zh("写具体的一条就好，不设指标。核对那一步会说有没有相似的。"),
    )
    return acted(request, act, form, says=says, do=do)


def _risk(power: str, filled: Filled) -> Risk:
    flow, step = filled["spot"]
    return Risk(
        code="",
        power=power,
        flow=flow,
        step=step,
        layer=filled["layer"],
        post=filled["post"],
        dimensions=tuple(one for one in Dimension if one in filled["dimensions"]),
        spot=filled["risk_spot"],
        matter=filled["matter"],
        text=filled["text"],
        manifestation=filled["manifestation"],
        probability=filled["probability"],
        harm=filled["harm"],
        grade=filled["grade"],
    )


def _form(
    request: HttpRequest, campaign: Campaign, draft: Draft, power: str, mine: tuple[OwnPost, ...]
) -> ProposeForm:
    spots = draft.spots(power)
    names = {one.name for one in mine}
    own = next((one for one in spots if one.post in names), None)
    first = {
        "power": power,
        "post": request.GET.get("post", "") or (own.post if own else ""),
        "spot": f"{own.flow}|{own.step}" if own else "",
        "layer": Layer.POST.value,
    }
    return ProposeForm(
        data(request),
        profile=profile_of(campaign.edition),
        spots=spots,
        channels=allowed(request, campaign, mine),
        initial=first,
    )


def allowed(
    request: HttpRequest, campaign: Campaign, mine: tuple[OwnPost, ...]
) -> tuple[Channel, ...]:
    """Return the channels by which the reader's proposals may come; two queries."""
    held = {one.reference for one in mine}
    staffed = staffing(campaign.edition.unit.path, timezone.localdate()) if held else ()
    is_leader = any(one.reference in held and one.level in _LEADING for one in staffed)
    may_run = may_at(request, campaign, Permission.CAMPAIGN_RUN)
    known = [Channel.of(one) for one in campaign.channels]
    return channels_of(known, is_leader=is_leader, may_run=may_run)


def known_to(campaign: Campaign, draft: Draft, power: str, post: str) -> list[tuple[str, str]]:
    """Return what stands already at a power or post: risks of the draft, waiting proposals."""
    risks = [
        (str(zh("风险 {code}", code=one.code)), one.text) for one in draft.known_texts(power, post)
    ]
    same = (
        one.risk
        for one in waiting(campaign)
        if one.risk.power == power and (power or one.risk.post == post)
    )
    return [*risks, *((str(zh("已有的一条提议")), one.text) for one in same)]


def _role(mine: tuple[OwnPost, ...], about: str) -> str:
    """Return in which post the reader acts: the one that it is about, else their first."""
    names = [one.name for one in mine]
    return about if about in names else next(iter(names), "")
