"""Whether this installation may start to work; what stops it is said in one sentence."""

from __future__ import annotations

from django.db import connection

from guiju.base.record import checkpoints, floor, places, triggers
from guiju.base.record.lineage import ask_witnesses, opened_keys, require_descent
from guiju.base.record.signing import log_key
from guiju.config import schema
from guiju.config.environment import Environment
from guiju.config.home import not_set_up
from guiju.core.errors import Denied
from guiju.core.sentence import zh

_WITNESS_PATIENCE = 5.0
"""Seconds to wait for each witness; one that is silent keeps nobody from starting."""


def require_ready(environment: Environment) -> None:
    """Refuse to serve or work on an installation that is not in order.

    Raises:
        Invalid: START-02 when it was not set up, or not to the end.
        Denied: what ``schema.require_current`` raises; START-10 for another log's key;
            RECORD-10 to RECORD-12 when the record is halted, rolled back or rewritten, BACKUP-14
            and BACKUP-15 when only a witness that answers still knows it;
            START-09 when triggers are missing; WITNESS-03 for an open key.
    """
    if not environment.secret or not places.log_key().exists():
        raise not_set_up(environment.data)
    schema.require_current()
    if not opened_keys() or checkpoints.latest() is None:
        raise not_set_up(environment.data)
    require_own_record()
    floor.require_open()
    floor.check_floor()
    for sight in ask_witnesses(opened_keys()[-1], timeout=_WITNESS_PATIENCE):
        require_descent(sight)
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


def require_own_record() -> None:
    """Refuse a database whose record goes on with another key than the one that lies here.

    What the record itself says counts, the newest last: a restore may have changed the key.

    Raises:
        Denied: START-10.
    """
    keys, path = opened_keys(), places.log_key()
    if not keys or (path.exists() and log_key().key == keys[-1]):
        return
    raise Denied(
        "START-10",
        zh(
            "数据库里的记录「{origin}」用的是另一把密钥，「{path}」不是它的密钥或不在了。"
            "请从密钥备份取回原来的密钥文件，不要另建。",
            origin=keys[-1].name,
            path=str(path),
        ),
    )
