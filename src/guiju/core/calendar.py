"""Working days: filled in by the calendar work."""
