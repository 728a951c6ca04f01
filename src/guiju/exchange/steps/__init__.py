"""Step tables, which is what offices have: one row per step, as CSV, TSV or XLSX."""

from guiju.exchange.steps.read import StepTableFile, read_step_table
from guiju.exchange.steps.write import write_step_table

__all__ = ["StepTableFile", "read_step_table", "write_step_table"]
