"""Pages of the system's state."""
