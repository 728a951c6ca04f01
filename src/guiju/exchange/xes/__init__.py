"""XES event logs (IEEE 1849-2016): read them, plain or gzipped, and write them."""

from __future__ import annotations

from guiju.exchange.xes.reader import read_xes
from guiju.exchange.xes.writer import write_xes

__all__ = ["read_xes", "write_xes"]
