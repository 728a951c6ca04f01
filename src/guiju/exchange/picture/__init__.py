"""The picture of a flow as one self-contained SVG, for the public and for print."""

from guiju.exchange.picture.draw import draw_flow
from guiju.exchange.picture.parts import Mark

__all__ = ["Mark", "draw_flow"]
