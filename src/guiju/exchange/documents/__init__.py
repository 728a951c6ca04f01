"""Documents in the layout of official documents (GB/T 9704-2012), as DOCX."""

from guiju.exchange.documents.paper import Grid, Heading, Paper, Part, Text
from guiju.exchange.documents.write import DOCX, write_paper

__all__ = ["DOCX", "Grid", "Heading", "Paper", "Part", "Text", "write_paper"]
