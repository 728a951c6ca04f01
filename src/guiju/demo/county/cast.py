"""Who of the example county has an account: one person for each role."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.access import SECOND_FACTOR
from guiju.core.terms import Role

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An account.

    Attributes:
        post: the number of the post whose holder it belongs to; empty for the first
            administrator, who is nobody of the county.
        name: of that holder.
        units: numbers of the units over which the role holds; the empty one is everywhere.
    """

    role: Role
    login_name: str
    post: str
    name: str
    units: tuple[str, ...]

    @property
    def has_second_factor(self) -> bool:
        """Whether the role is used by nobody with a password alone."""
        return self.role in SECOND_FACTOR


SECURITY = Part(Role.SECURITY_ADMIN, "admin", "", "", (EVERYWHERE,))
KEEPER = Part(Role.ORG_KEEPER, "fangxiaojing", "ZZB-03", "方晓静", ("SLX",))
LEADER = Part(Role.LEADER, "wangjianguo", "JYJ-02", "王建国", ("JYJ",))
SUPERVISOR = Part(Role.SUPERVISOR, "helin", "PZ3-02", "何琳", ("PZ3", "JYJ", "MZJ", "WJJ"))
STAFF = Part(Role.STAFF, "zhouxiaolan", "JYJ-JC-05", "周晓岚", ("JYJ",))

LIST_KEEPER = Part(Role.LIST_KEEPER, "zhaomin", "JYJ-JC-01", "赵敏", ("JYJ",))

CAST = (
    STAFF,
    LEADER,
    KEEPER,
    LIST_KEEPER,
    SUPERVISOR,
    Part(Role.SYSTEM_ADMIN, "linzihao", "ZFB-06", "林子豪", (EVERYWHERE,)),
    SECURITY,
    Part(Role.AUDIT_ADMIN, "tangwenli", "SJJ-03", "唐文丽", (EVERYWHERE,)),
)
