"""Lets ``python -m guiju`` do what the command ``guiju`` does."""

from guiju.config.cli import main

main()
