"""How often somebody may send something from one address, without keeping the address.

The counts lie in the database, which all processes of the server share. They are kept under a key
of the hour that is destroyed with them: nobody can tell afterwards who was counted.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import F

from guiju.base.access.sign_in.lockout import network_of
from guiju.publish.portal.models import Sender, SendingHour

_KEY = 32
_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Slowing:
    """Counts by hour.

    Attributes:
        what: what is sent; each is counted for itself.
        most: how many an hour from one address; of IPv6 from one network, which is one house.
    """

    what: str
    most: int

    def seconds_to_wait(self, address: str, *, at: datetime) -> int:
        """Count one; return how many seconds to wait, 0 for whoever may go on.

        Two queries for whoever has to wait already, so that a flood writes nothing.
        """
        number, passed = divmod(int(at.timestamp()), _SECONDS)
        hour = _hour(number)
        told = f"{self.what}\n{network_of(address)}".encode()
        mark = hmac.digest(bytes(hour.key), told, sha256).hex()
        rows = Sender.objects.filter(hour=hour, mark=mark)
        sent = rows.values_list("count", flat=True).first()
        if sent is None:  # another process may be first
            Sender.objects.bulk_create([Sender(hour=hour, mark=mark)], ignore_conflicts=True)
        if sent is not None and sent >= self.most:
            return _SECONDS - passed
        is_counted = rows.filter(count__lt=self.most).update(count=F("count") + 1)
        return 0 if is_counted else _SECONDS - passed


def _hour(number: int) -> SendingHour:
    """Return the hour with its key; the first who is counted in it destroys the hours before."""
    found = SendingHour.objects.filter(number=number).first()
    if found is not None:
        return found
    forget(before=number)
    made = SendingHour(number=number, key=secrets.token_bytes(_KEY))
    SendingHour.objects.bulk_create([made], ignore_conflicts=True)  # another process may be first
    return SendingHour.objects.get(number=number)


def forget(*, before: int) -> int:
    """Destroy the counts of earlier hours, and their keys; return how many hours went."""
    Sender.objects.filter(hour__lt=before).delete()
    return SendingHour.objects.filter(number__lt=before).delete()[0]


def forget_past(at: datetime) -> int:
    """Destroy the counts of the hours before this one."""
    return forget(before=int(at.timestamp()) // _SECONDS)
