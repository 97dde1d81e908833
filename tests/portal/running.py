"""The portal as its own process, as the demo and an operator run it."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from commands.portal import run
from portal.app import make_app
from portal.instants import utc_now
from portal.opening import open_portal
from portal.settings import Settings
from tests.portal.desk import OFFICE
from tests.portal.serving import serving

ROOT = Path(__file__).parent.parent.parent
STOP_TIMEOUT_S = 30
DYING = """
import importlib, os, sys
from commands.portal import run
when, where = sys.argv[1:3]
module, name = where.rsplit(".", 1)
module = importlib.import_module(module)
function = getattr(module, name)
def die(*arguments, **named):
    if when == "after":
        function(*arguments, **named)
    os.kill(os.getpid(), 9)
setattr(module, name, die)
sys.exit(run(sys.argv[3:]))
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass
class RunningPortal:
    """A portal with its database, papers and keys below `home`; it can be killed and started again."""

    home: Path
    process: subprocess.Popen[str] | None = None
    url: str = ""
    options: list[str] = field(default_factory=list)
    database_url: str = ""

    def __post_init__(self) -> None:
        """Its own SQLite file unless another database was given."""
        self.database_url = self.database_url or f"sqlite:///{(self.home / 'db' / 'portal.db').as_posix()}"

    @property
    def places(self) -> list[str]:
        """The options that say where it lives."""
        files, keys = str(self.home / "papers"), str(self.home / "keys")
        return ["--database", self.database_url, "--files", files, "--keys", keys, "--test", *self.options]

    def start(self, *options: str, dies_at: str = "") -> None:
        """Returns when it answers. It kills itself the first time that the function `dies_at` is called, named with
        its module and when: "before os.replace", "after portal.api.commit"."""
        program = ["-c", DYING, *dies_at.split()] if dies_at else ["main.py", "portal"]
        command = [sys.executable, *program, *self.places, "--port", "0", "--exit-with-parent", *options]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate(timeout=STOP_TIMEOUT_S)[1]
        self.url = json.loads(line)["url"]

    @contextmanager
    def in_this_process(self) -> Iterator[str]:
        """Its base URL while it is served by a thread of the test: quicker, where nothing is killed."""
        files, keys = self.home / "papers", self.home / "keys"
        portal = open_portal(Settings(self.database_url, files, keys, test=True), utc_now)
        try:
            with serving(make_app(portal)) as url:
                yield url
        finally:
            portal.database.close()

    def kill(self) -> None:
        """As by a power cut: no chance to say or do anything."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=STOP_TIMEOUT_S)
        self.process = None

    def wait_until_dead(self) -> None:
        """Returns when it has killed itself."""
        assert self.process is not None
        self.process.communicate(timeout=STOP_TIMEOUT_S)
        assert self.process.returncode == -signal.SIGKILL
        self.process = None

    def stop(self) -> str:
        """Close its stdin, as a parent does that ends; answers what it wrote to stderr."""
        if self.process is None:
            return ""
        said = self.process.communicate(timeout=STOP_TIMEOUT_S)[1]
        assert self.process.returncode == 0, said
        self.process = None
        return said

    def command(self, *arguments: str, stdin: str = "") -> Said:
        """`kiosk portal ARGUMENTS…` on the same places, in this process."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            code = run([*arguments, *self.places])
        return Said(code, out.getvalue(), err.getvalue())

    def enrol_code(self) -> str:
        """A fresh one-time code."""
        agency = ["--agency", OFFICE.agency_code, OFFICE.agency_name]
        answer = self.command("enrol-code", *agency, "--office", OFFICE.name, "--hotline", OFFICE.hotline)
        assert answer.code == 0, answer.err
        return answer.out.strip()
