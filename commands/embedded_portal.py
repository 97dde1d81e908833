"""The portal that demo, tour and bench start as its own process, with its own files; it ends with its parent."""

import contextlib
import json
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from commands.self_command import self_command
from kiosk.errors import KioskError
from portal.accounts import Accounts
from portal.enrolment import Office
from portal.instants import utc_now
from portal.opening import open_portal
from portal.settings import Settings
from portal.setup import prepare

DEMO_OFFICE = Office("H99.01", "UBND xã Mẫu (BẢN THỬ)", "Bộ phận Một cửa xã Mẫu", "1900 0000")
START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 15.0


class PortalDidNotStart(KioskError):
    """The embedded portal was not ready in time; the text is technical English."""

    key = "demo_portal"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """The account that opens the demo portal's page; shown to who starts the demo, worth nothing elsewhere."""

    name: str
    password: str


class EmbeddedPortal:
    """One test portal in a folder, with its database there unless another is given. `start` and `stop` may alternate:
    that is how the line goes down and comes back."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self._folder = folder
        self._database_url = database_url or f"sqlite:///{(folder / 'database' / 'portal.db').as_posix()}"
        self._child: subprocess.Popen[bytes] | None = None
        self._listener: Thread | None = None
        self._port = 0

    @property
    def port(self) -> int:
        """The port; the same after every start of this object, 0 before the first."""
        return self._port

    @property
    def url(self) -> str:
        """The address; the same after every start of this object."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int:
        """The process that runs. LookupError when none does."""
        if self._child is None:
            raise LookupError("the portal does not run")
        return self._child.pid

    @property
    def settings(self) -> Settings:
        """Where the portal's database, papers and keys are."""
        return Settings(self._database_url, self._folder / "papers", self._folder / "keys", test=True)

    def prepare(self) -> str:
        """Make the portal if there is none, and a one-time code for this kiosk."""
        return prepare(self.settings, DEMO_OFFICE)

    def add_account(self, account: DemoAccount) -> None:
        """A personal account for the portal's page."""
        portal = open_portal(self.settings, utc_now)
        try:
            Accounts(portal.database, portal.now).add(account.name, account.password)
        finally:
            portal.database.close()

    def start(self) -> None:
        """Start the process and wait until it answers. Raises PortalDidNotStart."""
        self._port = self._port or _free_port()
        settings = self.settings
        command = (
            *self_command("portal"),
            *("--database", settings.database_url, "--files", str(settings.files), "--keys", str(settings.keys)),
            *("--port", str(self._port), "--durable-after", "0", "--test", "--exit-with-parent"),
        )
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        ready = False
        try:
            ready = self._ready()
        finally:
            if not ready:
                self.stop()
        if not ready:
            raise PortalDidNotStart(f"no answer on {self.url} within {START_TIMEOUT_S:.0f} s")

    def _ready(self) -> bool:
        """Whether the portal says its address in time. A thread listens: Windows cannot wait for a pipe."""
        assert self._child is not None
        pipe = self._child.stdout
        assert pipe is not None
        lines: list[bytes] = []
        self._listener = Thread(target=lambda: lines.append(pipe.readline()), name="portal-ready")
        self._listener.start()
        self._listener.join(START_TIMEOUT_S)
        with contextlib.suppress(ValueError):
            return bool(lines and json.loads(lines[0])["url"])
        return False

    def stop(self) -> None:
        """End the process; dossiers that it has answered for are on its disk."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(STOP_TIMEOUT_S)
        if self._listener is not None:
            self._listener.join(STOP_TIMEOUT_S)  # the end of the process is the end of its pipe
        if child.stdout is not None:
            child.stdout.close()

    def kill(self) -> None:
        """Cut the process off in the middle of whatever it does, as a power cut would."""
        if self._child is not None:
            self._child.kill()
        self.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
