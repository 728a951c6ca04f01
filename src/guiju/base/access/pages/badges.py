"""States of an account in a word and a shape."""

from __future__ import annotations

from guiju.base.access.policies import AccountState
from guiju.base.ui.badges import Badge
from guiju.core.sentence import zh

_TONES = {
    AccountState.OPEN: "good",
    AccountState.DISABLED: "bad",
    AccountState.EXPIRED: "calm",
    AccountState.UNUSED: "warn",
}


def state_badge(state: AccountState) -> Badge:
    """Return whether an account lets anybody in."""
    return Badge(_TONES[state], state.label)


def factor_badge(*, has_one: bool) -> Badge:
    """Return whether an account is asked for more than a password."""
    return Badge("good", zh("已启用")) if has_one else Badge("warn", zh("未启用"))
