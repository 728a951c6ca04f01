"""What people typed, in boxes under their own keys."""

from __future__ import annotations

from functools import partial

from guiju.base.record import typed, vault

PROPOSAL = "campaigns_proposal.text"
REASON = "campaigns_ask.reason"
REJECTION = "campaigns_proposal.reason"

MOST_TEXT = 500

checked = partial(typed.checked, code="CAMPAIGN-01", most=MOST_TEXT)


def opened_texts(person: str, box: bytes | memoryview) -> tuple[str, str]:
    """Return text and manifestation of a proposal; both empty where they were erased."""
    value = vault.unlock(person, PROPOSAL, bytes(box))
    said = value if isinstance(value, dict) else {}
    return str(said.get("text", "")), str(said.get("manifestation", ""))
