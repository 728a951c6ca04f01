"""The second step of signing in: a code, or a security key."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.actions import entering
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.forms import AnswerForm, CodeForm
from guiju.base.access.sign_in.pages.whereto import after_sign_in
from guiju.base.ui.middleware import allow
from guiju.base.ui.needs import needs
from guiju.base.ui.refusing import refused
from guiju.core.errors import Refusal
from guiju.core.terms import Permission


@needs(Permission.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or check what was shown."""
    now, said = timezone.now(), None
    form = CodeForm(request.POST if "code" in request.POST else None)
    answer = AnswerForm(request.POST if "credential" in request.POST else None)
    try:
        if answer.is_bound and answer.is_valid():
            given = answer.cleaned_data["credential"]
            inside = entering.show_key(request, credential=given, at=now)
            return after_sign_in(request, inside, at=now)
        if form.is_bound and form.is_valid():
            inside = entering.show_code(request, code=form.cleaned_data["code"], at=now)
            return after_sign_in(request, inside, at=now)
    except Refusal as refusal:
        said = refusal
    try:
        _stage, account = entering.waiting(request, at=now)
    except Refusal as refusal:
        return refused(request, said or refusal)
    kinds = {one.type for one in library.authenticators(account)}
    question = library.key_question(account) if Factor.KEY.value in kinds else None
    shown = {
        "form": form,
        "refusal": said,
        "has_codes": kinds & {Factor.APP.value, Factor.RECOVERY.value},
        "question": json.dumps(question) if question else "",
    }
    status = 403 if request.method == "POST" else 200
    response = render(request, "access/sign_in/second_step.html", shown, status=status)
    return allow(response, "publickey-credentials-get")
