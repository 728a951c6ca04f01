"""What the environment says of signing in elsewhere: a provider, a directory, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from guiju.base.access.sign_in.directory.place import Directory
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.loopback import is_on_this_machine
from guiju.base.access.sign_in.openid.provider import Provider
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_MOST_NAME = 20
_MOST_ADDRESS = 300


def read_provider(variables: Mapping[str, str]) -> Provider | None:
    """Return the provider of OpenID Connect that ``GUIJU_OIDC_…`` names, if any.

    Raises:
        Invalid: CONFIG-20 when something is missing, CONFIG-21 for an unsafe address,
            CONFIG-22 for a second factor that cannot be read, CONFIG-25 for a name that does
            not fit on a button, CONFIG-26 without the extra.
    """
    said = _said(variables, "GUIJU_OIDC_")
    if not said:
        return None
    _require(said, "GUIJU_OIDC_", "ISSUER", "CLIENT")
    issuer = said["ISSUER"]
    if not _is_address(issuer, {"https"}, {"http"}):
        raise Invalid(
            "CONFIG-21",
            zh(
                "GUIJU_OIDC_ISSUER 要以 https:// 开头，不带参数；"
                "只有本机上的才可以用 http://。请改正。"
            ),
        )
    if len(said.get("NAME", "")) > _MOST_NAME:
        raise Invalid(
            "CONFIG-25",
            zh("GUIJU_OIDC_NAME 写在登录按钮上，最多 {most} 个字。请改短。", most=_MOST_NAME),
        )
    _require_extra("GUIJU_OIDC_ISSUER", module="jwt", extra="oidc")
    acr, amr = _strong(said.get("SECOND_FACTOR", ""))
    return Provider(
        issuer=issuer,
        client=said["CLIENT"],
        secret=said.get("SECRET", ""),
        name=said.get("NAME") or Factor.OPENID.label,
        claim=said.get("CLAIM", "preferred_username"),
        strong_acr=acr,
        strong_amr=amr,
    )


def read_directory(variables: Mapping[str, str]) -> Directory | None:
    """Return the directory that ``GUIJU_LDAP_…`` names, if any.

    Raises:
        Invalid: CONFIG-20 when something is missing, CONFIG-23 for what is no address of a
            directory, CONFIG-24 for an attribute or a file that cannot be used, CONFIG-26
            without the extra.
    """
    said = _said(variables, "GUIJU_LDAP_")
    if not said:
        return None
    _require(said, "GUIJU_LDAP_", "URL", "BASE")
    if "USER" in said or "PASSWORD" in said:  # a name without a password is nobody's (RFC 4513)
        _require(said, "GUIJU_LDAP_", "USER", "PASSWORD")
    url = said["URL"]
    if not _is_address(url, {"ldaps", "ldap"}, set()) or urlsplit(url).path.strip("/"):
        raise Invalid(
            "CONFIG-23",
            zh("GUIJU_LDAP_URL 要写成 ldaps://主机 或 ldap://主机，可以带端口。请改正。"),
        )
    attribute, authorities = said.get("ATTRIBUTE", "uid"), said.get("AUTHORITIES", "")
    if not _ATTRIBUTE.fullmatch(attribute) or (authorities and not Path(authorities).is_file()):
        raise Invalid(
            "CONFIG-24",
            zh(
                "GUIJU_LDAP_ATTRIBUTE 要写目录里登录名的属性名，"
                "GUIJU_LDAP_AUTHORITIES 要写一个在的证书文件。请改正。"
            ),
        )
    _require_extra("GUIJU_LDAP_URL", module="ldap3", extra="ldap")
    return Directory(
        url=url,
        base=said["BASE"],
        attribute=attribute,
        user=said.get("USER", ""),
        password=said.get("PASSWORD", ""),
        authorities=authorities,
        is_plain=url.startswith("ldap:") and is_on_this_machine(url),
    )


def _said(variables: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in variables.items()
        if name.startswith(prefix) and value
    }


def _require(said: Mapping[str, str], prefix: str, *names: str) -> None:
    missing = [f"{prefix}{name}" for name in names if name not in said]
    if missing:
        raise Invalid(
            "CONFIG-20",
            zh(
                "{prefix}… 只写了一部分，缺少 {missing}。请补齐，或全部删去。",
                prefix=prefix,
                missing="、".join(missing),
            ),
        )


def _is_address(url: str, anywhere: set[str], near: set[str]) -> bool:
    try:
        parts = urlsplit(url)
        extra = parts.query or parts.fragment or "@" in parts.netloc
        if not parts.hostname or parts.port == 0 or extra or len(url) > _MOST_ADDRESS:
            return False
    except ValueError:
        return False
    return parts.scheme in anywhere or (parts.scheme in near and is_on_this_machine(url))


def _strong(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return by which ``acr`` and ``amr`` the provider may vouch for a second factor."""
    words = [word.strip().partition(":") for word in text.split(",") if word.strip()]
    if any(kind not in {"acr", "amr"} or not value for kind, _, value in words):
        raise Invalid(
            "CONFIG-22",
            zh(
                "GUIJU_OIDC_SECOND_FACTOR 要写成 acr:值 或 amr:值，多个以逗号隔开；"
                "不写就总由本系统验证第二重。请改正。"
            ),
        )
    acr, amr = (
        frozenset(value for kind, _, value in words if kind == one) for one in ("acr", "amr")
    )
    return acr, amr


def _require_extra(variable: str, *, module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise Invalid(
            "CONFIG-26",
            zh(
                "设了 {variable}，但没有安装它要用的组件。请安装 guiju[{extra}] 后再启动。",
                variable=variable,
                extra=extra,
            ),
        )
