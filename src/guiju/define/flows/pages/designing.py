"""The designer: a flow drawn in the browser, sent the same way as a file."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.flows.pages.flow import address_of_file
from guiju.define.flows.pages.frame import flow_head, page_of_flow, reached_flow
from guiju.define.flows.vendored import has_designer
from guiju.define.lists.find import require_draft

WORDS = {
    "Activate create/remove space tool": zh("腾出或收起空当"),
    "Activate global connect tool": zh("连线"),
    "Activate hand tool": zh("移动画面"),
    "Activate lasso tool": zh("框选"),
    "Add lane above": zh("在上面加一条泳道"),
    "Add lane below": zh("在下面加一条泳道"),
    "Add text annotation": zh("加注释"),
    "Align elements": zh("对齐"),
    "Append end event": zh("接上结束"),
    "Append gateway": zh("接上网关"),
    "Append intermediate/boundary event": zh("接上中间事件"),
    "Append task": zh("接上步骤"),
    "Business rule task": zh("规则任务"),
    "Call activity": zh("调用流程"),
    "Change element": zh("换一种"),
    "Collection": zh("多份"),
    "Conditional flow": zh("有条件的线"),
    "Connect to other element": zh("连到别处"),
    "Connect using association": zh("用虚线相连"),
    "Create data object reference": zh("新建材料"),
    "Create data store reference": zh("新建台账"),
    "Create end event": zh("新建结束"),
    "Create expanded sub-process": zh("新建子流程"),
    "Create gateway": zh("新建网关"),
    "Create group": zh("新建分组"),
    "Create intermediate/boundary event": zh("新建中间事件"),
    "Create pool/participant": zh("新建泳池（里面的泳道是岗位）"),
    "Create start event": zh("新建开始"),
    "Create task": zh("新建步骤"),
    "Default flow": zh("其他情况走的线"),
    "Delete": zh("删去"),
    "Distribute elements horizontally": zh("横向均匀排开"),
    "Distribute elements vertically": zh("纵向均匀排开"),
    "Divide into three lanes": zh("分成三条泳道"),
    "Divide into two lanes": zh("分成两条泳道"),
    "End event": zh("结束"),
    "Exclusive gateway": zh("排他网关"),
    "Inclusive gateway": zh("包容网关"),
    "Loop": zh("重复"),
    "Manual task": zh("线下任务"),
    "Open {element}": zh("打开 {element}", element="{element}"),
    "Parallel gateway": zh("并行网关"),
    "Parallel multi-instance": zh("多人同时办理"),
    "Receive task": zh("接收任务"),
    "Script task": zh("脚本任务"),
    "Send task": zh("发送任务"),
    "Sequence flow": zh("流程线"),
    "Sequential multi-instance": zh("多人依次办理"),
    "Service task": zh("自动任务"),
    "Start event": zh("开始"),
    "Sub-process": zh("子流程"),
    "Sub-process (collapsed)": zh("子流程（收起）"),
    "Sub-process (expanded)": zh("子流程（展开）"),
    "Task": zh("普通任务"),
    "Terminate end event": zh("终止"),
    "Timer intermediate catch event": zh("定时事件"),
    "Toggle non-interrupting": zh("是否打断"),
    "User task": zh("人工任务"),
}
"""What the library says, and how it is said here."""


@needs(Permission.LISTS_EDIT)
@require_safe
def design(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Show the designer, where its library is installed."""
    found = reached_flow(request, identity, code, Permission.LISTS_EDIT)
    require_draft(found.edition)
    if not has_designer():
        raise Http404
    shown = flow_head(request, found, "flows:design", Crumb(zh("画流程图"))) | {
        "source": address_of_file(found, "bpmn") if found.flow.steps else "",
        "words": json.dumps({key: say(word) for key, word in WORDS.items()}, ensure_ascii=False),
        "target": page_of_flow(found, "flows:upload"),
    }
    return render(request, "flows/design.html", shown)
