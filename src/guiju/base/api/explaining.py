"""The OpenAPI document as people read it: one line for each operation, one page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.base.api.document import published
from guiju.core.sentence import Sentence, zh

_TAGS: Mapping[str, Sentence] = {
    "units": zh("单位"),
    "posts": zh("岗位"),
    "people": zh("人员"),
    "bodies": zh("领导小组等机构"),
    "appointments": zh("任免和委托"),
    "access": zh("账号、令牌和角色"),
    "inbox": zh("任务和通知"),
    "files": zh("文件"),
    "record": zh("存证记录"),
    "lists": zh("清单"),
}
_KINDS: Mapping[str, Sentence] = {
    "string": zh("文字"),
    "integer": zh("整数"),
    "number": zh("数"),
    "boolean": zh("是否"),
    "array": zh("数组"),
    "object": zh("对象"),
    "date": zh("日期"),
    "date-time": zh("时间"),
    "uuid": zh("UUID"),
    "binary": zh("文件"),
}
_DEEPEST = 4
"""How deep fields are listed that stand inside of others."""


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A parameter, or a field of what is sent or answered, such as ``rows[].name``."""

    name: str
    says: str
    kind: Sentence
    choices: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True, slots=True)
class OperationShown:
    """An operation.

    Attributes:
        permission: the code of what it needs.
        answers: statuses and what they mean.
    """

    name: str
    method: str
    path: str
    says: str
    permission: str
    parameters: tuple[FieldShown, ...]
    sent: tuple[FieldShown, ...]
    answered: tuple[FieldShown, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one subject."""

    label: Sentence
    operations: tuple[OperationShown, ...]


def groups() -> tuple[Group, ...]:
    """Return all operations by subject."""
    document = published()
    found: dict[str, list[OperationShown]] = {tag: [] for tag in _TAGS}
    for tag, one in _operations(document):
        found[tag].append(one)
    return tuple(Group(_TAGS[tag], tuple(rows)) for tag, rows in found.items() if rows)


def operation_named(name: str) -> OperationShown | None:
    """Return one operation, None where there is none of that name."""
    return next((one for _, one in _operations(published()) if one.name == name), None)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, OperationShown]]:
    schemas = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield told["tags"][0], _operation(path, method, told, schemas)


def _operation(
    path: str, method: str, told: Mapping[str, Any], schemas: Mapping[str, Any]
) -> OperationShown:
    good = next(answer for code, answer in told["responses"].items() if code.startswith("2"))
    return OperationShown(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        says=str(told["summary"]),
        permission=told["x-permission"],
        parameters=tuple(_parameter(one) for one in told["parameters"]),
        sent=_content(told.get("requestBody", {}), schemas),
        answered=_content(good, schemas),
        answers=tuple((code, str(one["description"])) for code, one in told["responses"].items()),
    )


def _parameter(one: Mapping[str, Any]) -> FieldShown:
    schema = one["schema"]
    return FieldShown(
        one["name"],
        str(one.get("description", "")),
        _kind(schema),
        tuple(schema.get("enum", ())),
        bool(one.get("required")),
    )


def _content(holder: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[FieldShown, ...]:
    for content in holder.get("content", {}).values():
        return tuple(_fields(content["schema"], schemas, "", 0))
    return ()


def _fields(
    schema: Mapping[str, Any], schemas: Mapping[str, Any], before: str, depth: int
) -> Iterator[FieldShown]:
    whole = _followed(schema, schemas)
    if "items" in whole:
        yield from _fields(whole["items"], schemas, f"{before}[]", depth)
        return
    needed = whole.get("required", ())
    for name, one in whole.get("properties", {}).items():
        inner = _followed(one, schemas)
        at = f"{before}.{name}" if before else name
        says = str(one.get("description", ""))
        yield FieldShown(at, says, _kind(inner), tuple(inner.get("enum", ())), name in needed)
        if depth < _DEEPEST:
            yield from _fields(inner, schemas, at, depth + 1)


def _followed(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference stands for; of a choice that may be nothing, the something."""
    for one in schema.get("anyOf", ()):
        if one.get("type") != "null":
            return _followed(one, schemas)
    reference = schema.get("$ref", "")
    found: Mapping[str, Any] = schemas[reference.rpartition("/")[2]] if reference else schema
    return found


def _kind(schema: Mapping[str, Any]) -> Sentence:
    name = schema.get("format") or schema.get("type") or "object"
    return _KINDS.get(str(name), _KINDS["object"])
