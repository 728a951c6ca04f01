"""What a version says, as it is kept, and its digest."""

from __future__ import annotations

import hashlib
import json

from guiju.core.lists.profile import Profile
from guiju.define.profiles.models import Version
from guiju.exchange.profile_files import profile_data, profile_from


def content_of(profile: Profile) -> str:
    """Return a profile as a version keeps it."""
    return json.dumps(profile_data(profile), ensure_ascii=False, separators=(",", ":"))


def digest_of(content: str) -> str:
    """Return the SHA-256 of a version's content."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def profile_in(version: Version) -> Profile:
    """Return what a version says."""
    return profile_from(json.loads(version.content))
