"""The API of all areas under ``/api/v1``, and its OpenAPI document."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from guiju import __version__
from guiju.base.access.api import router as access
from guiju.base.api.document import make_api, publish
from guiju.base.evidence.api import router as evidence
from guiju.base.inbox.api import router as inbox
from guiju.base.inbox.api_office import router as offices
from guiju.base.org.api import ROUTERS as ORGANISATION
from guiju.base.record.api import router as record
from guiju.base.ui.needs import needs
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.approval.api import router as approval
from guiju.define.campaigns.api import router as campaigns
from guiju.define.flows.api import router as flows
from guiju.define.lists.api import router as lists
from guiju.define.lists.api_compare import router as comparison
from guiju.define.profiles.api import router as profiles
from guiju.define.views.api import router as views

API = make_api(zh("规矩 接口"), __version__)
for _router in ORGANISATION:
    API.add_router("/org", _router)
API.add_router("/access", access)
API.add_router("/inbox", inbox)
API.add_router("/inbox", offices)
API.add_router("/files", evidence)
API.add_router("/record", record)
API.add_router("/lists", lists)
API.add_router("/lists", comparison)
API.add_router("/flows", flows)
API.add_router("/views", views)
API.add_router("/approval", approval)
API.add_router("/campaigns", campaigns)
API.add_router("/profiles", profiles)
publish(lambda: API.document)


@needs(Permission.HELP_READ, is_data=True)
@require_safe
def document(_request: HttpRequest) -> JsonResponse:
    """Give the OpenAPI document, in the language that is asked for."""
    return JsonResponse(API.document, json_dumps_params={"ensure_ascii": False})


app_name = "api"
urlpatterns = [path("openapi.json", document, name="document"), *API.addresses()]
