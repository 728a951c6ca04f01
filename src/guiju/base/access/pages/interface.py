"""How other systems use the API, as people read it: made from its OpenAPI document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.api.explaining import groups, operation_named
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_HELP = zh("帮助")
_HERE = zh("接口说明")


@needs(Permission.HELP_READ)
@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """Show how it is used, and every operation."""
    shown = {
        "groups": groups(),
        "address": request.build_absolute_uri("/api/v1/org/units"),
        "way": (Crumb(_HELP, reverse("ui:help")), Crumb(_HERE)),
    }
    return render(request, "access/interface.html", shown)


@needs(Permission.HELP_READ)
@require_safe
def operation(request: HttpRequest, name: str) -> HttpResponse:
    """Show one operation: what it takes, and what it answers."""
    found = operation_named(name)
    if found is None:
        raise Http404
    here = Crumb(_HERE, reverse("access:interface"))
    shown = {
        "operation": found,
        "permission": Permission.of(found.permission),
        "parts": (
            (zh("参数"), found.parameters),
            (zh("提交的内容"), found.sent),
            (zh("答复的内容"), found.answered),
        ),
        "way": (Crumb(_HELP, reverse("ui:help")), here, Crumb(found.says)),
    }
    return render(request, "access/operation.html", shown)
