"""Who may get in, as whom, and what they may do where."""
