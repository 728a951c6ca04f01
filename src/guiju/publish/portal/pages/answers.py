"""How an objection stands, for whoever has its code; the code never stands in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guiju.base.access.sign_in.address import address_of
from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, data, refuse
from guiju.base.ui.needs import needs
from guiju.core.errors import Denied, Refusal
from guiju.core.lists.words_chains import ObjectionState
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.approval.reads.objections import ObjectionShown, objection_by_code
from guiju.publish.portal.pages.frame import private_page
from guiju.publish.portal.pages.objecting import require_sent_here
from guiju.publish.portal.slowing import Slowing

SLOWING = Slowing("answer", 60)


class CodeForm(Form):
    """The code of a receipt."""

    code = text_field(zh("查询码"), zh("提交异议后给您的 12 位字母和数字"), most=40)


@csrf_exempt  # as for the form of objections
@needs(Permission.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def answer(request: HttpRequest) -> HttpResponse:
    """Show the form, or how an objection stands."""
    form = CodeForm(data(request))
    if request.method == "POST" and form.is_valid():
        try:
            found = _found(request, form.cleaned_data["code"])
        except Refusal as refusal:
            refuse(form, refusal, field="code")
        else:
            return render(request, "portal/answer.html", answer_context(found))
    status = 400 if form.is_bound else 200
    return render(request, "portal/ask.html", {"form": form}, status=status)


def answer_context(found: ObjectionShown) -> dict[str, object]:
    """Return what the page shows."""
    return {"objection": found, "is_open": found.state is ObjectionState.OPEN}


def _found(request: HttpRequest, code: str) -> ObjectionShown:
    """Return an objection by its code.

    Raises:
        Denied: PORTAL-02, PORTAL-04 for too many questions, PORTAL-05 for a code that is none.
    """
    require_sent_here(request)
    if SLOWING.seconds_to_wait(address_of(request), at=timezone.now()):
        raise too_many_questions()
    found = objection_by_code("".join(code.split()).replace("-", ""))
    if found is None:
        raise no_such_code()
    return found


def too_many_questions() -> Denied:
    """Return the refusal of whoever asks too often."""
    return Denied("PORTAL-04", zh("查询得太频繁了。请一小时后再查。"))


def no_such_code() -> Denied:
    """Return the refusal of a code that no receipt has."""
    return Denied("PORTAL-05", zh("没有这个查询码。请核对有没有看错的字母和数字。"))
