"""A whole visit in a program of its own: how it ends, and what is left of it in memory and in every file."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from commands.embedded_portal import EmbeddedPortal
from commands.memory_guard import CLEAN_MEMORY
from commands.specimen_card import CARD_2021, draw_card
from tests.journeys.conftest import OpenKiosk
from tests.journeys.memory_search import family, found_in_memory

LINE_TIMEOUT_S = 240.0

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux shows a program's memory: run it there"),
]


@dataclass
class Canary:
    """A person who is not in any code or file of ours."""

    number: str
    name: str
    phone: str

    def texts(self) -> dict[str, bytes]:
        return {key: getattr(self, key).encode() for key in ("number", "name", "phone")}


@pytest.fixture
def canary() -> Canary:
    source = random.Random()
    digits = "".join(source.choices("0123456789", k=12))
    name = "".join(source.choice("BCDGHKLMNTV") + source.choice("ẠẾỘỮÂ") for _syllable in range(6))
    return Canary(f"001058{digits[:6]}", f"LÝ {name} MẪU", f"09{digits[4:]}")


class Steered:
    """The program, with its memory open to the test."""

    def __init__(self, folder: Path, url: str, phone: str, temp: Path) -> None:
        command = [sys.executable, "-m", "tests.journeys.canary_kiosk", str(folder), url, phone[::-1]]
        self.began_s = time.time()
        self.log = temp / "kiosk.log"
        self.folders = (folder, temp)
        with self.log.open("wb") as log:
            self.program = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "TMPDIR": str(temp), "XDG_CACHE_HOME": str(temp / "cache"), **CLEAN_MEMORY},
            )

    def ask(self, line: str = "") -> list[str]:
        """What it says once it has done that."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        if line:
            self.program.stdin.write(f"{line}\n".encode())
            self.program.stdin.flush()
        said = self.program.stdout.readline().decode().split()
        assert said, self.log.read_text()
        return said

    def found(self, wanted: dict[str, bytes]) -> dict[str, int]:
        return dict(found_in_memory(family(self.program.pid), wanted))


@pytest.fixture
def steered(portal: EmbeddedPortal, make_kiosk: OpenKiosk, canary: Canary, tmp_path: Path) -> Iterator[Steered]:
    kiosk = make_kiosk(portal)
    rows = (("Số", canary.number), ("Họ và tên", canary.name), *CARD_2021.rows[2:])
    _number, other, _name, *rest = CARD_2021.code.split("|")
    code = "|".join((canary.number, other, canary.name, *rest))
    draw_card(replace(CARD_2021, rows=rows, code=code)).save(kiosk.folder / "canary.jpg", quality=92)
    temp = tmp_path / "temp"
    temp.mkdir()
    made = Steered(kiosk.folder, portal.url, canary.phone, temp)
    yield made
    made.program.kill()
    made.program.wait(LINE_TIMEOUT_S)
    for stream in (made.program.stdin, made.program.stdout):
        if stream is not None:
            stream.close()


def in_files(folders: tuple[Path, ...], wanted: dict[str, bytes], since_s: float = 0.0) -> list[str]:
    """Which files hold one of the texts, in UTF-8 or UTF-16, of those that were written since then (epoch seconds)."""
    every = [text for each in wanted.values() for text in (each, each.decode().encode("utf-16-le"))]
    found = []
    for folder in folders:
        inside = (Path(place) / name for place, _folders, names in os.walk(folder) for name in names)
        for path in inside:  # folders of other programs may vanish meanwhile
            try:
                if path.is_symlink() or not path.is_file() or path.stat().st_mtime < since_s:
                    continue
                content = path.read_bytes()
            except OSError:
                continue  # another program's, gone or closed to us
            found += [str(path) for text in every if text in content]
    return found


PLACES = (Path(tempfile.gettempdir()), Path("/dev/shm"), Path("/var/tmp"))


@pytest.mark.parametrize("way", ["leave", "idle", "trouble", "saved", "done"])
def test_after_each_way_of_ending_nothing_is_left(steered: Steered, canary: Canary, way: str) -> None:
    assert steered.ask() == ["open"]
    assert steered.found(canary.texts()) == {}
    [said, page] = steered.ask("play")
    assert said == "ready"
    wanted = canary.texts() | {"page": bytes.fromhex(page)}
    there = steered.found(wanted)
    assert set(there) == set(wanted)  # the search finds what is there
    assert steered.ask(way) == ["ended", way]
    left = steered.found(wanted)
    assert left == {}
    assert in_files(steered.folders, canary.texts()) == []
    assert in_files(PLACES, canary.texts(), steered.began_s) == []


def test_a_program_that_is_killed_leaves_nothing_in_files(steered: Steered, canary: Canary) -> None:
    assert steered.ask() == ["open"]
    steered.ask("play")
    steered.program.send_signal(signal.SIGKILL)
    steered.program.wait(LINE_TIMEOUT_S)
    assert in_files(steered.folders, canary.texts()) == []
    assert in_files(PLACES, canary.texts(), steered.began_s) == []
