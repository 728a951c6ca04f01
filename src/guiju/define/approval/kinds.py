"""Kinds of tasks that approvals give people."""

from __future__ import annotations

from guiju.base.inbox.kinds import register_kind
from guiju.core.sentence import zh

SIGN = register_kind("approval.sign", zh("清单审签"))
MEND = register_kind("approval.mend", zh("退回修改"))
OBJECTION = register_kind("approval.objection", zh("答复异议"))
