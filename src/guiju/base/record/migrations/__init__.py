"""How the record's tables came to be."""
