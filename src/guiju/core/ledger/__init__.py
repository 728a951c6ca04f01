"""The record's cryptography: entries, trees, notes, checkpoints, proofs, witnesses.

Pure computation by published formats (RFC 6962, RFC 9162, RFC 8785 and the C2SP
documents), so that a stranger's program can check what this one wrote. Signatures
and other hash functions than SHA-256 come in as functions (engine.md, section 4).
"""
