"""Forms of a chain of approval and of one of its steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from guiju.base.ui.fields import term_field, terms_field, text_field
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.core.lists.chains import ApprovalChain, ChainStep
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_entries import joined, put, put_step
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import Layer
from guiju.core.lists.words_chains import ChainObject, SignAction, SignerRole
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import BodyKind
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import zh
from guiju.define.profiles.pages.parts.form import (
    MOST_TEXT,
    OrderedForm,
    code_field,
    kept,
    number_field,
    values,
)

_BODIES = (SignerRole.BODY, SignerRole.BODY_OFFICE)


class Chain(OrderedForm):
    """For what, whose, at which layer and of which rank a chain is."""

    part = ProfilePart.CHAINS
    name = text_field(zh("名称"), zh("例如：部门清单"), most=MOST_TEXT)
    code = code_field()
    objects = terms_field(zh("审什么"), ChainObject, zh("都不选的，什么都管"))
    owners = terms_field(zh("谁的"), UnitKind, zh("都不选的，哪类单位都管"))
    layers = terms_field(zh("哪个层级"), Layer, zh("都不选的，哪个层级都管"))
    ranks = terms_field(zh("哪个层次的人"), LeaderLevel, zh("都不选的，谁的都管"))
    is_separated = forms.BooleanField(label=said(zh("同一人只能签一步")), required=False)
    source = text_field(zh("出处"), most=MOST_TEXT, required=False)

    def shown(self) -> dict[str, Any]:
        if self.at is None:
            return {}
        held = self.profile.chains[self.at]
        return {
            "name": held.name,
            "code": held.code,
            "objects": values(held.objects),
            "owners": values(held.owners),
            "layers": values(held.layers),
            "ranks": values(held.ranks),
            "is_separated": held.is_separated,
            "source": held.source,
            "order": self.at + 1,
        }

    def changed(self) -> Profile:
        got = self.cleaned_data
        held = ApprovalChain(code="", name="") if self.at is None else self.profile.chains[self.at]
        made = replace(
            held,
            name=got["name"],
            code=self.code,
            objects=kept(held.objects, got["objects"]),
            owners=kept(held.owners, got["owners"]),
            layers=kept(held.layers, got["layers"]),
            ranks=kept(held.ranks, got["ranks"]),
            is_separated=got["is_separated"],
            source=got["source"],
        )
        return put(self.profile, self.part, self.at, made, self.to)


class Step(OrderedForm):
    """One step of a chain: what it is called, who signs as what, in which time."""

    part = ProfilePart.CHAINS
    name = text_field(zh("名称"), zh("例如：县政府常务会议批准"), most=MOST_TEXT)
    action = term_field(zh("做什么"), SignAction)
    role = term_field(zh("谁来签"), SignerRole, zh("具体是谁，到那一天按组织里的任职和机构找"))
    bodies = terms_field(zh("哪类机构"), BodyKind, zh("选了集体机构或机构的办公室时填"))
    is_above = forms.BooleanField(label=said(zh("先到上级单位去找这个机构")), required=False)
    duty = term_field(
        zh("哪项法定职责"),
        StatutoryDuty,
        zh("选了法定职责承担单位时填"),
        required=False,
        nothing=zh("不涉及"),
    )
    is_joined = forms.BooleanField(label=said(zh("与前一步同时审签")), required=False)
    limit = number_field(zh("几个工作日办完"), 1, 250)
    needs_all = forms.BooleanField(label=said(zh("被请的人都要签")), required=False)

    @property
    def step_at(self) -> int | None:
        """Where the step stands in its chain; None for a new one."""
        return self.place[1] if len(self.place) > 1 else None

    def shown(self) -> dict[str, Any]:
        if self.step_at is None:
            return {"limit": 5}
        held = self.profile.chains[self.place[0]].steps[self.step_at]
        return {
            "name": held.name,
            "action": held.action.value,
            "role": held.role.value,
            "bodies": values(held.bodies),
            "is_above": held.is_above,
            "duty": held.duty.value if held.duty else "",
            "is_joined": joined(self.profile.chains[self.place[0]].steps)[self.step_at],
            "limit": held.limit,
            "needs_all": held.needs_all,
            "order": self.step_at + 1,
        }

    def clean(self) -> None:
        """Want to know which body or which duty, where one signs."""
        role = self.cleaned_data.get("role")
        if role in _BODIES and not self.cleaned_data.get("bodies"):
            self.add_error("bodies", ValidationError(say(zh("请选哪类机构。"))))
        if role is SignerRole.DUTY and not self.cleaned_data.get("duty"):
            self.add_error("duty", ValidationError(say(zh("请选哪项法定职责。"))))

    def changed(self) -> Profile:
        got, role = self.cleaned_data, self.cleaned_data["role"]
        steps, at = self.profile.chains[self.place[0]].steps, self.step_at
        before = () if at is None else steps[at].bodies
        step = ChainStep(
            name=got["name"],
            action=got["action"],
            role=role,
            bodies=kept(before, got["bodies"]) if role in _BODIES else (),
            is_above=got["is_above"] and role in _BODIES,
            duty=got["duty"] if role is SignerRole.DUTY else None,
            limit=got["limit"],
            needs_all=got["needs_all"],
        )
        return put_step(
            self.profile,
            self.place[0],
            self.step_at,
            replace(step, group="" if at is None else steps[at].group),
            is_joined=got["is_joined"],
            to=self.to,
        )
