"""A receipt printer on a real socket of this machine, with the states and the bad manners of real ones."""

import socket
import threading
from types import TracebackType
from typing import Self

from tests.devices.escpos_decoder import Command, Decoder

LIFE_S = 10.0  # nothing of a test waits longer

_OK = 0x12  # the fixed bits of a real-time status


class NetworkPrinter:
    """Listens on a free port. Set the public attributes before printing; `commands` is what was printed."""

    def __init__(self) -> None:
        self.answers = True
        self.confirms = True
        self.reads = True
        self.hangs_up = False
        self.paper_ends_while_printing = False
        self.offline_cause = 0
        self.error_cause = 0
        self.paper_sensor = 0
        self.commands: list[Command] = []
        self._cut = threading.Event()
        self._closing = threading.Event()
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self._socket.settimeout(0.05)
        self.port: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="network printer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pull()

    def pull(self) -> None:
        """Take the printer off the network."""
        self._closing.set()
        self._thread.join(LIFE_S)
        self._socket.close()

    def wait_for_cut(self) -> bool:
        """Whether the paper was cut; for a printer that is mute, as it may still be reading."""
        return self._cut.wait(LIFE_S)

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                connection, _address = self._socket.accept()
            except TimeoutError:
                continue
            with connection:
                connection.settimeout(0.05)
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        decoder = Decoder()
        while not self._closing.is_set():
            if not self.reads:
                self._closing.wait(LIFE_S)
                return
            try:
                content = connection.recv(65536)
            except TimeoutError:
                continue
            except ConnectionError:
                return
            if not content:
                return
            for command in decoder.feed(content):
                self._obey(command, connection)
                if self.hangs_up and command.name == "raster":
                    return

    def _obey(self, command: Command, connection: socket.socket) -> None:
        answers = {
            b"\x10\x04\x02": _OK | self.offline_cause,
            b"\x10\x04\x03": _OK | self.error_cause,
            b"\x10\x04\x04": _OK | self.paper_sensor,
        }
        if command.content in answers:
            if self.answers:
                connection.sendall(bytes([answers[command.content]]))
        elif command.name == "status":
            if self.answers and self.confirms and not self.paper_ends_while_printing:
                connection.sendall(b"\x00")
        else:
            self.commands.append(command)
            if self.paper_ends_while_printing:
                self.offline_cause = 0x20
            if command.name == "cut":
                self._cut.set()
