"""Suspending, resuming and repealing an edition in use."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.forms import data
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.words import EditionState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.approval.actions import effect
from guiju.define.approval.pages.deciding import ReasonForm
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, full_name, reached, way

_Do = Callable[..., None]


def is_effective(edition: Edition) -> bool:
    """Tell whether an edition may be suspended."""
    return edition.state == EditionState.EFFECTIVE.value


def is_suspended(edition: Edition) -> bool:
    """Tell whether an edition may be resumed."""
    return edition.state == EditionState.SUSPENDED.value


def is_in_use(edition: Edition) -> bool:
    """Tell whether an edition may be repealed."""
    return is_effective(edition) or is_suspended(edition)


@needs(Permission.LISTS_SUSPEND)
@require_http_methods(METHODS)
def suspending(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Suspend an edition."""
    says = zh("这一版暂停使用，到恢复为止；办件不能再按它办理。")
    return _page(request, identity, zh("暂停"), says, effect.suspend, is_effective)


@needs(Permission.LISTS_SUSPEND)
@require_http_methods(METHODS)
def resuming(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Put an edition into use again."""
    says = zh("这一版恢复使用，今天起照它办理。")
    return _page(request, identity, zh("恢复"), says, effect.resume, is_suspended)


@needs(Permission.LISTS_SUSPEND)
@require_http_methods(METHODS)
def repealing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Repeal an edition."""
    says = zh("这一版今天起废止，不能恢复；本单位在新版生效以前没有可用的清单。")
    return _page(request, identity, zh("废止"), says, effect.repeal, is_in_use)


def _page(
    request: HttpRequest,
    identity: UUID,
    verb: Sentence,
    says: Sentence,
    do: _Do,
    is_offered: Callable[[Edition], bool],
) -> HttpResponse:
    found = reached(request, identity, Permission.LISTS_SUSPEND)
    if not is_offered(found):
        raise Http404
    act = Act(
        zh("{verb}「{name}」", verb=verb, name=full_name(found)),
        verb,
        zh("已办理。"),
        address("lists:edition", found),
        way(found, Crumb(verb)),
        is_grave=do is not effect.resume,
    )

    def act_now(filled: Filled) -> None:
        do(
            edition=found.reference,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, ReasonForm(data(request)), says=lambda _: [says], do=act_now)
