"""What may be done to the organisation: the only writers of its tables."""
