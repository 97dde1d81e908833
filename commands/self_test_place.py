"""Steps of the acceptance test without a device: the disk of the store, the line to the portal and its clock."""

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands.local_socket import LIST_QUEUE, NoAnswer, ask
from commands.place import Place
from commands.self_test import Fault, Measured, NothingToTest, Person
from kiosk.errors import KioskError
from kiosk.outbox import QueueCondition
from kiosk.ports import Clock
from sync.enrolment import Enrolled, load_enrolment
from sync.server_time import ServerTime
from sync.transport import Answer, Call, ExchangeLimits, Transport

_WRITES = 20
_BLOCK = bytes(4096)
_TRIAL_FILE = ".self-test"
_LIMITS = ExchangeLimits(connect_s=5.0, base_s=15.0)
# The program corrects itself by the portal's clock; slips and declarations bear the kiosk's own.
MOST_CLOCK_OFF_S = 60.0


@dataclass(frozen=True, slots=True)
class DiskStep:
    """Free space, and how long the disk takes to keep something for good (write and fsync of 4 kB)."""

    folder: Path
    reserve_bytes: int

    def run(self, _person: Person) -> Measured:
        """The figures of the folder, or of the nearest one above it that is there."""
        folder = next(place for place in (self.folder, *self.folder.absolute().parents) if place.is_dir())
        free_bytes = shutil.disk_usage(folder).free
        syncs_ms = sorted(_sync_ms(folder / _TRIAL_FILE) for _round in range(_WRITES))
        figures = {
            "free_mb": free_bytes // 1_000_000,
            "fsync_ms": round(syncs_ms[_WRITES // 2], 2),
            "slowest_fsync_ms": round(syncs_ms[-1], 2),
        }
        return Measured(figures, (Fault.LITTLE_SPACE,) if free_bytes < self.reserve_bytes else ())


def _sync_ms(path: Path) -> float:
    try:
        start_s = time.perf_counter()
        with path.open("wb") as file:
            file.write(_BLOCK)
            file.flush()
            os.fsync(file.fileno())
        return (time.perf_counter() - start_s) * 1000
    finally:
        with suppress(FileNotFoundError):
            path.unlink()


@dataclass(frozen=True, slots=True)
class LineStep:
    """Whether the portal answers, and how far the two clocks are apart. Only of a kiosk that is enrolled."""

    place: Place
    clock: Clock

    def run(self, _person: Person) -> Measured:
        """Ask for the portal's public keys, which says nothing of this kiosk; a running kiosk is asked how its line is.
        `clock_off_s` is positive where the kiosk is fast."""
        if (running := self._running()) is not None:
            line = running["condition"]
            clear = line == QueueCondition.CLEAR
            return Measured({"kiosk_runs": True, "line": line}, () if clear else (Fault.PORTAL_SILENT,))
        enrolled = self._enrolled()
        server_time = ServerTime(self.clock)
        transport = Transport(enrolled.portal_url, server_time, self.place.settings.portal_ca, _LIMITS)
        start_s = self.clock.monotonic_s()
        try:
            answer = transport.send(Call("GET", "/v1/keys", ("application/json",)))
        finally:
            transport.close()
        figures = {"answer_s": round(self.clock.monotonic_s() - start_s, 2), "line": type(answer).__name__.lower()}
        if not isinstance(answer, Answer) or not answer.good:
            return Measured(figures, (Fault.PORTAL_SILENT,))
        off_s = server_time.offset_s or 0.0
        wrong = abs(off_s) > MOST_CLOCK_OFF_S
        return Measured({**figures, "clock_off_s": round(-off_s, 1)}, (Fault.CLOCK_WRONG,) if wrong else ())

    def _running(self) -> dict[str, Any] | None:
        try:
            return ask(self.place.settings.data_folder, LIST_QUEUE)
        except NoAnswer:
            raise NothingToTest("kiosk_does_not_answer") from None

    def _enrolled(self) -> Enrolled:
        if not self.place.has_store():
            raise NothingToTest("not_enrolled")
        try:
            with self.place.open_store() as store:
                enrolled = load_enrolment(store)
        except KioskError as error:
            raise NothingToTest(error.key) from error
        if enrolled is None:
            raise NothingToTest("not_enrolled")
        return enrolled
