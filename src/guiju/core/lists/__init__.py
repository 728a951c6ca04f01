"""The four lists of a unit as plain data: what they say, whether they hold, what changed."""
