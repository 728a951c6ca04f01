"""Whether this installation may start to work; what stops it is said in one sentence."""

from __future__ import annotations

import json

from django.db import connection

from guiju.base.record import floor, places, triggers
from guiju.base.record.events import OPENED
from guiju.base.record.models import Checkpoint, Event
from guiju.base.record.signing import log_key
from guiju.config import schema
from guiju.config.environment import Environment
from guiju.config.home import not_set_up
from guiju.core.errors import Denied
from guiju.core.sentence import zh


def require_ready(environment: Environment) -> None:
    """Refuse to serve or work on an installation that is not in order.

    Raises:
        Invalid: START-02 when it was not set up, or not to the end.
        Denied: what ``schema.require_current`` raises; START-10 for another log's key;
            RECORD-10 to RECORD-12 when the record is halted, rolled back or rewritten;
            START-09 when triggers are missing; WITNESS-03 for an open key.
    """
    if not environment.secret or not places.log_key().exists():
        raise not_set_up(environment.data)
    schema.require_current()
    if not is_opened() or not Checkpoint.objects.exists():
        raise not_set_up(environment.data)
    require_own_record()
    floor.require_open()
    floor.check_floor()
    missing = triggers.missing(connection)
    if missing:
        raise Denied(
            "START-09",
            zh(
                "数据库缺少保护记录的触发器（{names}），可能被人删改。"
                "请保留现场，运行 guiju doctor 查明，再从备份恢复。",
                names="、".join(missing),
            ),
        )


def opening() -> dict[str, str] | None:
    """Return what the record's first event says of its name and key, or None before it."""
    entry = Event.objects.filter(kind=OPENED.kind).order_by("pk").values_list("entry").first()
    if entry is None:
        return None
    data: dict[str, str] = json.loads(bytes(entry[0]))["data"]
    return data


def is_opened() -> bool:
    """Tell whether the record has begun."""
    return opening() is not None


def require_own_record() -> None:
    """Refuse a database whose record was begun with another key than the one that lies here.

    Raises:
        Denied: START-10.
    """
    told = opening()
    if told is None:
        return
    path = places.log_key()
    if path.exists() and str(log_key().key) == told["vkey"]:
        return
    raise Denied(
        "START-10",
        zh(
            "数据库里的记录「{origin}」是用另一把密钥启用的，「{path}」不是它的密钥或不在了。"
            "请从密钥备份取回原来的密钥文件，不要另建。",
            origin=told["origin"],
            path=str(path),
        ),
    )
