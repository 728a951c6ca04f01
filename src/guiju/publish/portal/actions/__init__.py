"""What changes the portal."""
