"""Getting in and out: password, second factor, lock-out, sessions (docs/decisions/0015)."""
