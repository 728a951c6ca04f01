"""Profiles as dated data: the three that come with Guiju, and those that bodies write."""

from guiju.exchange.profile_files.plain import profile_data, profile_from
from guiju.exchange.profile_files.read import BUILT_IN, built_in, read_profile
from guiju.exchange.profile_files.write import write_profile

__all__ = [
    "BUILT_IN",
    "built_in",
    "profile_data",
    "profile_from",
    "read_profile",
    "write_profile",
]
