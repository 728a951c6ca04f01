"""The command ``guiju``: judge, prove, draw, convert; Chinese first, English with --lang en."""

from guiju.config.cli.run import main

__all__ = ["main"]
