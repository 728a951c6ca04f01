"""Words for duties that laws and documents lay on some unit, whichever it is today (K4, K13)."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class StatutoryDuty(Term):
    """What some unit must do for others; chains of approval name the duty, never the unit.

    Who carries it changes with every reform: the legality review passed from 法制办 to 司法局.
    """

    LEGALITY_REVIEW = "legality_review", zh("合法性审核")
    STAFFING_REVIEW = "staffing_review", zh("编制审核")
    PERSONNEL_REVIEW = "personnel_review", zh("人事审核")
    FISCAL_REVIEW = "fiscal_review", zh("财政审核")
    PROJECT_FILING = "project_filing", zh("项目审批备案")
    PROCUREMENT_SUPERVISION = "procurement_supervision", zh("采购监督")
    AUDIT = "audit", zh("审计监督")
    DISCIPLINE = "discipline", zh("纪检监察")
    INTEGRITY_REVIEW = "integrity_review", zh("廉政审查")
    PUBLICATION = "publication", zh("政务公开")
    PETITIONS = "petitions", zh("信访受理")
