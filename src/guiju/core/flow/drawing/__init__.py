"""Where everything stands in the picture of a flow: layers, order, coordinates, routes."""

from guiju.core.flow.drawing.figure import Band, Box, Direction, Drawing, Label, Point, Route
from guiju.core.flow.drawing.scope import lay_out
from guiju.core.flow.drawing.text import text_width, wrap

__all__ = [
    "Band",
    "Box",
    "Direction",
    "Drawing",
    "Label",
    "Point",
    "Route",
    "lay_out",
    "text_width",
    "wrap",
]
