"""A small speech-dispatcher for tests: the protocol (SSIP) on a real socket, with moods."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

MODULES = {"espeak-ng": ["Vietnamese\tvi\tnone"], "vendor": ["Mai\tvi-VN\tnone", "Amy\ten-US\tnone"]}


class FakeSpeechd:
    """`mood`: "well", "silent" (never answers), "endless" (a text never ends), "refuses" (every text), "gone" (closes
    in the middle of a text)."""

    def __init__(self, folder: Path, mood: str = "well", modules: dict[str, list[str]] | None = None) -> None:
        self.path = folder / "speechd.sock"
        self.mood = mood
        self.modules = MODULES if modules is None else modules
        self.commands: list[str] = []
        self.texts: list[str] = []
        self._module = ""
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(self.path))
        self._server.listen()
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for each in self._open:
            each.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                client, _address = self._server.accept()
            except OSError:
                return
            self._open.append(client)
            # Who talks to it may hang up at any time.
            with (
                suppress(OSError, ValueError),
                client,
                client.makefile("rw", encoding="utf-8", newline="\r\n") as lines,
            ):
                self._talk(lines)

    def _talk(self, lines) -> None:  # type: ignore[no-untyped-def]
        for line in lines:
            command = line.strip()
            self.commands.append(command)
            if self.mood == "silent":
                continue
            if command == "SPEAK":
                if not self._speak(lines):
                    return
            else:
                self._answer(lines, command)

    def _answer(self, lines, command: str) -> None:  # type: ignore[no-untyped-def]
        if command.startswith("SET self OUTPUT_MODULE "):
            self._module = command.rsplit(" ", 1)[1]
        listed = {
            "LIST OUTPUT_MODULES": list(self.modules),
            "LIST SYNTHESIS_VOICES": self.modules.get(self._module, []),
        }.get(command, [])
        for each in listed:
            lines.write(f"249-{each}\n")
        lines.write("208 OK\n")
        lines.flush()

    def _speak(self, lines) -> bool:  # type: ignore[no-untyped-def]
        lines.write("300 ERR\n" if self.mood == "refuses" else "230 OK RECEIVING DATA\n")
        lines.flush()
        if self.mood == "refuses":
            return True
        text = []
        for line in lines:
            if line.strip() == ".":
                break
            text.append(line.strip())
        self.texts.append("\n".join(text))
        lines.write("225-7\n225 OK MESSAGE QUEUED\n701-7\n701-1\n701 BEGIN\n")
        if self.mood == "well":
            lines.write("702-7\n702-1\n702 END\n")
        lines.flush()
        return self.mood != "gone"
