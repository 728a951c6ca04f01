"""The only writers of editions and their items."""
