"""How few people can complete a power among themselves? (engine.md, section 3)."""

from guiju.core.flow.people.explain import explain
from guiju.core.flow.people.least import LIMIT, least_people, which_rule_matters
from guiju.core.flow.people.model import Duty, PeopleResult, RuleEffect, Separation, Staffing
from guiju.core.flow.people.posts import Holding, Roster, staffing_by_post, staffing_for

__all__ = [
    "LIMIT",
    "Duty",
    "Holding",
    "PeopleResult",
    "Roster",
    "RuleEffect",
    "Separation",
    "Staffing",
    "explain",
    "least_people",
    "staffing_by_post",
    "staffing_for",
    "which_rule_matters",
]
