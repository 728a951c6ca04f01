"""The verdict on a log as JSON for machines and as one HTML file for people."""

from guiju.exchange.verdicts.machine import write_json
from guiju.exchange.verdicts.page import write_html
from guiju.exchange.verdicts.report import Report, Source
from guiju.exchange.verdicts.steps import step_marks

__all__ = ["Report", "Source", "step_marks", "write_html", "write_json"]
