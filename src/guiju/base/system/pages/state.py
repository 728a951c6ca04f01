"""系统状态: every part in words with what to do, and the last audit of the record."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.system import actions, reads
from guiju.base.system.jobs import MOST_KEPT
from guiju.base.system.judging import lines, worst
from guiju.base.system.reads import Failed
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import may
from guiju.base.ui.toasts import add_toast
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

_JOBS = {
    "sweep_store": zh("清理没有用的附件"),
    "expire_accounts": zh("停用久未使用的账号"),
    "clear_sessions": zh("清理过期的登录"),
    "clear_answers": zh("清理给程序的旧答复"),
    "clear_erased_accounts": zh("清除已删除人员的账号"),
    "clear_erased_people": zh("清除已删除人员的登记"),
    "sweep_uploads": zh("清理没有导入的表格"),
    "remind": zh("提醒到期的任务"),
    "digest": zh("每日汇总"),
    "mail_notices": zh("发送邮件通知"),
    "recompute": zh("重新推算期限"),
    "audit_record": zh("全面核对记录"),
}
"""What people call the jobs of ``config.timetable``, by the name of the function."""


@needs(Permission.HEALTH_READ)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Show the system's state."""
    now = timezone.now()
    found = reads.state(now=now)
    shown = lines(found)
    bad, warn = worst(shown)
    context = {
        "lines": shown,
        "bad": bad,
        "warn": warn,
        "audit": found.audit,
        "failed": [(_job(one), one) for one in found.jobs.failed],
        "most_findings": len(found.audit.findings) >= MOST_KEPT,
        "may_read_record": may(request, Permission.RECORD_READ),
        "now": now,
    }
    return render(request, "system/state.html", context)


@needs(Permission.HEALTH_READ)
@require_POST
def audit(request: HttpRequest) -> HttpResponse:
    """Have a worker audit the whole record."""
    actions.ask_for_audit(by=actor_of(request), at=timezone.now())
    answer = HttpResponseRedirect(reverse("system:state"))
    add_toast(request, answer, zh("已安排核对，完成后结果显示在这一页。"))
    return answer


def _job(one: Failed) -> Sentence:
    return _JOBS.get(one.path.rpartition(".")[2], zh("其他任务"))
