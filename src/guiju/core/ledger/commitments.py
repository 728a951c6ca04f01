"""Commitments: the record vouches for a personal value without holding it.

commitment = HMAC-SHA256(salt, canonical JSON of [path, value]) (RFC 2104; engine.md,
section 4). The JSON array keeps path and value apart, whatever they hold. With the salt
destroyed, the value can no longer be guessed from its commitment, however few
values are possible.
"""

from __future__ import annotations

import hashlib
import hmac

from guiju.core.errors import Invalid
from guiju.core.ledger.entry import canonical
from guiju.core.sentence import zh

SALT_SIZE = 32
"""Bytes of a salt, random and used for one value only."""


def commit(path: str, value: object, *, salt: bytes) -> bytes:
    """Return the 32 bytes that stand in an entry for a personal value.

    Args:
        path: which field of the entry, for example ``applicant.name``.
        value: what stands there, as canonical JSON can hold it.
        salt: 32 random bytes.

    Raises:
        Invalid: LEDGER-70 for a salt of another length; what ``canonical`` raises.
    """
    if len(salt) != SALT_SIZE:
        raise Invalid(
            "LEDGER-70",
            zh(
                "盐（随机数）应有 {wanted} 字节，实有 {length} 字节。请重新取盐。",
                wanted=SALT_SIZE,
                length=len(salt),
            ),
        )
    return hmac.new(salt, canonical([path, value]), hashlib.sha256).digest()


def check_commitment(commitment: bytes, path: str, value: object, *, salt: bytes) -> None:
    """Check that a value is the one that was committed to.

    Raises:
        Invalid: LEDGER-71 when it is not; what ``commit`` raises.
    """
    if not hmac.compare_digest(commitment, commit(path, value, salt=salt)):
        raise Invalid(
            "LEDGER-71",
            zh(
                "「{path}」的内容与记录里留存的摘要不符：内容或盐被改动过。请以备份核对。",
                path=path,
            ),
        )
