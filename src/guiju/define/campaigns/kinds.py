"""The kind of task that campaigns give people."""

from __future__ import annotations

from guiju.base.inbox.kinds import register_kind
from guiju.core.sentence import zh

FIND = register_kind("campaigns.find", zh("风险排查"))
