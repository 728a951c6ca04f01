"""What every router's bodies have in common."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict


class Body(Schema):
    """What a program sends: a field that nobody knows is a mistake, not left alone."""

    model_config = ConfigDict(extra="forbid")


class Done(Schema):
    """What was made or changed."""

    reference: str
