"""Who carries the statutory duties in the example county; nobody takes petitions, to be seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from guiju.base.org.actions.duties import Charge, assign_duty
from guiju.base.org.actions.tree import Reform
from guiju.base.record.actor import Actor
from guiju.core.organisation.words_duties import StatutoryDuty

_SINCE = Reform(date(2016, 1, 1), "示办发〔2015〕31号")
_AREA = "SLX"
_CARRIED = (
    (StatutoryDuty.LEGALITY_REVIEW, "FZB"),
    (StatutoryDuty.STAFFING_REVIEW, "ZZB"),
    (StatutoryDuty.PERSONNEL_REVIEW, "ZZB"),
    (StatutoryDuty.FISCAL_REVIEW, "CZJ"),
    (StatutoryDuty.PROJECT_FILING, "FGJ"),
    (StatutoryDuty.PROCUREMENT_SUPERVISION, "CZJ"),
    (StatutoryDuty.AUDIT, "SJJ"),
    (StatutoryDuty.DISCIPLINE, "JCJ"),
    (StatutoryDuty.INTEGRITY_REVIEW, "XJW"),
    (StatutoryDuty.PUBLICATION, "ZFB"),
)
"""By whom before the mergers of 2018 and 2019, which pass two of them on (K13)."""


def lay_duties(units: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Lay the duties on the units that had them at first.

    Args:
        units: references by code.
        by: who acts.
        at: when.

    Raises:
        Invalid, Denied, Conflict: what ``assign_duty`` raises.
    """
    for duty, code in _CARRIED:
        charge = Charge(duty, units[_AREA], units[code])
        assign_duty(charge=charge, reform=_SINCE, by=by, at=at)
