"""A program that a test starts, listens to, and kills."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
WAIT_S = 60.0


def free_port() -> int:
    """A port of this machine that nobody listens on at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Program:
    """A child process whose words are kept; what it says on stderr goes to the log."""

    def __init__(self, command: list[str], log: IO[bytes], temporary: Path) -> None:
        self.words: list[str] = []
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
        self._child = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        self._said = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="words")
        self._reader.start()

    def wait_for(self, word: str, timeout_s: float = WAIT_S) -> None:
        """Until it has said a line that begins so. Raises AssertionError when it ends or takes too long."""
        with self._said:
            heard = self._said.wait_for(lambda: self._has(word) or not self._reader.is_alive(), timeout_s)
        assert heard, f"a child did not say {word!r} in time"
        assert self._has(word), f"a child ended before it said {word!r}"

    def kill(self) -> None:
        """As a power switch ends a program; everything that it said before is in `words` afterwards."""
        self._child.kill()
        self.end()

    def end(self) -> int:
        """Let go of it, and wait for its end."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        code = self._child.wait(WAIT_S)
        self._reader.join(WAIT_S)
        return code

    def _has(self, word: str) -> bool:
        return any(line.startswith(word) for line in self.words)

    def _read(self) -> None:
        assert self._child.stdout is not None
        with self._child.stdout as pipe:
            for line in pipe:
                with self._said:
                    self.words.append(line.decode().strip())
                    self._said.notify_all()
        with self._said:
            self._said.notify_all()
