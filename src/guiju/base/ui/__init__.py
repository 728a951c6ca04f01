"""The shell in which every page lives, and the parts from which pages are built."""
