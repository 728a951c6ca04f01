"""The refusals that several ways of signing in share: one code and one sentence for each."""

from __future__ import annotations

from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.sentence import Sentence, zh


def wrong() -> Denied:
    """Say that name and password do not fit, and not which of them."""
    return Denied(
        "ACCESS-60",
        zh("登录名或密码不对，没有登录。请核对后再试；忘记密码时，请联系安全管理员。"),
    )


def shut() -> Denied:
    """Say that an account lets nobody in; only to who knows its password."""
    return Denied(
        "ACCESS-62",
        zh("这个账号已停用、已到期，或者很久没有使用，没有登录。请联系安全管理员恢复。"),
    )


def untyped() -> Invalid:
    """Say that something was left empty."""
    return Invalid("ACCESS-63", zh("有一项没有填写。请填写后再提交。"))


def wrong_code() -> Denied:
    """Say that a code is not the one, or was used before."""
    return Denied(
        "ACCESS-64",
        zh("验证码不对，或者已经用过。请等手机上出现下一个验证码，再填写一次。"),
    )


def wrong_password() -> Denied:
    """Say that the password of the person who is signed in was mistyped."""
    return Denied("ACCESS-71", zh("当前密码不对，没有改动。请重新填写当前密码。"))


def wrong_key() -> Denied:
    """Say that a security key did not answer rightly."""
    return Denied(
        "ACCESS-73",
        zh("安全密钥没有通过验证。请插好密钥再试一次；仍然不行，请改用验证码或恢复码。"),
    )


def last_factor() -> Denied:
    """Say that somebody's roles do not allow a password alone."""
    return Denied(
        "ACCESS-74",
        zh("您的角色必须有第二重验证，不能停用最后一种。请先启用另一种，再停用这一种。"),
    )


def too_late() -> Denied:
    """Say that the password was shown too long ago, or not in this browser."""
    return Denied("ACCESS-75", zh("登录等得太久，已经作废。请从登录页重新开始。"))


def enrolled_already() -> Conflict:
    """Say that there is an authenticator app, or a form that was opened twice."""
    return Conflict(
        "ACCESS-76",
        zh("动态口令已经启用，或者这一页打开得太久。请回到「第二重验证」重新打开。"),
    )


def no_account() -> Denied:
    """Say that somebody is known elsewhere, and that signing in makes no account."""
    return Denied(
        "SIGNIN-01",
        zh("您的身份已确认，但这里没有为您开设的账号，没有登录。请联系本单位的安全管理员。"),
    )


def unasked() -> Denied:
    """Say that an answer of the provider was not asked for here, or comes late or again."""
    return Denied(
        "SIGNIN-02",
        zh("这次登录已经作废：可能等得太久，也可能用过或换了浏览器。请从登录页重新开始。"),
    )


def doubtful(provider: str | Sentence) -> Denied:
    """Say that the provider's word does not hold."""
    return Denied(
        "SIGNIN-03",
        zh("「{provider}」的答复没有通过核验，没有登录。请重新登录一次。", provider=provider),
    )


def provider_silent(provider: str | Sentence, reason: Sentence) -> Denied:
    """Say that the provider does not answer."""
    return Denied(
        "SIGNIN-04",
        zh(
            "「{provider}」现在不能使用：{reason}。请稍后再试；有本地密码的，请用密码登录。",
            provider=provider,
            reason=reason,
        ),
    )


def not_let_through(provider: str | Sentence) -> Denied:
    """Say that the provider did not let somebody through, or that they turned back."""
    return Denied(
        "SIGNIN-05",
        zh("在「{provider}」没有完成登录。请重新开始，或改用密码登录。", provider=provider),
    )


def directory_silent() -> Denied:
    """Say that the directory cannot be asked."""
    return Denied(
        "SIGNIN-06",
        zh("单位目录现在连接不上，没有登录。请稍后再试；有本地密码的，请用本地密码登录。"),
    )


def cloned_key() -> Denied:
    """Say that a security key counted backwards, as a copy of it does."""
    return Denied(
        "SIGNIN-07",
        zh(
            "这把安全密钥可能被人复制，没有登录。请改用其他方式登录，停用这把密钥，"
            "并告诉安全管理员。"
        ),
    )
