"""How each part of the system stands, in words, and what to do about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from guiju.base.record.health import LATE, MOST_WAITING
from guiju.base.record.pulse import Pulse
from guiju.base.system.reads import State
from guiju.base.ui.badges import Badge
from guiju.base.ui.dates import ago, moment
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import WitnessState

SLOW = timedelta(minutes=2)
"""After which an event that waits to be sealed, or a job in the queue, has waited too long."""

OLD_BACKUP, VERY_OLD_BACKUP = timedelta(days=2), timedelta(days=7)
FAST_CLOCK = timedelta(seconds=30)
"""By how much our clock may differ from a witness's; sending takes a part of it."""

LEAST_FREE, FEW_FREE = 0.05, 0.15
"""Shares of the disk below which writing will fail soon, or one has to see to it."""

_GOOD, _WAIT = Badge("good", zh("正常")), Badge("wait", zh("未知"))
_BAD, _WARN = Badge("bad", zh("要处理")), Badge("warn", zh("要留意"))
_MIB = 1024**2
_GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the system.

    Attributes:
        name: which.
        state: how it stands, in a shape and a word.
        says: the facts.
        todo: what to do; None where nothing is to be done.
    """

    name: Sentence
    state: Badge
    says: Sentence
    todo: Sentence | None = None


def lines(state: State) -> tuple[Line, ...]:
    """Return a line for every part, in the order of the page."""
    return (
        _writing(state),
        _worker(state),
        _jobs(state),
        _sealing(state),
        _signing(state),
        _witnesses(state.pulse),
        _clock(state.pulse),
        _floor(state.pulse),
        _backup(state),
        _disk(state),
        _calendar(state),
        _administrators(state),
        _accounts(state),
    )


def worst(found: tuple[Line, ...]) -> tuple[int, int]:
    """Return how many lines must be seen to, and how many should be looked at."""
    tones = [one.state.tone for one in found]
    return tones.count("bad"), tones.count("warn")


def _writing(state: State) -> Line:
    name, why = zh("写入"), state.pulse.halted
    if why:
        todo = zh("请保留现场，联系见证方核对，运行 guiju doctor 查明后再恢复。")
        return Line(name, _BAD, zh("已停止写入：{why}", why=why), todo)
    return Line(name, _GOOD, zh("可以办理和写入。"))


def _worker(state: State) -> Line:
    name, worker = zh("后台进程"), state.pulse.worker
    start = zh("请检查 guiju serve 或 guiju worker 是否在运行；没有时，封存和提醒都会停下。")
    if worker is None:
        return Line(name, _BAD, zh("没有收到过后台进程的消息。"), start)
    last = _when(worker.at, state)
    if worker.is_late(state.now):
        return Line(name, _BAD, zh("最近一次消息：{last}，已经太久。", last=last), start)
    if worker.error:
        todo = zh("请按提示处理；后台进程会自行重试。")
        return Line(name, _WARN, zh("{last}报告：{error}", last=last, error=worker.error), todo)
    return Line(name, _GOOD, zh("最近一次消息：{last}。", last=last))


def _jobs(state: State) -> Line:
    name, jobs = zh("后台任务"), state.jobs
    if jobs.failed:
        says = zh("近 7 天有 {count} 次任务失败。", count=len(jobs.failed))
        todo = zh("见下面「失败的任务」。多数会按时重做；同一任务一再失败的，请报告开发方。")
        return Line(name, _WARN, says, todo)
    if jobs.oldest and state.now - jobs.oldest > SLOW:
        says = zh(
            "{count} 项在排队，最早的从{when}起等待。",
            count=jobs.waiting,
            when=_when(jobs.oldest, state),
        )
        return Line(name, _WARN, says, zh("若一直不减少，请检查后台进程。"))
    return Line(name, _GOOD, zh("{count} 项在排队，近 7 天没有失败。", count=jobs.waiting))


def _sealing(state: State) -> Line:
    name, pulse = zh("封存"), state.pulse
    waiting = (
        zh("{count:,} 以上", count=MOST_WAITING)
        if pulse.waiting > MOST_WAITING
        else zh("{count:,}", count=pulse.waiting)
    )
    says = zh("已入账 {size:,} 条，待入账 {waiting} 条。", size=pulse.size, waiting=waiting)
    if pulse.waiting_since and state.now - pulse.waiting_since > SLOW:
        todo = zh("最早的从{when}起等待。请检查后台进程。", when=_when(pulse.waiting_since, state))
        return Line(name, _BAD, says, todo)
    return Line(name, _GOOD, says)


def _signing(state: State) -> Line:
    name, at = zh("检查点"), state.pulse.signed_at
    todo = zh("请检查后台进程，以及签名密钥 keys/log.key 是否可读。")
    if at is None:
        return Line(name, _WARN, zh("还没有签发过。"), todo)
    says = zh("最近一次签发：{when}。", when=_when(at, state))
    return Line(name, _WARN, says, todo) if state.now - at > LATE else Line(name, _GOOD, says)


def _witnesses(pulse: Pulse) -> Line:
    name = zh("见证方")
    if not pulse.witnesses:
        todo = zh("没有外单位见证，管理员仍可能改写记录而不被发现。请上级或同级单位担任见证方。")
        return Line(name, _WARN, zh("没有登记见证方。"), todo)
    bad = [one.name for one in pulse.witnesses if one.state is WitnessState.DISAGREEING]
    silent = [one.name for one in pulse.witnesses if one.state is WitnessState.SILENT]
    if bad:
        todo = zh("请保留现场，立即与见证方核对，运行 guiju doctor。")
        return Line(name, _BAD, zh("不认可本记录的：{names}。", names=listing(bad)), todo)
    says = zh(
        "最近的检查点已有 {count} 家见证，要求 {quorum} 家。",
        count=pulse.cosigned,
        quorum=pulse.quorum,
    )
    if silent:
        todo = zh("没有回应的：{names}。请与对方联系，检查网络。", names=listing(silent))
        return Line(name, _WARN, says, todo)
    if pulse.cosigned < pulse.quorum:
        return Line(name, _WARN, says, zh("刚签发的几秒后会补足；一直不足的，请与见证方联系。"))
    return Line(name, _GOOD, says)


def _clock(pulse: Pulse) -> Line:
    name, drift = zh("时钟"), pulse.drift
    if drift is None:
        return Line(name, _WAIT, zh("最近的检查点还没有见证，无从比较。"))
    seconds = round(abs(drift.total_seconds()))
    if abs(drift) > FAST_CLOCK:
        way = zh("快") if drift > timedelta(0) else zh("慢")
        says = zh("本机时钟比见证方约{way} {count:,} 秒。", way=way, count=seconds)
        return Line(name, _WARN, says, zh("请校准本机时钟；期限和留痕的时间都以它为准。"))
    return Line(name, _GOOD, zh("与见证方相差不到 {count} 秒。", count=seconds + 1))


def _floor(pulse: Pulse) -> Line:
    name = zh("底线")
    if pulse.floor_fault:
        says = zh("读不出已公布的检查点：{why}", why=pulse.floor_fault)
        return Line(
            name, _BAD, says, zh("请从备份取回 floor.checkpoint，或请见证方提供最近的检查点。")
        )
    if pulse.floor is None:
        return Line(name, _WAIT, zh("还没有公布过检查点。"))
    says = zh("已公布 {floor:,} 条，库里 {size:,} 条。", floor=pulse.floor, size=pulse.size)
    if pulse.size < pulse.floor:
        return Line(
            name, _BAD, says, zh("数据库被退回到了从前。请恢复较新的备份，或联系见证方核对。")
        )
    return Line(name, _GOOD, says)


def _backup(state: State) -> Line:
    name, last = zh("备份"), state.pulse.backup
    todo = zh("请运行 guiju backup，把文件和密钥分开存到别的机器，并定期在别处试恢复。")
    if last is None:
        return Line(name, _BAD, zh("本机没有备份的记录。"), todo)
    age = state.now - last.at
    says = zh("最近一次：{when}，{size:,} 条，{keys}。", when=_when(last.at, state), size=last.size,
              keys=zh("密钥另存了一份") if last.has_keys else zh("没有同时存密钥"))  # fmt: skip
    if age > VERY_OLD_BACKUP:
        return Line(name, _BAD, says, todo)
    return Line(name, _WARN, says, todo) if age > OLD_BACKUP else Line(name, _GOOD, says, _RESTORE)


_RESTORE = zh("备份好不好，恢复过才知道：系统看不到别处的试恢复，请自行登记。")


def _disk(state: State) -> Line:
    name, disk = zh("磁盘"), state.disk
    share = disk.free / disk.total if disk.total else 0.0
    says = zh(
        "数据目录所在磁盘还剩 {free}（{share}%），数据库占 {database}。",
        free=_bytes(disk.free),
        share=round(100 * share),
        database=_bytes(state.pulse.database),
    )
    if share < LEAST_FREE:
        return Line(name, _BAD, says, zh("磁盘快满了，满了就不能办理。请马上腾出空间或扩容。"))
    if share < FEW_FREE:
        return Line(name, _WARN, says, zh("请安排腾出空间或扩容。"))
    return Line(name, _GOOD, says)


def _calendar(state: State) -> Line:
    name, year = zh("节假日"), state.last_year
    says = zh("已知到 {year} 年。", year=year)
    todo = zh("请在「工作台 · 节假日」载入国务院办公厅当年的通知；此前的期限暂按周末推算。")
    this = state.now.year
    if year < this:
        return Line(name, _BAD, says, todo)
    if year == this and state.now.month >= 11:
        return Line(name, _WARN, says, todo)
    return Line(name, _GOOD, says)


def _administrators(state: State) -> Line:
    name = zh("三员分设")
    if state.merged:
        todo = zh("人手够了，请由安全管理员恢复分设。")
        return Line(name, _WARN, state.merged[0], todo)
    return Line(name, _GOOD, zh("系统、安全、审计管理员由不同的人担任。"))


def _accounts(state: State) -> Line:
    name, found = zh("账号"), state.accounts
    says = zh(
        "可用 {open:,} 个，久未使用 {unused:,} 个，已到期 {expired:,} 个。",
        open=found.open,
        unused=found.unused,
        expired=found.expired,
    )
    if found.unused:
        return Line(name, _WARN, says, zh("久未使用的已不能登录。请安全管理员核对后停用。"))
    return Line(name, _GOOD, says)


def _when(at: datetime, state: State) -> Sentence:
    return ago(at, state.now) or moment(at)


def _bytes(count: int) -> Sentence:
    if count < _GIB:
        return zh("{count:,} MB", count=round(count / _MIB))
    return zh("{count:,} GB", count=round(count / _GIB))
