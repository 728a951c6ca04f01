"""Signing in at a provider of OpenID Connect that the house trusts (docs/decisions/0017)."""
