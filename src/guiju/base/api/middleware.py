"""Whatever goes wrong in the API is a problem, wherever it was found out."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from guiju.base.api.problems import CONTENT_TYPE, plain_problem
from guiju.base.ui.reader import is_api

Answer = Callable[[HttpRequest], HttpResponseBase]


class ProblemMiddleware:
    """Puts a problem in the place of any page that says no under ``/api/``."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.status_code >= 400 and response["Content-Type"] != CONTENT_TYPE
        if not (is_page and is_api(request)):
            return response
        answer = plain_problem(response.status_code)
        if "Allow" in response.headers:
            answer["Allow"] = response["Allow"]
        return answer
