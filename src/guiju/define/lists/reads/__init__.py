"""Queries that return an edition, or parts of it, as plain data."""
