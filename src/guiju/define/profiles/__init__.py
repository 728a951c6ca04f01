"""Profiles of bodies' own: copied from one that comes with Guiju, changed, put in force by day."""
