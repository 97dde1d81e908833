"""How commands ask the running kiosk: one JSON line there, one JSON line back, over a socket that only its owner opens.

A Unix socket in the kiosk's own folder. Where the system has none, no kiosk answers and commands open the store.
"""

import json
import logging
import selectors
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from commands.composition import Counter
from commands.device_states import asked_of, device_states
from commands.hanging_driver import DriverHangs
from commands.helper_answers import helper_answers
from commands.office_devices import devices_in_use
from commands.queue_of_store import listing_of
from commands.queue_retry import retry
from commands.staff_answers import staff_answers
from commands.standing import standing_of
from commands.stick_export import export_answers
from commands.stick_receipts import receipts_taken
from commands.withdrawing import withdraw
from kiosk.config import Settings
from kiosk.errors import ConfigProblem, KioskError
from kiosk.ports import Clock
from kiosk.store import Store
from sync.loop import SyncLoop

SOCKET_NAME = "kiosk.sock"
LIST_QUEUE = "queue.list"
SEND_QUEUE = "queue.send"
RETRY_DOSSIER = "queue.retry"
WITHDRAW_DOSSIER = "queue.withdraw"
TAKE_RECEIPTS = "queue.receipts"
LIST_DEVICES = "devices.list"
SHOW_STANDING = "kiosk.standing"

_PATH_MAX_BYTES = 103  # the shortest limit there is for the path of a Unix socket, macOS's; Linux has 107
_REQUEST_MAX_BYTES = 64 * 1024
_ANSWER_MAX_BYTES = 64 * 1024 * 1024
_SERVE_TIMEOUT_S = 5.0
STOP_TIMEOUT_S = 10.0

_log = logging.getLogger(__name__)

Answers = Mapping[str, Callable[..., dict[str, Any]]]
"""What is asked -> what answers it; the question's further words, if any, are its arguments."""


class NoAnswer(KioskError):
    """A kiosk runs and did not answer in time, or not in our words."""

    key = "no_answer"


def ask(folder: Path, name: str, timeout_s: float = 10.0, **words: str) -> dict[str, Any] | None:
    """The running kiosk's answer; None when no kiosk runs on that folder. Raises NoAnswer."""
    path = folder / SOCKET_NAME
    if not hasattr(socket, "AF_UNIX") or len(bytes(path)) > _PATH_MAX_BYTES:
        return None
    until_s = time.monotonic() + timeout_s
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(timeout_s)
        try:
            connection.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except OSError as error:
            raise NoAnswer(f"{path}: {error}") from error
        try:
            connection.sendall(json.dumps({"ask": name, "with": words}).encode() + b"\n")
            answer = json.loads(_line(connection, until_s, _ANSWER_MAX_BYTES))
        except (OSError, ValueError) as error:
            raise NoAnswer(f"{path}: {error}") from error
    if not isinstance(answer, dict) or "error" in answer:
        raise NoAnswer(f"{path}: {answer}")
    return answer


@contextmanager
def serve_counter(counter: Counter) -> Iterator[None]:
    """Answer commands for as long as the block lasts. A kiosk that cannot be asked is still a kiosk."""
    try:
        server = LocalServer(counter.settings.data_folder, _answers(counter))
    except (OSError, ConfigProblem) as error:
        _log.warning("commands cannot ask this kiosk: %s", error)
        yield
        return
    server.start()
    try:
        yield
    finally:
        server.stop()


def _answers(counter: Counter) -> Answers:
    def devices() -> dict[str, Any]:
        return device_states(asked_of(devices_in_use(counter.equipment)))

    queue = queue_answers(counter.store, counter.loop, counter.clock, counter.settings)
    staff = staff_answers(counter.store, counter.clock)
    helpers = helper_answers(counter.store, counter.clock)
    return {**queue, **staff, **helpers, **export_answers(counter.stick_export), LIST_DEVICES: devices}


def queue_answers(store: Store, loop: SyncLoop, clock: Clock, settings: Settings) -> Answers:
    """What a running kiosk answers to `kiosk queue`."""

    def send() -> dict[str, Any]:
        loop.send_now()
        return {}

    def send_again(slip_code: str) -> dict[str, Any]:
        result = retry(store, slip_code, clock.now())
        loop.kick()
        return {"result": result.value}

    def take_back(slip_code: str) -> dict[str, Any]:
        result = withdraw(store, slip_code, clock.now())
        loop.kick()
        return {"result": result.value}

    return {
        LIST_QUEUE: lambda: listing_of(store, loop.condition, settings, clock.now(), loop.alarms),
        SHOW_STANDING: lambda: standing_of(store),
        SEND_QUEUE: send,
        RETRY_DOSSIER: send_again,
        WITHDRAW_DOSSIER: take_back,
        TAKE_RECEIPTS: lambda of: receipts_taken(store, Path(of), clock.now()),
    }


class LocalServer:
    """Answers one caller after another in a thread of its own, until `stop`.

    The caller of this class holds the folder's lock, so a socket that lies there is a dead kiosk's.
    """

    def __init__(self, folder: Path, answers: Answers) -> None:
        """Raises ConfigProblem where there can be no socket, OSError."""
        self._path = folder / SOCKET_NAME
        self._answers = answers
        if not hasattr(socket, "AF_UNIX"):
            raise ConfigProblem("this system has no Unix sockets")
        if len(bytes(self._path)) > _PATH_MAX_BYTES:
            raise ConfigProblem(f"data_folder: the path is too long for a socket ({_PATH_MAX_BYTES} bytes): {folder}")
        self._listener = socket.socket(socket.AF_UNIX)
        try:
            self._path.unlink(missing_ok=True)
            self._listener.bind(str(self._path))
            self._path.chmod(0o600)  # before listen(): nobody can have come in
            self._listener.listen()
        except OSError:
            self._listener.close()
            raise
        self._wake, self._told = socket.socketpair()
        self._stopping = Event()  # for an answer that outlasts the sockets
        self._thread = Thread(target=self._serve, name="local-socket")

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the answer that is being given. Raises DriverHangs when a device that was asked never answers."""
        self._stopping.set()
        self._wake.close()
        if self._thread.ident is not None:
            self._thread.join(STOP_TIMEOUT_S)
        self._path.unlink(missing_ok=True)
        self._listener.close()
        self._told.close()
        if self._thread.is_alive():
            raise DriverHangs("a device driver hangs: a command that asked for it was not answered")

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            told = selector.register(self._told, selectors.EVENT_READ)
            while not self._stopping.is_set() and all(key != told for key, _events in selector.select()):
                with suppress(OSError), self._listener.accept()[0] as connection:
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(_SERVE_TIMEOUT_S)
        line = _line(connection, time.monotonic() + _SERVE_TIMEOUT_S, _REQUEST_MAX_BYTES)
        connection.sendall(json.dumps(self._reply(line)).encode() + b"\n")

    def _reply(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
            answer = self._answers[request["ask"]]
        except (ValueError, TypeError, KeyError):
            return {"error": "unknown request"}
        try:
            return answer(**request.get("with", {}))
        except Exception as error:  # noqa: BLE001  whatever a caller meets, the next one is answered
            _log.error("asked for %s: %s", request["ask"], type(error).__name__)
            return {"error": getattr(error, "key", "fault")}


def _line(connection: socket.socket, until_s: float, max_bytes: int) -> bytes:
    """One line, without its end. Raises OSError when it is too long, too late, or breaks off."""
    line = bytearray()
    while not line.endswith(b"\n"):
        connection.settimeout(max(0.001, until_s - time.monotonic()))
        block = connection.recv(65536)
        line += block
        if not block or len(line) > max_bytes:
            raise OSError("the line broke off or is too long")
    return bytes(line[:-1])
