"""Signatures and SM3 by the cryptography package, which is loaded when the first is asked for."""

from __future__ import annotations


def verify_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature holds (RFC 8032, section 5.1.7)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loads OpenSSL
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - as above
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sm3(data: bytes) -> bytes:
    """Return the SM3 hash of ``data`` (GB/T 32905-2016)."""
    from cryptography.hazmat.primitives.hashes import SM3, Hash  # noqa: PLC0415 - as above

    digest = Hash(SM3())
    digest.update(data)
    return digest.finalize()
