"""How long the program takes from nothing to its first page, beside a bare PySide6 window started the same way."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.self_command import self_command

ROUNDS = 9
TIMES_BARE = 3.0  # at most so many times a bare window
TIMEOUT_S = 60.0
_SLOWEST = 15


def measure() -> list[Figure]:
    """The bare window and the kiosk in turns, so that a busy machine is unfair to both."""
    with scratch() as folder:
        config = enrolled_kiosk(folder)
        figures = start_figures("start", self_command("bench"), config)
        slowest = _slow_imports(self_command("bench"), config)
    return [each.with_details(import_ms=slowest) if each.target else each for each in figures]


def start_figures(name: str, bench: Sequence[str], config: Path) -> list[Figure]:
    """Milliseconds to the first paint of a bare window, to the kiosk's first page, and to the page where a visit
    begins. The target is on the medians of the first two. `bench` is the command to measure."""
    bare, kiosk = (*bench, "--paint", "bare"), (*bench, "--paint", "kiosk", "--config", str(config))
    paints_ms(bare, config.parent)  # the first start of each reads the disk
    paints_ms(kiosk, config.parent)
    rounds = [(paints_ms(bare, config.parent), paints_ms(kiosk, config.parent)) for _ in range(ROUNDS)]
    bare_ms, first_ms = [each["first"] for each, _ in rounds], [each["first"] for _, each in rounds]
    ratio = statistics.median(first_ms) / statistics.median(bare_ms)
    first = figure_of(f"{name}: first page of the kiosk", "ms", first_ms)
    return [
        figure_of(f"{name}: bare PySide6 window", "ms", bare_ms),
        first.judged_by(ratio, "medians, times bare", TIMES_BARE),
        figure_of(f"{name}: page where a visit begins", "ms", [each["home"] for _, each in rounds]),
    ]


def paints_ms(command: Sequence[str], credentials: Path) -> dict[str, float]:
    """From the start of the process to each paint that it tells of."""
    start_s = time.monotonic()
    told = json.loads(_run(command, credentials).stdout)
    return {name: 1000 * (at_s - start_s) for name, at_s in told.items()}


def enrolled_kiosk(folder: Path) -> Path:
    """A kiosk as an office has it: settings, keys given by systemd, an enrolment, no portal that answers now."""
    from commands.composition import load_shipped  # noqa: PLC0415 - the children that are measured do not need these
    from commands.demo import demo_settings, prepare_demo  # noqa: PLC0415
    from commands.wall_clock import WallClock  # noqa: PLC0415
    from kiosk.keys import CREDENTIAL_NAME, KEY_BYTES, CredentialKeys  # noqa: PLC0415
    from kiosk.store import Store  # noqa: PLC0415
    from sync.enrolment import load_enrolment, save_enrolment  # noqa: PLC0415

    demo = prepare_demo(folder / "demo", demo_settings(folder / "demo", real_devices=False))
    with demo.counter(load_shipped()) as counter:
        enrolled = load_enrolment(counter.store)
    demo.portal.stop()
    assert enrolled is not None  # prepare_demo enrolled
    (folder / CREDENTIAL_NAME).write_bytes(os.urandom(KEY_BYTES))
    with Store.open(folder / "kiosk", CredentialKeys(folder), WallClock(), reserve_bytes=0) as store:
        save_enrolment(store, enrolled)
    config = folder / "kiosk.toml"
    config.write_text('data_folder = "kiosk"\nkeys = "credential"\nreserve_bytes = 0\n', encoding="utf-8")
    return config


def _run(
    command: Sequence[str], credentials: Path, stderr: int = subprocess.DEVNULL
) -> subprocess.CompletedProcess[str]:
    """Wait for the command alone: a scanner's worker that it leaves behind would keep a pipe to stderr open."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "CREDENTIALS_DIRECTORY": str(credentials)}
    return subprocess.run(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True, timeout=TIMEOUT_S, check=True
    )


def _slow_imports(bench: Sequence[str], config: Path) -> dict[str, float]:
    """The modules whose own import takes longest, in ms; empty in a bundle, where Python takes no options."""
    if getattr(sys, "frozen", False):
        return {}
    python, *rest = bench
    command = (python, "-X", "importtime", *rest, "--paint", "kiosk", "--config", str(config))
    prefix = "import time:"
    told = _run(command, config.parent, subprocess.PIPE).stderr.splitlines()
    lines = [line.removeprefix(prefix).split("|") for line in told if line.startswith(prefix)]
    took = {name.strip(): int(own) / 1000 for own, _, name in lines if own.strip().isdecimal()}
    return dict(sorted(took.items(), key=lambda item: -item[1])[:_SLOWEST])
