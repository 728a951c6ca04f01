"""A commit of the product waits for the disk, whatever tests allow themselves."""

import sqlite3
from contextlib import closing

from guiju.config.environment import Database
from guiju.config.settings import database

FULL = 2


def test_a_commit_waits_for_the_disk(tmp_path):
    entry = database(Database("sqlite", str(tmp_path / "guiju.sqlite3")))
    with closing(sqlite3.connect(entry["NAME"])) as opened:
        opened.executescript(entry["OPTIONS"]["init_command"])
        assert opened.execute("PRAGMA synchronous").fetchone() == (FULL,)
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
