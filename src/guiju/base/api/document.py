"""The OpenAPI document: what ninja finds in the code, and what holds for every operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.functional import Promise
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation, PathView

from guiju.base.api.problems import CONTENT_TYPE, plain_problem, problem, refusal_problem
from guiju.base.api.words import FIELDS, field_problem
from guiju.base.ui.forms import said
from guiju.base.ui.needs import Needs, needs, needs_of
from guiju.base.ui.reader import API
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh

PREFIX = f"{API}v1/"
_DONE = zh("成功")
_METHODS = "guiju_methods"

_READING = {
    400: zh("请求有误"),
    401: zh("没有登录，或者令牌无效"),
    404: zh("没有找到，或者无权查看"),
    413: zh("内容太大"),
    422: zh("填写有误"),
    429: zh("请求太频繁"),
}
_WRITING = _READING | {403: zh("规则不允许，或者令牌只能读取"), 409: zh("情况已变，或者已经办过")}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:guiju:[A-Z]+-[0-9]{2}$"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "pattern": "^[A-Z]+-[0-9]{2}$"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "detail"],
                "properties": {"at": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": said(zh("同一件事重发时写同一个值，就不会办两次")),
    "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
}


class Api(NinjaAPI):
    """The API of all areas."""

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document; its sentences are put into a language when they are read."""
        found: dict[str, Any] = dict(self.get_openapi_schema(path_prefix=PREFIX.lstrip("/")))
        needed = self._permissions()
        for operations in found["paths"].values():
            for method, operation in operations.items():
                _complete(method, operation)
                operation["x-permission"] = needed[operation["operationId"]]
        components = found["components"]
        components["schemas"]["Problem"] = _PROBLEM
        for schema in components["schemas"].values():
            _describe(schema)
        components["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"},
            "session": {"type": "apiKey", "in": "cookie", "name": "guiju_session"},
        }
        found["security"] = [{"token": []}, {"session": []}]
        return found

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return what an operation is called; no two are called the same."""
        return operation.view_func.__name__

    def _permissions(self) -> dict[str, str]:
        return {
            self.get_openapi_operation_id(one): _needs(one).of(one.methods[0]).value
            for bound in self._get_bound_routers()
            for view in bound.path_operations.values()
            for one in view.operations
        }

    def addresses(self) -> Iterator[URLPattern]:
        """Give an address for each path, marked with what its operations need."""
        for bound in self._get_bound_routers():
            views = [view for view in bound.path_operations.values() for _ in view.operations]
            known: set[str] = set()
            for pattern, view in zip(bound.urls_paths(bound.prefix), views, strict=True):
                if str(pattern.pattern) not in known:
                    known.add(str(pattern.pattern))
                    pattern.callback.csrf_exempt = False  # type: ignore[attr-defined]
                    mark(pattern.callback, view)
                    yield pattern


def mark(callback: Any, view: PathView) -> None:  # noqa: ANN401 - a view of whatever kind
    """Mark a path with what its operations need; all that change something need the same."""
    reading, changing = set(), set()
    for operation in view.operations:
        found = _needs(operation)
        if "GET" in operation.methods:
            reading.add(found.reading)
        else:
            changing.add(found.changing)
    (first,) = reading or changing
    (second,) = changing or reading
    needs(first, changing=second, is_data=True)(callback)
    methods = {method for operation in view.operations for method in operation.methods}
    setattr(callback, _METHODS, tuple(sorted(methods)))


def methods_of(callback: Any) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """Return the methods of a path of the API; none for a view that is no part of it."""
    found: tuple[str, ...] = getattr(callback, _METHODS, ())
    return found


def _needs(operation: Operation) -> Needs:
    found = needs_of(operation.view_func)
    if found is None:
        raise TypeError(operation.path)
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add what holds for every operation: refusals, the key of writes."""
    is_reading = method == "get"
    if not isinstance(operation.get("description"), Promise):
        operation.pop("description", None)  # a docstring, for who reads the code
    operation["responses"] = {
        str(status): {**answer, "description": said(_DONE)}
        for status, answer in operation["responses"].items()
    }
    for status, label in (_READING if is_reading else _WRITING).items():
        operation["responses"][str(status)] = _refusal(label)
    operation.setdefault("parameters", [])
    for one in operation["parameters"]:
        _describe_one(one["name"], one)
    if not is_reading:
        operation["parameters"] = [*operation["parameters"], _KEY]


def _refusal(label: Sentence) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": said(label), "content": {CONTENT_TYPE: {"schema": schema}}}


def _describe(schema: dict[str, Any]) -> None:
    schema.pop("description", None)
    for name, one in schema.get("properties", {}).items():
        _describe_one(name, one)
        one.pop("title", None)


def _describe_one(name: str, one: dict[str, Any]) -> None:
    if name in FIELDS:
        one.setdefault("description", said(FIELDS[name]))


_DOCUMENT: list[Callable[[], dict[str, Any]]] = []


def publish(document: Callable[[], dict[str, Any]]) -> None:
    """Let the page of the API know where its document comes from."""
    _DOCUMENT[:] = [document]


def published() -> dict[str, Any]:
    """Return the OpenAPI document; without an API an empty one."""
    return _DOCUMENT[0]() if _DOCUMENT else {"paths": {}, "components": {"schemas": {}}}


def make_api(title: Sentence, version: str) -> Api:
    """Return an API without any router yet, whose every no is a problem."""
    api = Api(title=said(title), version=version, openapi_url=None, docs_url=None)
    for kind in (Refusal, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, _told)
    return api


def _told(_request: HttpRequest, no: object) -> HttpResponse:
    match no:
        case Refusal():
            return refusal_problem(no)
        case ValidationError():
            return _wrong_fields(no)
        case HttpError():
            return plain_problem(no.status_code)
    return plain_problem(404)


def _wrong_fields(no: ValidationError) -> HttpResponse:
    return problem(
        422,
        "API-06",
        zh("有 {count} 处填写有误。请照 errors 里逐项所说改正。", count=len(no.errors)),
        errors=[field_problem(one) for one in no.errors[:50]],
    )


def downloads(content_type: str) -> dict[str, Any]:
    """Return what the document says of an operation that answers with a file."""
    schema = {"type": "string", "format": "binary"}
    return {"responses": {200: {"content": {content_type: {"schema": schema}}}}}
