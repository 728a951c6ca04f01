"""Rules beside the flow, from a small TOML file.

``example_rules`` shows every key. Keys are English; kinds, units and occurrences may be
written by their code or by their Chinese label.
"""

from guiju.exchange.rule_file.example import example_rules
from guiju.exchange.rule_file.read import read_rules

__all__ = ["example_rules", "read_rules"]
