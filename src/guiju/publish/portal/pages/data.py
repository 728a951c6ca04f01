"""Open data: files of each edition and of all, and a catalogue of them for machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.downloads import download
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.publish.portal.addresses import at
from guiju.publish.portal.models import Issue, OpenFile
from guiju.publish.portal.pages.frame import kept, open_page
from guiju.publish.portal.pages.shown import listed
from guiju.publish.portal.reads.everything import all_csv, fingerprint, in_use
from guiju.publish.portal.reads.issues import NotThere, identity_of, issue_at, today
from guiju.publish.portal.reads.proofs import content_of, withheld_bytes

LICENCE = zh("可以自由复制、传播和再利用，请注明单位、版本和取得日期；不得冒充原单位发布。")
"""Under what everybody may use the data."""

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CONTEXT = {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
_ROBOTS = "User-agent: *\nDisallow: /\nAllow: /open/\nDisallow: /open/search/\n"


@needs(Permission.PUBLIC)
@require_safe
@open_page
def page(request: HttpRequest) -> HttpResponse:
    """Show where to take data away."""
    told = [listed(one, timezone.localdate()) for one in today()]
    return render(request, "portal/data.html", {"rows": told, "licence": LICENCE})


@needs(Permission.PUBLIC, is_data=True)
@require_safe
@open_page
def file(request: HttpRequest, identity: UUID, form: str) -> HttpResponse:
    """Give an edition as a file; its JSON is exactly what the digest stands for."""
    if form not in TYPES:
        raise NotThere
    issue = issue_at(identity, whole=form == "json")
    if form == "json":
        content, etag = content_of(issue), issue.digest
    else:
        found = OpenFile.objects.filter(issue=issue, form=form).first()
        if found is None:
            raise NotThere
        content, etag = bytes(found.content), found.etag
    name = f"lists-{issue.digest[:12]}.{form}"
    return kept(request, download(content, name, TYPES[form]), etag, _since(issue))


@needs(Permission.PUBLIC, is_data=True)
@require_safe
@open_page
def withheld(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give what an edition does not show and why, as the record has its digest."""
    issue = issue_at(identity)
    content = withheld_bytes(issue.withheld)
    answer = download(content, f"withheld-{issue.digest[:12]}.json", TYPES["json"])
    return kept(request, answer, f"w{issue.digest}", _since(issue))


@needs(Permission.PUBLIC, is_data=True)
@require_safe
@open_page
def everything(request: HttpRequest, form: str) -> HttpResponseBase:
    """Give all lists in use as one file."""
    now = fingerprint()
    headers = {"ETag": f'"{form}-{now}"'}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="lists.{form}"'
    if form in ("csv", "json"):
        body = all_csv() if form == "csv" else _all_json()
        return StreamingHttpResponse(body, content_type=TYPES[form], headers=headers)
    found = OpenFile.objects.filter(issue=None, form=form, etag=now).first()
    if found is None:
        is_known = form in TYPES
        if not is_known:
            raise NotThere
        return render(request, "portal/soon.html", status=503)
    return HttpResponse(bytes(found.content), content_type=TYPES[form], headers=headers)


@needs(Permission.PUBLIC, is_data=True)
@require_safe
@open_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """Say to machines what there is, where and since when (after W3C DCAT)."""
    told = {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "dct:title": say(zh("公开的权力清单")),
        "dct:rights": say(LICENCE),
        "dcat:dataset": [_dataset(request, one) for one in today()],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@needs(Permission.PUBLIC, is_data=True)
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Tell search engines to read what is public and nothing else."""
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")


def _since(issue: Issue) -> datetime:
    """Return since when an edition's files are as they are."""
    return issue.closed_at or issue.published_at


def _all_json() -> Iterator[bytes]:
    yield b"["
    for place, issue in enumerate(in_use().defer(None).iterator(20)):
        yield b",\n" if place else b""
        yield content_of(issue)
    yield b"]\n"


def _dataset(request: HttpRequest, issue: Issue) -> dict[str, Any]:
    identity = identity_of(issue.edition.reference)

    def there(name: str, *args: object) -> str:
        return request.build_absolute_uri(at(name, *args))

    return {
        "@id": there("edition", identity),
        "@type": "dcat:Dataset",
        "dct:title": issue.head["title"],
        "dct:publisher": issue.head["unit_name"],
        "dct:identifier": issue.edition.reference,
        "dcat:version": str(issue.head["ordinal"]),
        "dct:type": EditionState.of(issue.edition.state).value,
        "dct:issued": issue.published_at.isoformat(),
        "dct:rights": say(LICENCE),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": there("file", identity, form),
                "dcat:mediaType": kind.partition(";")[0],
                **({"sha256": issue.digest} if form == "json" else {}),
            }
            for form, kind in TYPES.items()
        ],
    }
