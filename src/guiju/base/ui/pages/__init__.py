"""Pages of the shell itself: choices, search, help, the gallery."""
