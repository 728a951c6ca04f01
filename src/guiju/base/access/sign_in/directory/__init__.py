"""Having a password checked by the house's directory (docs/decisions/0017)."""
