"""How long a letter takes: from a key, real or on the screen, until the field is painted with it."""

import statistics
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from commands.bench_clock import fair_s
from commands.bench_figure import Figure, percentile
from commands.bench_machine import scratch
from commands.bench_rig import SERVICE, Rig
from commands.gallery_visit import Walker
from kiosk.visit import Step
from ui.keyboard import KeyCap
from ui.navigator import make_screen

TARGET_MS = 20.0
ROUNDS = 4
WORDS = "nguyeenx thij thuyr hoafng "  # Telex: letters, shapes and tones
_PAUSE_MS = 40  # people type slower; what is faster than 20 ms is taken for a hand-held reader
_TIMEOUT_S = 5.0


class LetterWatch(QObject):
    """A stopwatch from the key to the end of the painting in which the field shows what it did."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.took_ms: list[float] = []
        self.painted = True
        self._started_s = 0.0
        field.installEventFilter(self)

    def start(self) -> None:
        """The key goes down now."""
        self.painted = False
        self._started_s = fair_s()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The first painting after the key; the timer fires when the whole window is painted."""
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = True
            QTimer.singleShot(0, self, self._stop)
        return False

    def _stop(self) -> None:
        self.took_ms.append(1000 * (fair_s() - self._started_s))


def measure() -> list[Figure]:
    """A name by Telex on real keys and on the keyboard of the screen, and a search, which looks up at every letter."""
    with scratch() as folder, Rig(folder) as rig:
        rig.hands.settle()
        _show_name(rig)
        on_screen = _typed_by_touch(rig)
        name = _typed(rig)
        rig.leave()
        rig.play(until=Step.CHOOSE)
        search = _typed(rig)
    named = (("real key, Telex", name), ("key on the screen", on_screen), ("real key, search", search))
    return [_figure(f"key to letter: {what}", took) for what, took in named]


def _show_name(rig: Rig) -> None:
    visit = Walker(rig.shipped.catalog.service(SERVICE), rig.shipped.areas, card=False).on_page("requester_name")
    rig.window.frame.set_screen(make_screen(rig.kiosk.context, visit, None))
    rig.hands.settle()


def _field(rig: Rig) -> QLineEdit:
    return next(each for each in rig.window.frame.findChildren(QLineEdit) if each.isVisible())


def _typed(rig: Rig) -> list[float]:
    field = _field(rig)
    field.setFocus()
    watch = LetterWatch(field)
    handle = rig.window.windowHandle()
    for letter in WORDS * ROUNDS:
        key = Qt.Key.Key_Space if letter == " " else Qt.Key(ord(letter.upper()))
        _timed(rig, watch, lambda key=key: QTest.keyClick(handle, key))  # type: ignore[misc]
    if "nguyễn thị thuỷ hoàng" not in field.text().lower():
        raise RuntimeError(f"what was typed came out as {field.text()!r}: nothing was composed, or not all of it")
    return watch.took_ms[1:]  # the first puts the keyboard on the screen away


def _typed_by_touch(rig: Rig) -> list[float]:
    watch = LetterWatch(_field(rig))
    caps = {each.key.name: each for each in rig.window.frame.keyboard.findChildren(KeyCap)}
    for name in ("N", "G", "U", "Y", "Ê", "N", "ngã", " ", "T", "H", "I", "nặng", " ") * ROUNDS:
        cap: QWidget = caps[f"key_{name}"]
        _timed(rig, watch, lambda cap=cap: QTest.mouseClick(cap, Qt.MouseButton.LeftButton))  # type: ignore[misc]
    return watch.took_ms


def _timed(rig: Rig, watch: LetterWatch, act: Callable[[], None]) -> None:
    watch.start()
    act()
    wanted = len(watch.took_ms) + 1
    rig.hands.wait_for("the letter", lambda: len(watch.took_ms) >= wanted or watch.painted, _TIMEOUT_S)
    QTest.qWait(_PAUSE_MS)


def _figure(name: str, took: list[float]) -> Figure:
    p99 = percentile(took, 0.99)
    details = {"letters": len(took)}
    return Figure(name, "ms", min(took), statistics.median(took), max(took), p99, "p99", TARGET_MS, details)
