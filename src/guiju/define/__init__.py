"""Define: lists and their editions, approval chains, campaigns, profiles."""
