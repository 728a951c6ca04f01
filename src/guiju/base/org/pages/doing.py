"""What the reader may do with a unit, post, person or body: the buttons on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

Opens = Callable[[Iterable[str], Scope], frozenset[str]]
"""Tells which of some things lie in a scope."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that may be done with a thing.

    Attributes:
        label: the button: verb and object.
        view: its form.
        permission: what it asks for, where the thing lies.
        is_grave: set apart in red.
    """

    label: Sentence
    view: str
    permission: Permission
    is_grave: bool = False


UNIT = (
    Deed(zh("设立下级单位"), "org:unit_founding", Permission.ORG_EDIT),
    Deed(zh("设立岗位"), "org:post_founding", Permission.ORG_EDIT),
    Deed(zh("登记人员"), "org:person_entering", Permission.PERSON_EDIT),
    Deed(zh("设立机构"), "org:body_founding", Permission.BODY_EDIT),
    Deed(zh("更正登记"), "org:unit_changing", Permission.ORG_EDIT),
    Deed(zh("改名"), "org:unit_renaming", Permission.ORG_EDIT),
    Deed(zh("划转单位"), "org:unit_moving", Permission.ORG_EDIT),
    Deed(zh("选择界面"), "org:unit_shell", Permission.ORG_EDIT),
    Deed(zh("合并单位"), "org:unit_merging", Permission.ORG_EDIT, is_grave=True),
    Deed(zh("分设单位"), "org:unit_splitting", Permission.ORG_EDIT, is_grave=True),
    Deed(zh("撤销单位"), "org:unit_dissolving", Permission.ORG_EDIT, is_grave=True),
)
POST = (
    Deed(zh("办理任职"), "org:appointing", Permission.APPOINT),
    Deed(zh("结束任职、收回委托"), "org:post_current", Permission.APPOINT),
    Deed(zh("替任职人委托"), "org:delegating_for", Permission.DELEGATE),
    Deed(zh("更正登记"), "org:post_changing", Permission.ORG_EDIT),
    Deed(zh("撤销岗位"), "org:post_abolishing", Permission.ORG_EDIT, is_grave=True),
)
PERSON = (
    Deed(zh("更正登记"), "org:person_changing", Permission.PERSON_EDIT),
    Deed(zh("查阅密封信息"), "org:opening", Permission.SEALED_READ),
    Deed(zh("办理离任"), "org:person_leaving", Permission.PERSON_EDIT, is_grave=True),
)
BODY = (
    Deed(zh("增加成员"), "org:member_adding", Permission.BODY_EDIT),
    Deed(zh("办理成员退出"), "org:members_now", Permission.BODY_EDIT),
    Deed(zh("更正登记"), "org:body_changing", Permission.BODY_EDIT),
    Deed(zh("撤销机构"), "org:body_dissolving", Permission.BODY_EDIT, is_grave=True),
)


def buttons(
    request: HttpRequest, deeds: Iterable[Deed], reference: str, opens: Opens
) -> list[tuple[Deed, str]]:
    """Return what the reader may do with a thing, each with its address.

    Whether the thing lies in a scope is asked once for each scope that is not empty.
    """
    inside: dict[Scope, bool] = {}
    offered = []
    for deed in deeds:
        scope = scope_of(request, deed.permission)
        if scope not in inside:
            inside[scope] = bool(scope) and reference in opens([reference], scope)
        if inside[scope]:
            offered.append((deed, reverse(deed.view, args=[reference.partition(":")[2]])))
    return offered
