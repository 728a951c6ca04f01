"""What is asked of profiles."""
