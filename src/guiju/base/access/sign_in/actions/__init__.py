"""What signing in changes: the only writers of its tables and of the library's."""
