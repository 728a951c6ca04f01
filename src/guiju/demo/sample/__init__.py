"""A made-up office: one licensing power with its flow, staff, rules and a log of its matters."""

from guiju.demo.sample.files import FORMATS, write_sample
from guiju.demo.sample.office import office_flow
from guiju.demo.sample.simulate import simulate

__all__ = ["FORMATS", "office_flow", "simulate", "write_sample"]
