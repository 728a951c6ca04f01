"""What a person starts: the command line and, later, the server."""
