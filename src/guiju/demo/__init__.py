"""Examples that the product makes itself, always the same."""
