"""What the machine itself can do: the disk's and the processor's own speed, beside which every figure is read."""

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from commands.app_folder import default_data_folder
from commands.bench_figure import Figure, figure_of, percentile

APPENDS = 200
APPEND_BYTES = 4096
BULK_BYTES = 12 * 1_000_000  # a dossier of many scanned pages
ROUNDS = 7
_MEGA = 1_000_000


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk where the kiosk keeps its dossiers; the system's temporary folder may lie in memory."""
    beside = default_data_folder().parent
    beside.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=beside) as folder:
        yield Path(folder)


def measure() -> list[Figure]:
    """Disk and ciphers; about two seconds."""
    content = os.urandom(BULK_BYTES)
    with scratch() as folder:
        appends = append_ms(folder / "appends")
        writes = [write_s(folder / "plain", content) for _ in range(ROUNDS)]
    p99 = percentile(appends, 0.99)
    middle = percentile(appends, 0.5)
    return [
        Figure("4 kB append, fdatasync", "ms", min(appends), middle, p99, p99, "p99"),
        _speed("write and fsync 12 MB", writes),
        *(_speed(name, [encrypt_s(name, content) for _ in range(ROUNDS)]) for name in ("AES-256-GCM", "ChaCha20")),
    ]


def describe() -> dict[str, str | int]:
    """Processor, cores and how busy they were before anything is measured; Python and system."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 0,
        "load": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def append_ms(path: Path) -> list[float]:
    """How long each small durable append took."""
    block = os.urandom(APPEND_BYTES)
    took = []
    with path.open("ab", buffering=0) as file:
        for _ in range(APPENDS):
            start = time.perf_counter()
            file.write(block)
            _sync(file.fileno())
            took.append(1000 * (time.perf_counter() - start))
    return took


def write_s(path: Path, content: bytes) -> float:
    """How long a plain, durable write takes: a new file, fsync of it and of its folder."""
    path.unlink(missing_ok=True)
    start = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())
    if os.name == "posix":
        descriptor = os.open(path.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    return time.perf_counter() - start


def encrypt_s(cipher: str, content: bytes) -> float:
    """How long it takes to encrypt the content in pieces of 1 MiB, as the store does."""
    from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415 - 20 ms that a bare start must not pay
        AESGCM,
        ChaCha20Poly1305,
    )

    key, nonce, piece = bytes(32), bytes(12), 1024 * 1024
    box = AESGCM(key) if cipher.startswith("AES") else ChaCha20Poly1305(key)
    start = time.perf_counter()
    for at in range(0, len(content), piece):
        box.encrypt(nonce, content[at : at + piece], None)
    return time.perf_counter() - start


def _speed(name: str, seconds: list[float]) -> Figure:
    return figure_of(name, "MB/s", [BULK_BYTES / _MEGA / each for each in seconds])


def _sync(descriptor: int) -> None:
    sync = getattr(os, "fdatasync", os.fsync)  # Linux alone has it
    sync(descriptor)


def _cpu() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
