"""What the routers of all areas share: lists, refusals for programs, and the document."""
