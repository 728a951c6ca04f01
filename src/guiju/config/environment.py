"""What the environment says: where data lies, which database, how strict to be.

Every variable begins with ``GUIJU_`` and has a safe default; production refuses values
that would be unsafe there (GB/T 22239-2019, 8.1.4: no default secret, data kept from others).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from guiju.base.access.sign_in.directory.place import Directory
from guiju.base.access.sign_in.openid.provider import Provider
from guiju.config.sign_in import read_directory, read_provider
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

LEAST_SECRET = 50
"""Characters of a production secret, as Django's own deployment check demands."""

COOKIE_KEY = "cookie.key"
EXAMPLE = "demo-sign-ins.txt"
"""What lies in the data directory of an example alone: whoever starts it, its pages say so."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_YES = {"1", "true", "yes", "on"}
_NO = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Database:
    """Which database: a SQLite file, or PostgreSQL with the parts of its address."""

    engine: str
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file on this machine."""
        return self.engine == "sqlite"


@dataclass(frozen=True, slots=True)
class Environment:
    """What was read from the environment, checked.

    Attributes:
        data: folder with keys, files, the witnessed checkpoints and, by default, the database.
        database: as the application uses it.
        owner: as ``guiju migrate`` uses it; on one desk the same.
        secret: signs cookies and forms.
        is_production: whether unsafe values are refused.
        hosts: names under which pages are served.
        scanner: address of a ClamAV daemon, or empty.
        is_example: whether what is shown is made up, which every page then says.
        proxies: how many reverse proxies stand before the server and are trusted to say from
            where a request comes.
        provider: of OpenID Connect, at which people may sign in; None for none.
        directory: that may check their passwords; None for none.
    """

    data: Path
    database: Database
    owner: Database
    secret: str = field(repr=False)
    is_production: bool
    hosts: tuple[str, ...]
    scanner: str
    proxies: int = 0
    is_example: bool = False
    provider: Provider | None = None
    directory: Directory | None = None


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return what the variables say.

    Raises:
        Invalid: CONFIG-01 to CONFIG-09 for a value that cannot be used or is unsafe; CONFIG-20
            to CONFIG-26 for signing in elsewhere (``config.sign_in``).
    """
    data = data_folder(variables)
    database = _database("GUIJU_DATABASE", variables, data)
    owner = database
    if variables.get("GUIJU_OWNER_DATABASE"):
        owner = _database("GUIJU_OWNER_DATABASE", variables, data)
    found = Environment(
        data=data,
        database=database,
        owner=owner,
        secret=variables.get("GUIJU_SECRET") or _stored_secret(data),
        is_production=_is_production(variables.get("GUIJU_PRODUCTION", "")),
        hosts=_hosts(variables.get("GUIJU_HOSTS", "")),
        scanner=variables.get("GUIJU_CLAMAV", ""),
        proxies=_proxies(variables.get("GUIJU_PROXIES", "0")),
        provider=read_provider(variables),
        directory=read_directory(variables),
        is_example=(data / EXAMPLE).exists(),
    )
    if (owner.engine, owner.name) != (database.engine, database.name):
        raise Invalid(
            "CONFIG-07",
            zh(
                "GUIJU_OWNER_DATABASE 与 GUIJU_DATABASE 说的不是同一个数据库。"
                "请写成同一个库，只换账号。"
            ),
        )
    if found.is_production:
        _refuse_unsafe(found, named=bool(variables.get("GUIJU_HOSTS")))
    return found


def data_folder(variables: Mapping[str, str]) -> Path:
    """Return the data directory that the variables name, or the account's own.

    Raises:
        Invalid: CONFIG-08 when neither is known.
    """
    try:
        named = Path(variables.get("GUIJU_DATA") or "~/.local/share/guiju")
        return named.expanduser().absolute()
    except RuntimeError:
        raise Invalid(
            "CONFIG-08",
            zh("找不到当前账号的主目录。请用 GUIJU_DATA 写明数据目录的绝对路径。"),
        ) from None


def _is_production(value: str) -> bool:
    """Take no unknown word for a no: who wrote one meant to be safe."""
    if value.lower() not in _YES | _NO:
        raise Invalid(
            "CONFIG-06",
            zh("GUIJU_PRODUCTION 只能写 1（生产环境）或 0（试用）。请改正。"),
        )
    return value.lower() in _YES


def _proxies(value: str) -> int:
    """Take one digit: more would be a mistake, and each one too many lets a stranger lie."""
    if value not in set("0123456789"):
        raise Invalid(
            "CONFIG-09",
            zh("GUIJU_PROXIES 要写经过几层可信的反向代理，是 0 到 9 的数字。请改正。"),
        )
    return int(value)


def _database(variable: str, variables: Mapping[str, str], data: Path) -> Database:
    url = variables.get(variable, "")
    if not url:
        return Database("sqlite", str(data / "guiju.sqlite3"))
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise _no_database(variable) from None
    is_file = parts.path.startswith("/") and parts.path.strip("/") and not parts.netloc
    if parts.scheme == "sqlite" and is_file:
        return Database("sqlite", unquote(parts.path))
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise _no_database(variable)
    options = dict(parse_qsl(parts.query))
    return Database(
        "postgresql",
        name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=options.pop("port", "") or port,
        options=tuple(options.items()),
    )


def _no_database(variable: str) -> Invalid:
    return Invalid(
        "CONFIG-01",
        zh(
            "{variable} 不是可用的数据库地址。"
            "请写成 sqlite:///绝对路径，或 postgresql://用户:密码@主机/库名。",
            variable=variable,
        ),
    )


def _hosts(text: str) -> tuple[str, ...]:
    named = tuple(name.strip() for name in text.split(",") if name.strip())
    return named or _LOOPBACK


def _stored_secret(data: Path) -> str:
    try:
        return (data / COOKIE_KEY).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _refuse_unsafe(found: Environment, *, named: bool) -> None:
    if len(found.secret) < LEAST_SECRET or len(set(found.secret)) < 10:
        raise Invalid(
            "CONFIG-02",
            zh(
                "GUIJU_SECRET 没有设置，或少于 {least} 个字符、过于简单，生产环境不能启动。"
                "请运行 guiju init 生成，或设置一段随机文字。",
                least=LEAST_SECRET,
            ),
        )
    if not named or "*" in found.hosts:
        raise Invalid(
            "CONFIG-03",
            zh(
                "GUIJU_HOSTS 没有写明网站的域名，或写了 *，生产环境不能启动。"
                "请写明域名，多个以逗号隔开。"
            ),
        )
    if found.data.exists() and found.data.stat().st_mode & 0o077:
        raise Invalid(
            "CONFIG-04",
            zh(
                "数据目录「{path}」允许其他用户进入，生产环境不能启动。请执行 chmod 700。",
                path=str(found.data),
            ),
        )
    if not found.database.is_sqlite and found.database.user == found.owner.user:
        raise Invalid(
            "CONFIG-05",
            zh(
                "程序与数据库所有者用的是同一个数据库账号，生产环境不能启动。"
                "请用 GUIJU_OWNER_DATABASE 另给所有者账号，只供升级时使用。"
            ),
        )
