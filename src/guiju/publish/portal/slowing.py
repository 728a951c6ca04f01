"""How often somebody may send something from one address, without keeping the address."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from datetime import datetime
from hashlib import sha256
from threading import Lock


class Slowing:
    """Counts by hour, in each process of the server, under a key that is forgotten every hour.

    Attributes:
        most: how many an hour from one address.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = Lock()
        self._hour = 0
        self._key = b""
        self._seen: Counter[bytes] = Counter()

    def seconds_to_wait(self, address: str, *, at: datetime) -> int:
        """Count one; return how many seconds to wait, 0 for whoever may go on."""
        hour, passed = divmod(int(at.timestamp()), 3600)
        with self._lock:
            if hour != self._hour:
                self._hour, self._key = hour, secrets.token_bytes(32)
                self._seen.clear()
            mark = hmac.digest(self._key, address.encode(), sha256)
            self._seen[mark] += 1
            return 3600 - passed if self._seen[mark] > self.most else 0

    def forget(self) -> None:
        """Forget whom was counted."""
        with self._lock:
            self._hour = 0
