"""Bringing a file into a draft: send it, say what its columns are, see what changes, import."""
