"""``guiju serve`` as something that is killed and started again, as a service manager does."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ground import Ground, free_port, wait_until


@dataclass(slots=True)
class Served:
    """A server on a port of its own, with the worker beside it."""

    ground: Ground
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, ground: Ground, *words: str) -> Served:
        """Start a server and wait until it answers."""
        port = free_port()
        served = cls(ground, port, ground.start("serve", "--bind", f"127.0.0.1:{port}", *words))
        served.wait()
        return served

    def answers(self) -> bool:
        """Tell whether pages come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/account/sign-in/")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait(self) -> None:
        """Wait until it answers; start it again when it has ended."""

        def is_so() -> bool:
            if self.process.poll() is not None:
                time.sleep(0.2)
                bind = f"127.0.0.1:{self.port}"
                self.process = self.ground.start("serve", "--bind", bind)
            return self.answers()

        wait_until(is_so, f"the server answers; it said: {self.ground.said('serve')[-2000:]}")

    def children(self) -> list[int]:
        """Return its processes: those that serve, and the worker."""
        found = []
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            found += [int(pid) for pid in path.read_text("ascii").split()]
        return found

    def kill_all(self) -> None:
        """End every process of it at once, as when the machine's memory is over."""
        self.process.send_signal(signal.SIGSTOP)
        for pid in [*self.children(), self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def kill_master(self) -> None:
        """End the first process alone."""
        self.process.kill()
        self.process.wait()

    def kill_one(self, choice: int) -> None:
        """End one of those that serve, or the worker; the first process replaces it."""
        children = self.children()
        if children:
            with suppress(ProcessLookupError):
                os.kill(children[choice % len(children)], signal.SIGKILL)
