"""Prints a declaration to PDF/A-2b: Typst in a child process that can read nothing, with a time limit."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from kiosk.declaration import DeclarationContent
from kiosk.ports import DeviceProblem, DeviceReason

TIMEOUT_S = 20.0  # a form takes well under one second, the start of the child included; a slow office machine some more

# No template asks for a package; should one ever try, its download ends at a closed port of this machine.
_NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")


class DeclarationPdf:
    """Renders by the templates of this release. `worker_command` starts the hidden command `typst-worker`."""

    def __init__(
        self, worker_command: Sequence[str], templates: Path, fonts: Path, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._command = tuple(worker_command)
        self._templates = templates
        self._fonts = fonts
        self._timeout_s = timeout_s

    def render(self, content: DeclarationContent) -> bytes:
        """The declaration as PDF/A-2b. Blocks; raises DeviceProblem (NO_DRIVER without a template, TIMEOUT, FAILED)."""
        job = {"template": self._template(content.template), "content": _json(content), "fonts": str(self._fonts)}
        try:
            done = subprocess.run(  # noqa: S603  our own worker; the job goes through stdin, never through the command
                self._command,
                input=json.dumps(job).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._timeout_s,
                env={**os.environ, **_NO_NETWORK},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise DeviceProblem(DeviceReason.TIMEOUT, f"no declaration after {self._timeout_s:g} s") from error
        except OSError as error:
            raise DeviceProblem(DeviceReason.FAILED, f"the worker does not start: {error.strerror}") from error
        if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
            raise DeviceProblem(DeviceReason.FAILED, f"the worker ended with {done.returncode} and no PDF")
        return done.stdout

    def _template(self, name: str) -> str:
        path = self._templates / f"{name}.typ"
        if path.parent != self._templates or not path.is_file():
            raise DeviceProblem(DeviceReason.NO_DRIVER, f"this release has no template {name!r}")
        return path.read_text(encoding="utf-8")


def _json(content: DeclarationContent) -> str:
    day = content.day
    return json.dumps(
        {
            "title": content.title,
            "office": content.office,
            "place": content.place,
            "day": f"{day.day:02}",
            "month": f"{day.month:02}" if day.month < 3 else str(day.month),  # Decree 30/2020/NĐ-CP, annex I
            "year": str(day.year),
            "pledge": content.pledge,
            "texts": dict(content.texts),
            "codes": dict(content.codes),
            "demo": content.demo,
        },
        ensure_ascii=False,
    )
