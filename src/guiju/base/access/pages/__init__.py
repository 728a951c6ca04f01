"""Pages of accounts and roles: each parses, makes one call, and renders."""
