"""Forms by which the parts of a profile are changed: one small form for each."""
