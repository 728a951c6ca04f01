"""Editions of the four lists: kept, edited, imported, compared, frozen once in review."""
