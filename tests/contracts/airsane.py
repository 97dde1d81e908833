"""AirSane, an eSCL server that is not ours, with SANE's `test` backend behind it: found, started, ended."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from devices.escl_link import Call, EsclLink
from kiosk.ports import DeviceProblem

MISSING = (
    "AirSane is missing: build https://github.com/SimulPiscator/AirSane, put `airsaned` on the PATH or its path into"
    " the variable AIRSANED, and run avahi-daemon, without which it offers no scanner"
)
_START_S = 10.0


def airsaned() -> str | None:
    """The program, or None."""
    return os.environ.get("AIRSANED") or shutil.which("airsaned")


@contextmanager
def serving(folder: Path, options: str = "") -> Iterator[tuple[str, Callable[[], None]] | None]:
    """The address of its first scanner, and what kills it, while the block runs; None if it offers none. `options` are
    the backend's."""
    program = airsaned()
    assert program is not None
    config = folder / "sane"
    config.mkdir(exist_ok=True)
    (config / "dll.conf").write_text("test\n")
    (config / "options.conf").write_text(f"device .*\n{options}\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    never = [f"--{name}={config / 'none'}" for name in ("ignore-list", "access-file")]
    command = [program, f"--listen-port={port}", "--interface=lo", "--hotplug=false", "--network-hotplug=false", *never]
    process = subprocess.Popen(
        [*command, f"--options-file={config / 'options.conf'}"],
        env={**os.environ, "SANE_CONFIG_DIR": str(config)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/eSCL"
        yield (address, process.kill) if _answers(address) else None
    finally:
        process.kill()
        process.wait(_START_S)


def _answers(address: str) -> bool:
    """Whether there is a scanner. Without avahi the server answers, with 404."""
    link = EsclLink(address)
    for _try in range(round(_START_S / 0.1)):
        with suppress(DeviceProblem):
            return link.ask(Call("GET", f"{link.base}/ScannerStatus", 5.0, 100_000)).status == 200
        Event().wait(0.1)
    return False
