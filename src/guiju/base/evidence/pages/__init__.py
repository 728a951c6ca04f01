"""Pages of kept files."""
