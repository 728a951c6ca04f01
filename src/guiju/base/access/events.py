"""Event types of accounts, roles, links and tokens. Who is named in them is sealed."""

from __future__ import annotations

from guiju.base.access.policies import LinkPurpose
from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import zh
from guiju.core.terms import Role

_PERSON = {"person": zh("人员")}
_ROLE = {"role": Role}
_OPEN: frozenset[str] = frozenset()
_REASON = frozenset({"reason"})

ACCOUNT_OPENED = register(
    EventType(
        "access.account.opened",
        zh("开设账号：{name}，登录名 {login_name}"),
        {
            **_PERSON,
            "name": zh("姓名"),
            "login_name": zh("登录名"),
            "expires": zh("到期时间"),
        },
        personal=frozenset({"name", "login_name"}),
    )
)
ACCOUNT_DISABLED = register(
    EventType(
        "access.account.disabled",
        zh("停用账号，原因：{reason}"),
        {**_PERSON, "reason": zh("原因")},
        personal=_REASON,
    )
)
ACCOUNT_ENABLED = register(
    EventType(
        "access.account.enabled",
        zh("恢复账号，原因：{reason}"),
        {**_PERSON, "reason": zh("原因")},
        personal=_REASON,
    )
)
ACCOUNT_EXPIRED = register(
    EventType(
        "access.account.expired",
        zh("账号久未使用，自动到期；最后一次使用或恢复：{touched}"),
        {**_PERSON, "touched": zh("最后一次使用或恢复")},
        personal=_OPEN,
    )
)
ACCOUNT_CLEARED = register(
    EventType(
        "access.account.cleared",
        zh("清空账号里的个人信息"),
        _PERSON,
        personal=_OPEN,
    )
)
ROLE_GRANTED = register(
    EventType(
        "access.role.granted",
        zh("授予角色「{role}」，范围：{unit}，自 {start} 至 {end}"),
        {
            **_PERSON,
            "role": zh("角色"),
            "unit": zh("单位"),
            "start": zh("开始日期"),
            "end": zh("结束日期"),
        },
        personal=_OPEN,
        terms=_ROLE,
    )
)
ROLE_REVOKED = register(
    EventType(
        "access.role.revoked",
        zh("收回角色「{role}」，范围：{unit}，原因：{reason}"),
        {**_PERSON, "role": zh("角色"), "unit": zh("单位"), "reason": zh("原因")},
        personal=_REASON,
        terms=_ROLE,
    )
)
ADMINISTRATORS_MERGED = register(
    EventType(
        "access.administrators.merged",
        zh("准许「{first}」与「{second}」由一人兼任，理由：{reason}"),
        {"first": zh("角色"), "second": zh("兼任角色"), "reason": zh("理由")},
        personal=_OPEN,
        terms={"first": Role, "second": Role},
    )
)
ADMINISTRATORS_SEPARATED = register(
    EventType(
        "access.administrators.separated",
        zh("不再准许「{first}」与「{second}」由一人兼任，理由：{reason}"),
        {"first": zh("角色"), "second": zh("兼任角色"), "reason": zh("理由")},
        personal=_OPEN,
        terms={"first": Role, "second": Role},
    )
)
LINK_ISSUED = register(
    EventType(
        "access.link.issued",
        zh("发出一次性链接：{purpose}，{expires} 前有效"),
        {**_PERSON, "purpose": zh("用途"), "expires": zh("有效期至")},
        personal=_OPEN,
        terms={"purpose": LinkPurpose},
    )
)
LINK_USED = register(
    EventType(
        "access.link.used",
        zh("使用一次性链接：{purpose}"),
        {**_PERSON, "purpose": zh("用途")},
        personal=_OPEN,
        terms={"purpose": LinkPurpose},
    )
)
_ISSUED = {
    **_PERSON,
    "account": zh("账号"),
    "name": zh("名称"),
    "permissions": zh("权限"),
    "expires": zh("有效期至"),
}
_SAYS_ISSUED = zh("签发接口令牌「{name}」，{expires} 前有效，权限：{permissions}")
register(EventType("access.token.issued", _SAYS_ISSUED, _ISSUED, personal=_OPEN))
TOKEN_ISSUED = register(
    EventType(
        "access.token.issued",
        _SAYS_ISSUED,
        {**_ISSUED, "within": zh("限于单位"), "is_read_only": zh("只读")},
        personal=_OPEN,
        version=2,
    )
)
TOKEN_REVOKED = register(
    EventType(
        "access.token.revoked",
        zh("作废接口令牌「{name}」"),
        {**_PERSON, "account": zh("账号"), "name": zh("名称")},
        personal=_OPEN,
    )
)
TOKEN_USED = register(
    EventType(
        "access.token.used",
        zh("接口令牌「{name}」当日首次使用"),
        {**_PERSON, "account": zh("账号"), "name": zh("名称")},
        personal=_OPEN,
    )
)

_VIEW = {"page": zh("列表网址"), "name": zh("名称"), "is_shared": zh("给所有读者")}
_NAMED = frozenset({"name"})
VIEW_SAVED = register(
    EventType("access.view.saved", zh("保存列表视图「{name}」"), _VIEW, personal=_NAMED)
)
VIEW_CHANGED = register(
    EventType("access.view.changed", zh("更改列表视图「{name}」"), _VIEW, personal=_NAMED)
)
VIEW_REMOVED = register(
    EventType("access.view.removed", zh("删除列表视图「{name}」"), _VIEW, personal=_NAMED)
)
VIEW_RESTORED = register(
    EventType("access.view.restored", zh("找回列表视图「{name}」"), _VIEW, personal=_NAMED)
)
