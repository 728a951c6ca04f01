"""The record's pages: each parses, makes one call to the reads, and renders."""
