"""The rules that stand beside the flow: who, how many, in what order, how soon."""

from guiju.core.check.rules.findings import Remark, RuleReport
from guiju.core.check.rules.judge import RuleSet, check_names, judge_rules
from guiju.core.check.rules.limits import TimeLimit
from guiju.core.check.rules.monitor import Monitor, compiled
from guiju.core.check.rules.performers import Performers
from guiju.core.check.rules.rule import Finding, Rule
from guiju.core.check.rules.separation import FourEyes, MinPeople
from guiju.core.check.rules.templates import Order

__all__ = [
    "Finding",
    "FourEyes",
    "MinPeople",
    "Monitor",
    "Order",
    "Performers",
    "Remark",
    "Rule",
    "RuleReport",
    "RuleSet",
    "TimeLimit",
    "check_names",
    "compiled",
    "judge_rules",
]
