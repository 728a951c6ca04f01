"""A water bureau's own workbook, in the shape that such offices publish theirs.

The sheet of powers has the columns of 成安县水利局权责清单 (序号、权力类型、权力事项、行政主体、
实施依据、责任事项、追责情形、备注; citations as 「法律法规名称:…;条款号:…;;」), with those that
an office adds for its own use; the sheet of risks those of 廉政风险点及防控措施一览表; the sheet
of steps is a step table. Each has a title above its head and is numbered by hand.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

_POWERS = (
    "序号", "权力类型", "权力事项", "行政主体", "行使岗位", "分管领导", "权力层面", "对外或对内",
    "适用条件", "行使边界", "运行方式", "纪律规定", "实施依据", "责任事项", "追责情形", "法定时限",
    "有自由裁量", "风险等级", "监督电话", "公开范围", "备注",
)  # fmt: skip
_WATER_ACT = (
    "1、法律法规名称:《中华人民共和国水法》;依据文号:主席令第七十四号;条款号:第三十九条;"
    "条款内容:国家实行河道采砂许可制度。"
)
_RIVER_RULES = (
    "1、法律法规名称:《中华人民共和国河道管理条例》;依据文号:国务院令第3号;条款号:第四十四条;"
    "条款内容:未经批准在河道管理范围内采砂的，责令纠正违法行为，可以并处罚款。"
)
_PARTY_RULES = "1、法律法规名称:《某县水利局党组议事规则》;条款号:第九条"

POWERS: tuple[Sequence[object], ...] = (
    (
        1, "行政许可", "河道采砂许可", "某县水利局", "审批股长", "分管副局长", "单位", "对外",
        "申请人有采砂设备和作业方案，采砂点在规划的可采区内", "",
        "依申请，窗口受理，现场查勘后决定",
        "不得吃拿卡要，不得为申请人指定中介", _WATER_ACT,
        "1.受理责任：公示申请条件和材料，一次告知补正。2.审查责任：两人到现场查勘，写明意见。"
        "3.决定责任：按期作出决定，不予许可的说明理由。",
        "1.对符合条件的不予受理的；2.对不符合条件的准予许可的；3.办理许可时索取财物的。",
        "20个工作日", "否", "Ⅰ级", "0900-12345", "向社会公开", "",
    ),
    (
        2, "三重一大", "股长任免", "某县水利局", "局长", "分管副局长", "班子成员", "对内",
        "股长职位空缺或任期届满", "只限本局股级职位", "民主推荐、考察后由局党组会议集体决定",
        "不得任人唯亲，不得会前定调", _PARTY_RULES,
        "1.动议责任：职位空缺后提出方案。2.考察责任：两人以上考察并写实。",
        "1.未经集体讨论决定任免的；2.隐瞒考察情况的。",
        "", "否", "Ⅰ级", "0900-12345", "向社会公开", "",
    ),
    (
        3, "行政处罚", "违法采砂处罚", "某县水利局", "审批股长", "分管副局长", "岗位", "对外",
        "有未经许可采砂的事实和证据", "只限本县管理的河道", "立案、调查、告知、决定、送达",
        "不得降格处罚，不得以罚代刑", _RIVER_RULES,
        "1.立案责任：发现线索七日内决定是否立案。2.决定责任：说明事实、理由和依据。",
        "1.没有法定依据实施处罚的；2.擅自改变处罚种类和幅度的。",
        "90日", "否", "Ⅱ级", "0900-12345", "向社会公开", "",
    ),
)  # fmt: skip
_RISKS = (
    "序号", "权力名称", "工作流程环节", "风险点", "表现形式", "风险类别", "风险层面", "风险等级",
    "查找途径", "前期预防", "责任部门", "责任岗位", "责任人", "监督人", "监督方式", "完成时限",
    "防控手段", "公开范围",
)  # fmt: skip
RISKS: tuple[Sequence[object], ...] = (
    (
        1, "河道采砂许可", "审查", "现场查勘走过场，放过不在可采区的采砂点",
        "收受采砂人好处，不到现场就出具查勘意见", "业务流程", "岗位", "Ⅰ级", "自己找、群众提",
        "两人同到现场，查勘表附照片和坐标", "某县水利局", "分管副局长", "吴廉", "局长",
        "每季度抽查十份查勘表", "长期坚持", "分权", "社会公开",
    ),
    (
        2, "股长任免", "审查", "考察时只听一面之词，任人唯亲", "提前授意考察组写好考察结论",
        "思想作风", "班子成员", "Ⅱ级", "",
        "考察前公示七天，考察对象和谈话名册分开抽取",
        "某县水利局", "审批股长", "郑清", "分管副局长",
        "每次任免后由监督人核对谈话名册", "长期坚持", "制度", "社会公开",
    ),
    (
        3, "违法采砂处罚", "审查", "调查取证时避重就轻，为违法者开脱", "漏记采砂数量，少算违法所得",
        "制度机制", "岗位", "Ⅱ级", "相互查、组织评",
        "采砂数量由两家测量单位分别测定，差一成以上重测", "某县水利局", "审批股长", "郑清",
        "分管副局长", "每件处罚结案前复核测量记录", "长期坚持", "控权", "社会公开",
    ),
)  # fmt: skip
_STEPS = ("权力名称", "流程名称", "序号", "步骤", "类型", "阶段", "岗位", "时限", "下一步")


def _steps(power: str, name: str, *, ends: bool = True) -> list[Sequence[object]]:
    """Return the four steps of a power's flow; one that does not end goes back to its review."""
    last = "" if ends else "2"
    return [
        (power, name, 1, "受理", "受理", "动议", "窗口", "2个工作日", "2"),
        ("", "", 2, "审查", "审核", "执行", "审批股长", "5个工作日", "3"),
        ("", "", 3, "决定", "决定", "决策", "分管副局长", "3个工作日", "4"),
        ("", "", 4, "送达", "送达", "结果", "送达岗", "2个工作日", last),
    ]


def water_bureau() -> bytes:
    """Return the workbook, with what a bureau forgets: a boundary, ways of finding, an end."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    _fill(sheet, "权责清单", "某县水利局权责清单", _POWERS, POWERS)
    _fill(book.create_sheet(), "廉政风险", "某县水利局廉政风险点及防控措施一览表", _RISKS, RISKS)
    steps = [
        *_steps("河道采砂许可", "采砂许可流程", ends=False),
        *_steps("股长任免", "股长任免流程"),
        *_steps("违法采砂处罚", "采砂处罚流程"),
    ]
    _fill(book.create_sheet(), "运行流程", "权力运行流程", _STEPS, steps)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet, name, title, head, rows):
    sheet.title = name
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(head))
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
