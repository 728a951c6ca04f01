"""Changing accounts, roles, links and tokens: the only writers of this area's tables."""
