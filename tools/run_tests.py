"""All tests on SQLite and, at the same time, those with a database on PostgreSQL.

    python tools/run_tests.py

Side by side, since either often waits: for a browser, a commit, another process. What the
second run says is told when the first has ended. Options stand in ``PYTEST_ADDOPTS``; a report
(``--junit-xml=all.xml``) of the second run gets a name of its own (``all-postgresql.xml``).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

WORKERS = max(2, (os.cpu_count() or 2) * 3 // 4)
"""Of each run."""

TESTS = (
    *(str(Path(sys.executable).with_name("pytest")), "-n", str(WORKERS)),
    # Files in their order, journeys first, and each whole: what its tests share is made once.
    *("--dist", "loadfile", "--no-loadscope-reorder"),
)
CLUSTER = (sys.executable, str(Path(__file__).with_name("postgres_cluster.py")), "run", "--")


def main() -> int:
    """Run both; return the exit status of the first that failed."""
    options = os.environ.get("PYTEST_ADDOPTS", "")
    renamed = re.sub(r"(--junit-xml=\S+)\.xml", r"\1-postgresql.xml", options)
    with tempfile.TemporaryFile() as told:
        second = subprocess.Popen(  # noqa: S603 - our own words
            (*CLUSTER, *TESTS, "-m", "database and not one_database"),
            env=os.environ | {"PYTEST_ADDOPTS": renamed},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
        first = subprocess.Popen(TESTS)  # noqa: S603 - as above
        both = (first, second)
        signal.signal(signal.SIGTERM, lambda number, _: [one.send_signal(number) for one in both])
        statuses = [_status(one) for one in both]
        print("以下是同时在 PostgreSQL 上重跑用到数据库的测试：", flush=True)
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout.buffer)
    return next((status for status in statuses if status), 0)


def _status(run: subprocess.Popen[bytes]) -> int:
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # which the run has heard as well
            status = run.wait()
            return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
