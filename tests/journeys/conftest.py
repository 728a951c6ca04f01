"""Installations for the journeys of commands that need a database."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from installation import PATIENCE, installed

# What is waited for comes; how soon, on a machine that does much else, is not the point.
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture
def bare(tmp_path):
    """Nothing but an empty database and the name of a data directory."""
    with installed(tmp_path / "bare") as made:
        yield made


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """A founded installation that is only copied."""
    with installed(tmp_path_factory.mktemp("founded")) as made:
        done = made.run("init", "--name", "tests.example/record")
        assert done.status == 0, done
        yield made


@pytest.fixture
def installation(tmp_path, founded):
    """A founded installation of this test's own."""
    with installed(tmp_path / "installation", template=founded) as made:
        yield made
