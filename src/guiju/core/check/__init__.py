"""Judging what happened against the flow and the rules beside it."""
