"""One device being tried: what to do, the picture it gives, what came of it. Nothing of it is kept."""

import threading

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.counter_devices import DeviceKind
from kiosk.ports import DeviceProblem
from kiosk.texts import _
from ui.announcements import LiveLabel
from ui.buttons import PrimaryButton, SecondaryButton
from ui.device_trials import LANES, Trial
from ui.device_words import reason_words
from ui.labels import Card, Label, Points
from ui.page_view import PageView
from ui.sentences import problem_sentence
from ui.tasks import Tasks
from ui.theme import Theme
from ui.tokens import Role


class DeviceTrialPage(QWidget):
    """Stops what it started when it is told to `stop`; after that it says and shows nothing more."""

    ended = Signal(bool, object)
    """Whether the device did what it should, and the first line of what is told."""

    def __init__(self, theme: Theme, tasks: Tasks, kind: DeviceKind, trial: Trial) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._kind = kind
        self._trial = trial
        self._stopped = threading.Event()
        self._shown = threading.Event()
        self._view = PageView(theme)
        self._view.setVisible(trial.has_picture)
        self._start = PrimaryButton(theme, _("Bắt đầu thử"))
        self._start.setObjectName("trial_start")
        self._start.clicked.connect(self._begin)
        self._stop = SecondaryButton(theme, _("Dừng"), icon_name="x")
        self._stop.setObjectName("trial_stop")
        self._stop.clicked.connect(self._halt)
        self._stop.hide()
        self._news = LiveLabel(trial.advice, Role.BODY)
        self._outcome: QWidget | None = None
        self._words = QVBoxLayout()
        self._words.setSpacing(theme.metrics.gap_px)
        for widget in (self._news, self._start, self._stop):
            self._words.addWidget(widget)
        self._words.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.metrics.px(5))
        self._halves.addLayout(self._words, 5)
        self._halves.addWidget(self._view, 6)
        self.orient()

    def orient(self) -> None:
        """Words and picture side by side, or below each other where there is no room for that."""
        stacks = self._theme.metrics.stacks
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if stacks else QBoxLayout.Direction.LeftToRight)

    def stop(self) -> None:
        """Give the device free at its next chance, and forget the picture."""
        self._stopped.set()
        self._view.show_page(None, "")

    def _halt(self) -> None:
        self._stopped.set()

    def _begin(self) -> None:
        self._stopped = threading.Event()
        self._shown.set()
        self._show_outcome(None)
        self._view.show_page(None, "")
        self._running(on=True)
        tasks, stopped, trial, shown = self._tasks, self._stopped, self._trial, self._shown

        def show(image: QImage) -> None:
            """The next picture only after the last was drawn: they must not pile up before a window that is busy."""
            if shown.is_set():
                shown.clear()
                tasks.post(self, seen, image)

        def seen(image: QImage) -> None:
            if not stopped.is_set():
                self._view.show_page(image, _("Hình từ thiết bị"))
            shown.set()

        tasks.run(
            LANES[self._kind],
            lambda: trial.work(show, stopped.is_set),
            owner=self,
            done=self._done,
            failed=self._failed,
        )

    def _running(self, *, on: bool) -> None:
        self._start.setVisible(not on)
        self._start.setText(_("Thử lại"))
        self._stop.setVisible(on)
        self._news.setText(_("Đang thử…") if on else self._trial.advice)

    def _done(self, lines: tuple[str, ...]) -> None:
        self._end(lines, good=True)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DeviceProblem):
            self._end(tuple(filter(None, reason_words(self._kind, error.reason))), good=False)
        else:
            self._end((problem_sentence(error),), good=False)

    def _end(self, lines: tuple[str, ...], *, good: bool) -> None:
        self._running(on=False)
        outcome = Card(self._theme, "success" if good else "problem")
        outcome.column.addWidget(Label(_("Thiết bị làm được") if good else _("Thiết bị chưa làm được"), Role.STRONG))
        outcome.column.addWidget(Points(self._theme, lines))
        self._show_outcome(outcome)
        self.ended.emit(good, lines[0])

    def _show_outcome(self, outcome: QWidget | None) -> None:
        if self._outcome is not None:
            self._words.removeWidget(self._outcome)
            self._outcome.hide()
            self._outcome.deleteLater()
        self._outcome = outcome
        if outcome is not None:
            self._words.insertWidget(0, outcome)
