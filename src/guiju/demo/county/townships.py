"""The example county's townships with their offices and villages."""

from __future__ import annotations

from dataclasses import replace

from guiju.core.organisation.words import UnitKind
from guiju.demo.county.seats import (
    APPROVAL,
    FINANCE,
    WORKS,
    Field,
    Seat,
    Unit,
    apart,
    beside,
    chief,
    clerk,
    deputy,
    elected,
    head,
)


def _elected_by_villagers(seat: Seat) -> Seat:
    """Return ``seat`` without a longest tenure (村民委员会组织法 art. 11: 可以连选连任)."""
    return replace(seat, most_years=None)


_VILLAGE = (
    _elected_by_villagers(head("村党支部书记（村委会主任）", "主持村级事务，执行四议两公开")),
    _elected_by_villagers(apart(clerk("村会计", "村级财务报账和村务公开", FINANCE), 3)),
    clerk("村务监督委员会主任", "监督村务、财务和工程"),
)


def _township(
    code: str, name: str, word: str, office: tuple[str, str, Seat, Seat], village: str
) -> tuple[Unit, Unit, Unit]:
    mayor = "乡长" if name.endswith("乡") else "镇长"
    letters, office_name, *seats = office
    return (
        Unit(
            code,
            name,
            name,
            "XZF",
            UnitKind.TOWNSHIP,
            Field.ORGANS,
            (
                head("党委书记", "主持党委全面工作，对辖区权力运行监督负总责"),
                elected(deputy(mayor, "主持政府日常工作", FINANCE)),
                deputy("纪委书记", "主持纪委工作，监督党委政府班子"),
                deputy(f"副{mayor}", "分管村镇建设和民生审批", WORKS, APPROVAL),
                chief("财政所所长", "乡镇预算和惠民资金发放", FINANCE),
            ),
            word=word,
        ),
        Unit(
            f"{code}-{letters}",
            f"{name}{office_name}",
            office_name,
            code,
            UnitKind.OFFICE,
            Field.ORGANS,
            tuple(seats),
            word=word,
        ),
        Unit(
            f"{code}-CUN",
            f"{name}{village}",
            village,
            code,
            UnitKind.VILLAGE,
            Field.VILLAGES,
            _VILLAGE,
            word=word,
        ),
    )


TOWNSHIPS = (
    *_township(
        "QSZ",
        "青山镇",
        "青",
        (
            "DZ",
            "党政办公室",
            chief("主任", "文秘、会务和印章管理"),
            clerk("干事", "公文流转和值班"),
        ),
        "石桥村",
    ),
    *_township(
        "LXZ",
        "柳溪镇",
        "柳",
        (
            "JF",
            "经济发展办公室",
            chief("主任", "项目申报和统计"),
            clerk("项目岗", "小型工程立项和验收", WORKS),
        ),
        "白鹭村",
    ),
    *_township(
        "YLX",
        "云岭乡",
        "云",
        (
            "XZ",
            "乡村振兴办公室",
            beside(chief("主任", "衔接资金项目管理"), "YLX-04"),
            clerk("资金岗", "衔接资金台账和公示", FINANCE),
        ),
        "云顶村",
    ),
)
