"""The lists as people look at them: one power on a page, one's own powers, maps and indexes."""
