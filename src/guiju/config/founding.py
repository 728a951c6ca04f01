"""Founding an installation: database, key, the record's first event and checkpoint.

Every step looks whether it was done before, so that an interrupted founding goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse

from guiju.base.access.actions.founding import found_first_administrator
from guiju.base.record import checkpoints, places, sequencer
from guiju.base.record.actions import open_log
from guiju.base.record.actor import Actor
from guiju.base.record.lineage import opened_keys
from guiju.base.record.signing import log_key
from guiju.base.signing_keys import create_signing_key
from guiju.config import schema
from guiju.config.environment import Environment
from guiju.config.readiness import require_own_record
from guiju.core.errors import Invalid
from guiju.core.ledger.keys import KeyKind
from guiju.core.sentence import Sentence, zh

Tell = Callable[[Sentence], None]

HERE = "127.0.0.1:8460"
"""Where ``guiju serve`` listens unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class Founder:
    """Who founds, and when."""

    by: Actor
    at: datetime


def is_founded() -> bool:
    """Tell whether the record has begun and its first checkpoint is signed.

    Raises:
        Denied: START-07 without a database.
    """
    schema.require_database()
    tables = connection.introspection.table_names()
    return (
        "record_checkpoint" in tables
        and places.log_key().exists()
        and bool(opened_keys())
        and checkpoints.latest() is not None
    )


def require_same_name(name: str | None) -> None:
    """Refuse another name for a record that has one.

    Raises:
        Invalid: START-11.
    """
    if not name or not places.log_key().exists():
        return
    known = log_key().key.name
    if name != known:
        raise Invalid(
            "START-11",
            zh(
                "记录的密钥已经以「{known}」为名建立，名称不能改。"
                "请去掉 --name，或用 GUIJU_DATA 另指一个数据目录。",
                known=known,
            ),
        )


def found(environment: Environment, name: str, founder: Founder, *, tell: Tell) -> None:
    """Do what is still to be done.

    Args:
        environment: where.
        name: of the record, should its key still be missing.
        founder: who does it.
        tell: told each thing that was made.

    Raises:
        Denied: START-10 when the database holds a record of another key; what
            ``schema.migrate`` raises.
        Invalid: LEDGER-34 for a name; what ``create_signing_key`` raises.
    """
    if schema.failed_file().exists() or schema.pending():
        count = schema.migrate(environment, tell=lambda _name: None)
        tell(zh("数据库，共 {count} 步", count=count))
    require_own_record()
    if not places.log_key().exists():
        create_signing_key(places.log_key(), name=name, kind=KeyKind.ED25519)
        tell(zh("签名密钥 {path}", path=str(places.log_key())))
    if not opened_keys():
        open_log(by=founder.by, at=founder.at)
        tell(zh("记录的第一条：启用记录"))
    if checkpoints.latest() is None:
        while sequencer.seal_waiting():
            pass
        checkpoints.sign_if_due(at=founder.at)
        tell(zh("第一个签名的检查点"))


def first_link(environment: Environment, founder: Founder, *, anew: bool) -> str | None:
    """Return the address under which the first administrator chooses a password.

    Args:
        environment: where it will be served.
        founder: who sits at the terminal.
        anew: whether an earlier one that is still good was lost.

    Returns:
        None when somebody can sign in, or such an address is still good.

    Raises:
        Denied: what ``schema.require_current`` raises.
    """
    schema.require_current()
    token = found_first_administrator(by=founder.by, at=founder.at, anew=anew)
    if token is None:
        return None
    host = environment.hosts[0].lstrip(".") if environment.is_production else ""
    place = f"https://{host}" if host else f"http://{HERE}"
    return place + reverse("access:one_time_link", args=[token])


def default_name(host: str) -> str:
    """Return a name for a record whose owner gave none, made from this machine's name."""
    plain = re.sub(r"[^a-z0-9.-]+", "-", host.lower())[:60].strip(".-")
    if plain in {"", "localhost"}:
        plain = "guiju"
    return f"{plain if '.' in plain else f'{plain}.local'}/record"
