"""The shape of the database: bringing it up to date as its owner, and knowing whether it is.

A failed upgrade leaves a mark in the data directory, so that nothing works on half a shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.utils import (
    Error,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    load_backend,
)

from guiju.base.record import places, roles
from guiju.config.environment import Environment
from guiju.config.home import busy
from guiju.core.errors import Denied
from guiju.core.sentence import zh
from guiju.exchange.files import replacing

_LOCK = 0x6775_696A_7502
"""The advisory lock of upgrades in PostgreSQL; a number that means nothing else."""

_MOST_REASON = 400


def failed_file() -> Path:
    """Return the file whose presence says that the last upgrade failed, and why."""
    return places.data() / "migration_failed"


def require_database() -> None:
    """Refuse to go on without a database that answers.

    Raises:
        Denied: START-07; START-13 for a file whose own catalogue is damaged.
    """
    with _legible():
        try:
            connection.ensure_connection()
        except Error as error:
            raise _unreachable(error) from None


def require_current() -> None:
    """Refuse a database whose shape is not the one that this program knows.

    Raises:
        Denied: START-04 after a failed upgrade, START-03 when an upgrade is due, START-06
            when the database is newer than the program; START-07 without a database, START-13
            for one that cannot be read.
    """
    if failed_file().exists():
        raise Denied(
            "START-04",
            zh(
                "上次升级数据库没有成功：{why}。请先排除原因，再运行 guiju migrate。",
                why=failed_file().read_text("utf-8", "replace")[:_MOST_REASON].strip(),
            ),
        )
    if pending():
        raise Denied(
            "START-03",
            zh("数据库还没有升级到这个版本。请先运行 guiju migrate。"),
        )
    strange = unknown()
    if strange:
        raise Denied(
            "START-06",
            zh(
                "数据库比程序新，有程序不认识的升级「{name}」。请安装不低于它的版本。",
                name=strange[0],
            ),
        )


def pending() -> list[str]:
    """Return the names of the migrations that are still to run.

    Raises:
        Denied: START-07 without a database, START-13 for one that cannot be read.
    """
    require_database()
    with _legible():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def unknown() -> list[str]:
    """Return the names of migrations that ran but that this program does not have."""
    loader = MigrationExecutor(connection).loader
    ours = {config.label for config in apps.get_app_configs()}
    return sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations | loader.replacements
    )


def migrate(environment: Environment, *, tell: Callable[[str], None]) -> int:
    """Bring the database up to date as its owner, then grant the application its rights.

    Args:
        environment: whose owner does it.
        tell: told the name of each migration that has run.

    Returns:
        How many migrations ran.

    Raises:
        Conflict: START-08 when another one is at it.
        Denied: START-05 when a migration failed; what ran before it stays. START-07.
    """
    with _as_owner(environment):
        require_database()
        with _alone():
            upgrade = _Upgrade(tell)
            try:
                call_command(upgrade, verbosity=0, interactive=False, skip_checks=True)
                roles.grant(connection, environment.database.user)
            except Exception as error:  # noqa: BLE001 - a migration may run any code
                raise _failed(upgrade.running, error) from None
        failed_file().unlink(missing_ok=True)
        return upgrade.done


class _Upgrade(Command):
    """Django's own command, telling its progress to us."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self.tell = tell
        self.running = ""
        self.done = 0

    def migration_progress_callback(
        self,
        action: str,
        migration: Migration | None = None,
        fake: bool = False,  # noqa: ARG002, FBT001, FBT002 - Django's signature
    ) -> None:
        if action == "apply_start":
            self.running = str(migration)
        elif action == "apply_success":
            self.done += 1
            self.running = ""
            self.tell(str(migration))


def _failed(name: str, error: Exception) -> Denied:
    why = f"{name} {_reason(error)}".strip()
    with replacing(failed_file()) as stream:
        stream.write(why.encode())
    return Denied(
        "START-05",
        zh(
            "升级数据库没有成功：{why}。在此之前的各步已经完成，其余没有改动。"
            "请排除原因后再运行 guiju migrate；在此之前不能启动。",
            why=why,
        ),
    )


def _reason(error: Exception) -> str:
    """Return the first line of what went wrong, without the sentence's own full stop."""
    lines = str(error).strip().splitlines()
    said = lines[0].rstrip(".。") if lines else ""
    return (said or type(error).__name__)[:_MOST_REASON]


def _unreachable(error: Error) -> Denied:
    return Denied(
        "START-07",
        zh(
            "连不上数据库：{why}。请检查数据库是否在运行、地址和账号是否正确，再试一次。",
            why=_reason(error),
        ),
    )


@contextmanager
def _legible() -> Iterator[None]:
    """Refuse a database that answers with what is no text, no number and no time.

    One that went away meanwhile, or shows us nothing, is not taken for damaged.
    """
    try:
        yield
    except (OperationalError, ProgrammingError, InterfaceError) as error:
        raise _unreachable(error) from None
    except (ValueError, TypeError, AttributeError, OverflowError, Error) as error:
        raise Denied(
            "START-13",
            zh(
                "数据库读不出来：{why}。文件可能已损坏："
                "请先停用并保留它，再用 guiju restore 从备份恢复。",
                why=_reason(error),
            ),
        ) from None


@contextmanager
def _as_owner(environment: Environment) -> Iterator[None]:
    """Let ``connection`` be the owner's inside."""
    if environment.owner == environment.database:
        yield
        return
    from guiju.config.settings import database  # noqa: PLC0415 - settings are read by now

    application = connections[DEFAULT_DB_ALIAS]
    application.close()
    entry = connections.configure_settings({DEFAULT_DB_ALIAS: database(environment.owner)})
    chosen = entry[DEFAULT_DB_ALIAS]
    owner = load_backend(chosen["ENGINE"]).DatabaseWrapper(chosen, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = owner
    try:
        yield
    finally:
        owner.close()
        connections[DEFAULT_DB_ALIAS] = application


@contextmanager
def _alone() -> Iterator[None]:
    """Keep a second upgrade out, on whichever machine it runs."""
    if connection.vendor != "postgresql":
        yield  # a file is on this machine; the data directory's lock is enough
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise busy()
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
