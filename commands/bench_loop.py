"""Whether the window ever stands still: the longest gap in its event loop while the kiosk scans, seals and sends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer

from commands.bench_clock import fair_s
from commands.bench_figure import Figure, percentile
from commands.bench_machine import scratch
from commands.bench_rig import Rig
from kiosk.outbox import UNSENT
from kiosk.ports import PageImage, ScanOptions
from kiosk.visit import Step

TARGET_MS = 50.0
TICK_MS = 5
PAGES = 8
ROUNDS = 3
TIMEOUT_S = 60.0
_A4_AT_200_DPI = (1654, 2339)


class GapWatch(QObject):
    """A timer of 5 ms in the window's thread: how much later than that it fires is how long the window stood still."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last_s = fair_s()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def start(self) -> None:
        """Forget what was."""
        self.gaps_ms = []
        self._last_s = fair_s()

    def _tick(self) -> None:
        now_s = fair_s()
        self.gaps_ms.append(1000 * (now_s - self._last_s))
        self._last_s = now_s


def measure() -> list[Figure]:
    """Each activity several times, with its page on the screen."""
    with scratch() as folder, Rig(folder / "kiosk", scanner=_papers(folder / "papers")) as rig:
        rig.play()
        rig.hands.go_on()
        watch = GapWatch()
        activities: dict[str, Callable[[], None]] = {
            "scanning": lambda: _scan(rig, watch),
            "sealing 12 MB": lambda: _seal(rig, watch),
            "sending 12 MB": lambda: _send(rig, watch),
        }
        return [_figure(name, act, watch) for name, act in activities.items()]


def _figure(name: str, act: Callable[[], None], watch: GapWatch) -> Figure:
    gaps: list[float] = []
    for _round in range(ROUNDS):
        act()
        gaps += watch.gaps_ms
    longest, middle = max(gaps), percentile(gaps, 0.5)
    return Figure(f"event loop: {name}", "ms", min(gaps), middle, longest, longest, "longest gap", TARGET_MS)


def _papers(folder: Path) -> Path:
    """A4 pages at 200 dpi as a scanner gives them: grain and marks all over, in colour."""
    folder.mkdir(parents=True)
    for number in range(PAGES):
        grain = Image.effect_noise(_A4_AT_200_DPI, 20 + number)
        Image.merge("RGB", (grain, grain, grain)).save(folder / f"{number}.jpg", quality=85, dpi=(200, 200))
    return folder


def _scan(rig: Rig, watch: GapWatch) -> None:
    """Scan on the page where it is done, as a citizen does: a sheet, and then the same sheet again and again."""
    rig.play(until=Step.CAPTURE)
    watch.start()
    for button in ("scan", *(["page:again"] * (PAGES - 1))):
        rig.hands.tap(button)
        rig.hands.wait_for("the end of the scan", lambda: rig.hands.find("page:again") is not None)
    gaps = watch.gaps_ms
    rig.leave()
    watch.gaps_ms = gaps


def _seal(rig: Rig, watch: GapWatch) -> None:
    """Bind scanned pages and seal beside the window, as ui.sealing does; the line sends the dossier before."""
    dossier, equipment, scanned = rig.dossier(), rig.counter.equipment, list[PageImage]()
    for _page in range(PAGES):
        equipment.scanner.scan(ScanOptions(), scanned.append, lambda: False)

    def work() -> None:
        equipment.pages.to_pdf(scanned, "bench")
        rig.counter.filing.seal(dossier)

    with ThreadPoolExecutor(1) as pool:
        watch.start()
        sealing = pool.submit(work)
        rig.hands.wait_for("the seal", sealing.done, TIMEOUT_S)
        sealing.result()


def _send(rig: Rig, watch: GapWatch) -> None:
    """Send to the embedded portal until its receipt is there."""
    entry = rig.counter.filing.seal(rig.dossier())
    watch.start()
    with ThreadPoolExecutor(1) as pool:

        def sent() -> bool:
            found = rig.counter.store.entry(entry.client_ref)
            return found is not None and found.state not in UNSENT

        asked = pool.submit(rig.counter.filing.wait_for_receipt, entry.client_ref, TIMEOUT_S)
        rig.hands.wait_for("the receipt", asked.done, TIMEOUT_S)
        if not pool.submit(sent).result():
            raise TimeoutError("the portal gave no receipt")
