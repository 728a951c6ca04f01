"""The pages about one flow."""
