"""PNML, the Petri Net Markup Language (ISO/IEC 15909-2), in and out."""

from guiju.exchange.pnml.read import read_pnml
from guiju.exchange.pnml.write import write_pnml

__all__ = ["read_pnml", "write_pnml"]
