"""A job that tests let workers do."""

from __future__ import annotations

from pathlib import Path

from django_tasks import task


@task()
def sign_in(book: str, name: str) -> None:
    """Add a line to a file."""
    with Path(book).open("a", encoding="utf-8") as stream:
        stream.write(f"{name}\n")
