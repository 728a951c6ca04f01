"""Style sheets and scripts, gathered into the data directory when they have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from guiju import __version__
from guiju.exchange.files import replacing


def gather_static() -> bool:
    """Gather static files unless they are there already; tell whether it was necessary.

    The stamp is written last: what was interrupted is done again.
    """
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name("static.stamp")
    wanted = _fingerprint()
    if root.is_dir() and stamp.exists() and stamp.read_bytes() == wanted:
        return False
    stamp.unlink(missing_ok=True)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, skip_checks=True)
    with replacing(stamp) as stream:
        stream.write(wanted)
    return True


def _fingerprint() -> bytes:
    """Return a summary of every file's name, size and time, and of what gathers them."""
    digest = hashlib.sha256(f"{__version__} {django.__version__}\n".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest().encode()
