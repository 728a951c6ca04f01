"""What lists of tasks that somebody gave have in common: the state's badge, the filters."""

from __future__ import annotations

from guiju.base.inbox.reads import Given
from guiju.base.inbox.reads_office import Sent
from guiju.base.inbox.states import TaskState
from guiju.base.ui.badges import Badge
from guiju.base.ui.tables import Filter
from guiju.core.sentence import zh

_TONES = {
    TaskState.OPEN: "wait",
    TaskState.ESCALATED: "warn",
    TaskState.DONE: "good",
    TaskState.WITHDRAWN: "calm",
}

FILTERS = (
    Filter("state", zh("状态"), tuple((one.value, one.label) for one in TaskState)),
    Filter("late", zh("超期"), (("yes", zh("只看超期")),)),
)
"""What ``reads.narrowed`` looks at."""


def state_badge(row: Given | Sent) -> Badge:
    """Return how a task stands."""
    if row.is_late:
        return Badge("warn", zh("{state}，已超期", state=row.state.label))
    return Badge(_TONES[row.state], row.state.label)
