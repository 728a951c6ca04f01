"""Approving editions: chains run with signatures, notice, taking effect, suspending."""
