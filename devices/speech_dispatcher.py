"""The speech engine of a Linux machine: speech-dispatcher by its own protocol (SSIP), never waited for without end."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from kiosk.speech import SpeechProblem

ANSWER_S = 4.0
"""Within so long the daemon answers a command; it took up to 4 s to start here (measured on Debian 12)."""
_LOOK_S = 0.1
_PLACEHOLDERS = ("espeak", "espeak-ng", "espeak-mbrola", "espeak-ng-mbrola", "dummy", "festival", "flite", "generic")
"""Modules that have no Vietnamese voice, or one of which a recogniser understood a quarter of the words."""
_SAID, _CANCELLED = "702", "703"


class SpeechDispatcher:
    """A `kiosk.speech.SpeechEngine`. A connection for each text: a daemon that hangs is left behind with it."""

    def __init__(self, address: Path | None = None, *, starts: bool = True) -> None:
        """`starts`: the daemon is started where it does not run."""
        self._address = address or _usual_address()
        self._starts = starts
        self._stopped = Event()
        self._voices: dict[str, tuple[str, str]] = {}

    def languages(self) -> frozenset[str]:
        """The languages with a voice of a module that people understand."""
        try:
            if not self._address.exists() and self._starts:
                _start()
            with _Talk(self._address, ANSWER_S) as talk:
                self._voices = _voices(talk)
        except (OSError, SpeechProblem, subprocess.SubprocessError):
            self._voices = {}
        return frozenset(self._voices)

    def speak(self, text: str, language: str, rate: int, timeout_s: float) -> bool:
        """Say it and wait for its end."""
        self._stopped.clear()
        module, voice = self._voices[language]
        try:
            with _Talk(self._address, ANSWER_S) as talk:
                for command in (
                    f"SET self OUTPUT_MODULE {module}",
                    f"SET self LANGUAGE {language}",
                    f"SET self SYNTHESIS_VOICE {voice}",
                    f"SET self RATE {ssip_rate(rate)}",
                    "SET self NOTIFICATION ALL on",
                    "SPEAK",
                ):
                    talk.ask(command)
                talk.ask("\r\n".join(_escaped(text)) + "\r\n.")
                return self._wait(talk, time.monotonic() + timeout_s)
        except OSError as error:
            raise SpeechProblem(f"speech-dispatcher: {type(error).__name__}") from error

    def stop(self) -> None:
        """Seen within a tenth of a second by who waits."""
        self._stopped.set()

    def _wait(self, talk: "_Talk", until_s: float) -> bool:
        while time.monotonic() < until_s:
            if self._stopped.is_set():
                talk.send("CANCEL self")
                return False
            code = talk.event(_LOOK_S)
            if code in (_SAID, _CANCELLED):
                return code == _SAID
        talk.send("CANCEL self")
        raise SpeechProblem("speech-dispatcher: never came to the end")


class _Talk:
    """One connection: commands and their answers, line by line."""

    def __init__(self, address: Path, timeout_s: float) -> None:
        self._address = address
        self._timeout_s = timeout_s
        self._rest = b""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)

    def __enter__(self) -> "_Talk":
        try:
            self._socket.settimeout(self._timeout_s)
            self._socket.connect(str(self._address))
            self.ask("SET self CLIENT_NAME kiosk:kiosk:main")
        except BaseException:
            self._socket.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def send(self, command: str) -> None:
        """Without looking for the answer."""
        self._socket.sendall(command.encode() + b"\r\n")

    def ask(self, command: str) -> list[str]:
        """The lines of the answer without their codes. Raises SpeechProblem for a refusal, OSError for silence."""
        self.send(command)
        lines: list[str] = []
        until_s = time.monotonic() + self._timeout_s
        while True:
            line = self._line(until_s)
            if line[:1] == "7":  # an event in between
                continue
            if line[:1] not in ("1", "2"):
                raise SpeechProblem(f"speech-dispatcher refused: {line[:3]}")
            if line[3:4] == " ":
                return lines
            lines.append(line[4:])

    def event(self, wait_s: float) -> str:
        """The code of the next event, empty when none came."""
        try:
            line = self._line(time.monotonic() + wait_s)
        except TimeoutError:
            return ""
        return line[:3] if line[3:4] == " " else ""

    def _line(self, until_s: float) -> str:
        while b"\n" not in self._rest:
            self._socket.settimeout(max(0.001, until_s - time.monotonic()))
            more = self._socket.recv(4096)
            if not more:
                raise ConnectionError("closed")
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        return line.decode(errors="replace").rstrip("\r")


def _voices(talk: _Talk) -> dict[str, tuple[str, str]]:
    """For each language the first module and voice that may be used."""
    found: dict[str, tuple[str, str]] = {}
    for module in talk.ask("LIST OUTPUT_MODULES"):
        if module.strip().lower() in _PLACEHOLDERS:
            continue
        talk.ask(f"SET self OUTPUT_MODULE {module.strip()}")
        for name, language in _named(talk.ask("LIST SYNTHESIS_VOICES")):
            if language in ("vi", "en"):
                found.setdefault(language, (module.strip(), name))
    return found


def _named(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Name and language of each line "name TAB language TAB variant"."""
    for line in lines:
        parts = line.split("\t")
        if len(parts) >= 2:
            yield parts[0], parts[1].replace("_", "-").split("-")[0].lower()


def ssip_rate(rate: int) -> int:
    """Per cent as the protocol has it: -100 is the slowest, 0 the usual, 100 the fastest."""
    return max(-100, (rate - 100) * 2) if rate < 100 else min(100, rate - 100)


def _escaped(text: str) -> list[str]:
    """A line that begins with a dot would end the text."""
    return [f".{line}" if line.startswith(".") else line for line in text.splitlines()]


def _usual_address() -> Path:
    named = os.environ.get("SPEECHD_ADDRESS", "")
    if named.startswith("unix_socket:"):
        return Path(named.removeprefix("unix_socket:"))
    folder = os.environ.get("XDG_RUNTIME_DIR") or Path.home() / ".cache"
    return Path(folder) / "speech-dispatcher" / "speechd.sock"


def _start() -> None:
    program = shutil.which("speech-dispatcher")
    if program is not None:
        subprocess.run([program, "--spawn"], timeout=ANSWER_S, check=False, capture_output=True)  # noqa: S603 - fixed
