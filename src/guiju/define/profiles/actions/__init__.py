"""The only writers of profiles."""
