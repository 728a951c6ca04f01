"""States of the record in a word and a shape."""

from __future__ import annotations

from guiju.base.record.health import Health, Witnessing
from guiju.base.ui.badges import Badge
from guiju.core.sentence import zh
from guiju.core.terms import WitnessState

_WITNESS = {
    WitnessState.NEW: "wait",
    WitnessState.AGREEING: "good",
    WitnessState.SILENT: "warn",
    WitnessState.DISAGREEING: "bad",
    WitnessState.RETIRED: "calm",
}


def witness_badges(health: Health) -> list[tuple[Witnessing, Badge]]:
    """Return every witness with its state."""
    return [(one, Badge(_WITNESS[one.state], one.state.label)) for one in health.witnesses]


def sealing_badge(health: Health) -> Badge:
    """Return whether events are sealed and checkpoints signed as they should be."""
    if health.halted:
        return Badge("bad", zh("已停止写入"))
    if health.is_below_floor:
        return Badge("bad", zh("少于已公布的条数"))
    if health.is_late:
        return Badge("warn", zh("检查点过时"))
    return Badge("good", zh("正常"))


def witnessed_badge(health: Health) -> Badge:
    """Return whether the newest checkpoint is witnessed by as many as must."""
    if not health.quorum:
        return Badge("warn", zh("不要求见证"))
    if health.is_witnessed:
        return Badge("good", zh("见证已足"))
    return Badge("wait", zh("见证未足"))
