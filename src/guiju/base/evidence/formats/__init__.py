"""One module per family of formats: what is allowed inside, what it says, its clean copy."""
