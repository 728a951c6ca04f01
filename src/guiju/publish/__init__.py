"""What the public sees: the portal, open data, proofs."""
