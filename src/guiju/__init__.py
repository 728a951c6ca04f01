"""Guiju (规矩): public power along fixed flows, supervised in the same moment."""

__version__ = "0.1.0"
