"""A PostgreSQL server of one's own, for the bench and the tests: from Debian's package, in /tmp, on a Unix socket."""

import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import mkdtemp

TIMEOUT_S = 60
PLACES = ("usr/lib/postgresql/*/bin", "usr/local/bin", "usr/bin")
OPTIONS = ("listen_addresses=", "max_connections=200", "shared_buffers=32MB")
# A killed server's pages are in the system's cache: for tests that cut no power.
NOT_DURABLE = ("fsync=off", "full_page_writes=off")


def find_programs() -> Path | None:
    """The folder of the newest installed server's programs; None without one, or without a driver (in a bundle)."""
    if importlib.util.find_spec("psycopg") is None:
        return None
    found = [path.parent for place in PLACES for path in Path("/").glob(f"{place}/initdb")]
    return max(found, key=lambda folder: [int(part) for part in folder.parts if part.isdecimal()], default=None)


class OwnPostgres:
    """One server, running. It refuses to be root's, so as root it runs as Debian's own user for it. `remove` it."""

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self._programs = programs
        self._options = OPTIONS if durable else (*OPTIONS, *NOT_DURABLE)
        self.folder = Path(mkdtemp(prefix="kiosk-pg-", dir="/tmp"))
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(self.folder, self._user)
        self._server: subprocess.Popen[bytes] | None = None
        self._made = 0
        initdb = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "db")
        self._run("initdb", *initdb).check_returncode()
        self.start()

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"portal{self._made}"
        self._execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def start(self) -> None:
        """Returns when it takes connections. Raises OSError if it ends instead."""
        chosen = (*self._options, f"unix_socket_directories={self.folder}")
        options = [part for option in chosen for part in ("-c", option)]
        self._server = subprocess.Popen(  # noqa: S603 - the system's own program
            [str(self._programs / "postgres"), "-D", "db", *options],
            cwd=self.folder,
            user=self._user,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while self._run("pg_isready", "--timeout=0", "--host", str(self.folder)).returncode:
            if self._server.poll() is not None:
                raise OSError("the server ended")

    def stop(self) -> None:
        """At once, as by a crash: connections break, and the next start recovers from the log."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(TIMEOUT_S)

    def remove(self) -> None:
        """Stop it, and leave nothing."""
        self.stop()
        shutil.rmtree(self.folder)

    def disconnect_all(self) -> None:
        """Break every connection but this, as an administrator may."""
        self._execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def _execute(self, statement: str) -> None:
        import psycopg  # noqa: PLC0415 - a bundle has none

        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [str(self._programs / program), *arguments]
        return subprocess.run(  # noqa: S603 - the system's own program
            command, cwd=self.folder, user=self._user, capture_output=True, timeout=TIMEOUT_S, check=False
        )
