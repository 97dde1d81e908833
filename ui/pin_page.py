"""Asks for the PIN of a member of the staff before something that only they may do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.ports import Clock
from kiosk.staff import PinAnswer, SignedIn, StaffPins
from kiosk.texts import _
from ui.notices import Notice
from ui.pin_pad import PinPad, refusal_words
from ui.sentences import problem_sentence
from ui.staff_page import StaffPage
from ui.tasks import Lane, Tasks
from ui.theme import Theme


class PinPage(StaffPage):
    """One PIN for one act: nobody stays signed in on a machine that stands in a public room."""

    signed_in = Signal(str)
    """The name of the member of the staff."""

    def __init__(self, theme: Theme, tasks: Tasks, pins: StaffPins, clock: Clock, purpose: str) -> None:
        """`purpose` says what the PIN is asked for, and that it is logged."""
        super().__init__(theme)
        self._tasks = tasks
        self._pins = pins
        self._clock = clock
        self.heading = _("Mã PIN của cán bộ")
        self.hint = purpose
        self.pad = PinPad(theme)
        self.pad.entered.connect(self._check)
        self._missing = Notice(
            theme, _("Chưa ai có mã PIN. Người quản trị máy đặt mã bằng lệnh: kiosk staff add TÊN"), icon_name="lock"
        )
        self._missing.hide()
        self.column.addWidget(self.pad)
        self.column.addWidget(self._missing)
        self.column.addStretch(1)

    def enter(self) -> None:
        """Where nobody has a PIN there is nothing to type."""
        self._tasks.run(Lane.STORE, self._pins.any, owner=self, done=self._show_pad, failed=self._failed)

    def leave(self) -> None:
        """What was typed is forgotten."""
        self.pad.wipe()

    def first_focus(self) -> QWidget | None:
        """Typing starts at once."""
        return self.pad if self.pad.isVisibleTo(self) else None

    def _show_pad(self, there_are: bool) -> None:
        self.pad.setVisible(there_are)
        self._missing.setVisible(not there_are)

    def _check(self, pin: str) -> None:
        pins, now = self._pins, self._clock.now()
        self._tasks.run(
            Lane.STORE, lambda: pins.sign_in(pin, now), owner=self, done=self._answered, failed=self._failed
        )

    def _answered(self, answer: PinAnswer) -> None:
        if isinstance(answer, SignedIn):
            self.signed_in.emit(answer.name)
        else:
            self.pad.refuse(refusal_words(answer))

    def _failed(self, error: Exception) -> None:
        self.pad.refuse(problem_sentence(error))
