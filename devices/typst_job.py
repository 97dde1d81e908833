"""One Typst compilation: source and content in, PDF/A-2b out; in a child process that can read nothing, timed."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from kiosk.ports import DeviceProblem, DeviceReason

TIMEOUT_S = 20.0  # a form takes well under one second, the start of the child included; a slow office machine some more

# No template asks for a package; should one ever try, its download ends at a closed port of this machine.
_NO_NETWORK = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9")


def compile_pdf(command: Sequence[str], source: str, content: str, fonts: Path, timeout_s: float = TIMEOUT_S) -> bytes:
    """The PDF that `source` makes of `content` (JSON text). `command` starts the hidden command `typst-worker`. Blocks;
    raises DeviceProblem (TIMEOUT, FAILED)."""
    job = {"template": source, "content": content, "fonts": str(fonts)}
    try:
        done = subprocess.run(  # noqa: S603  our own worker; the job goes through stdin, never through the command
            command,
            input=json.dumps(job).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            env={**os.environ, **_NO_NETWORK},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DeviceProblem(DeviceReason.TIMEOUT, f"no PDF after {timeout_s:g} s") from error
    except OSError as error:
        raise DeviceProblem(DeviceReason.FAILED, f"the worker does not start: {error.strerror}") from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise DeviceProblem(DeviceReason.FAILED, f"the worker ended with {done.returncode} and no PDF")
    return done.stdout
