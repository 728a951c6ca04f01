"""Event types of signing in. The typed name is in none of them: it may be a password."""

from __future__ import annotations

from guiju.base.access.sign_in.factors import Factor
from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import Sentence, zh

_FACTOR = {"factor": zh("方式")}
_TERMS = {"factor": Factor}


def _about_factor(kind: str, sentence: Sentence) -> EventType:
    return register(EventType(kind, sentence, _FACTOR, personal=frozenset(), terms=_TERMS))


def _plain(kind: str, sentence: Sentence) -> EventType:
    return register(EventType(kind, sentence, {}, personal=frozenset()))


SIGNED_IN = _about_factor("access.session.signed_in", zh("登录，最后验证的是{factor}"))
FAILED = _about_factor("access.session.failed", zh("登录没有成功，{factor}不对"))
SIGNED_OUT = _plain("access.session.signed_out", zh("退出登录"))
LOCKED = register(
    EventType(
        "access.session.locked",
        zh("连续登录失败，暂停登录 {minutes} 分钟"),
        {"minutes": zh("分钟")},
        personal=frozenset(),
    )
)
UNLOCKED = _plain("access.session.unlocked", zh("解除登录暂停"))
REVOKED = register(
    EventType(
        "access.session.revoked",
        zh("收回登录 {count} 处"),
        {"count": zh("处数")},
        personal=frozenset(),
    )
)
PASSWORD_CHANGED = _plain("access.password.changed", zh("修改密码，其他登录全部失效"))
PASSWORD_SET = _plain("access.password.set", zh("用一次性链接设置密码"))
ENROLLED = _about_factor("access.factor.enrolled", zh("启用第二重验证：{factor}"))
REMOVED = _about_factor("access.factor.removed", zh("停用第二重验证：{factor}"))
CODES_MADE = _plain("access.factor.codes_made", zh("生成新的恢复码"))
RECOVERY_USED = register(
    EventType(
        "access.factor.recovery_used",
        zh("用去一个恢复码，还剩 {left} 个"),
        {"left": zh("剩余个数")},
        personal=frozenset(),
    )
)
RESET = _plain("access.factor.reset", zh("清除第二重验证，须重新启用"))
CLONED = _plain("access.factor.cloned", zh("安全密钥的计数没有增加，可能被复制，没有登录"))
LINKED = _about_factor("access.identity.linked", zh("首次用{factor}登录，账号记住这个身份"))
UNKNOWN = _about_factor(
    "access.identity.unknown", zh("{factor}认得此人，但没有对应的账号，没有登录")
)
UNLINKED = register(
    EventType(
        "access.identity.unlinked",
        zh("忘记账号记住的外部身份 {count} 个"),
        {"count": zh("个数")},
        personal=frozenset(),
    )
)
