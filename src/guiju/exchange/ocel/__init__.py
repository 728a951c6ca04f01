"""Object-centric event logs (OCEL 2.0, JSON), seen through one type of objects."""

from __future__ import annotations

from guiju.exchange.ocel.reader import ObjectLog, read_ocel
from guiju.exchange.ocel.writer import write_ocel

__all__ = ["ObjectLog", "read_ocel", "write_ocel"]
