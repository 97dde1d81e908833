"""From a finger's touch until the pressed state is painted, of every kind of thing that is pressed."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from commands.bench_clock import fair_s
from commands.bench_figure import Figure, percentile
from commands.bench_machine import scratch
from commands.bench_rig import Rig
from kiosk.visit import Step
from ui.tokens import Contrast, TextSize

ROUNDS = 5
TARGET_MS = 100.0  # the limit below which an answer seems immediate (R. B. Miller, AFIPS 1968)
STEPS = (Step.HOME, Step.CHOOSE, Step.CONSENT, Step.FORM, Step.PARTS, Step.CAPTURE, Step.REVIEW, Step.FILE)


class PressWatch(QObject):
    """A stopwatch from the press of one button until it is painted."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__()
        self.painted = False
        self._button = button
        button.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Painting follows once the filter has returned; the caller lets the loop go on."""
        if event.type() is QEvent.Type.Paint and self._button.isDown():
            self.painted = True
        return False


def measure() -> list[Figure]:
    """Every button, row, key and tile on one page of each step, pressed and let go elsewhere, so that nothing comes of
    it."""
    with scratch() as folder, Rig(folder) as rig:
        rig.theme.set_look(TextSize.LARGEST, Contrast.LIGHT)
        took_ms: list[tuple[float, str]] = []
        for step in STEPS:
            rig.play(until=step)
            for button in _pressable(rig):
                took_ms += [
                    (_press(button), f"{type(button).__name__} {button.objectName()}") for _round in range(ROUNDS)
                ]
        rig.leave()
    numbers = [each for each, _name in took_ms]
    slowest = [f"{name} {each:.0f} ms" for each, name in sorted(took_ms, reverse=True)[:5]]
    kinds = sorted({name.split()[0] for _each, name in took_ms})
    middle, p99 = percentile(numbers, 0.5), percentile(numbers, 0.99)
    details = {"presses": len(numbers), "kinds": kinds, "lines": slowest}
    figure = Figure("press to pressed state", "ms", min(numbers), middle, max(numbers), p99, "p99", TARGET_MS, details)
    return [figure]


def _pressable(rig: Rig) -> Iterator[QAbstractButton]:
    for button in rig.window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and not button.visibleRegion().isEmpty():
            yield button


def _press(button: QAbstractButton) -> float:
    watch, started_s = PressWatch(button), fair_s()
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    while not watch.painted:
        QApplication.processEvents()
    took_ms = max(0.0, 1000 * (fair_s() - started_s))
    far = QPoint(-10_000, -10_000)
    QTest.mouseMove(button, far)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=far)
    QApplication.processEvents()
    return took_ms
