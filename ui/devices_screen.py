"""The page of devices, for the staff: how each one is, what to do, and a trial of it. It shows nothing of citizens."""

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kiosk.counter_devices import DeviceKind
from kiosk.dates import format_moment
from kiosk.ports import DeviceProblem, DeviceReason, DeviceStatus, Unavailable
from kiosk.texts import _
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.device_row import DeviceRow
from ui.device_trial_page import DeviceTrialPage
from ui.device_trials import LANES, Trial, trial_of
from ui.device_words import kind_words
from ui.screen import Screen
from ui.staff_devices import StaffDevices
from ui.tokens import Role

_MOST_COLUMNS = 3
_THREE_COLUMNS_EMS = 60
_ALL = 1000
"""Stretch of a trial beside that of the gap below the list (1)."""


class DevicesScreen(Screen):
    """A list of devices; a trial takes its place and gives it back. Each device is asked in its own lane, so that one
    that hangs hides no other."""

    def __init__(self, context: Context, staff: StaffDevices) -> None:
        super().__init__(context.theme)
        self._context = context
        self._asked = staff.asked()
        equipment = context.equipment
        self._trials: dict[DeviceKind, Trial | None] = {
            kind: trial_of(kind, staff, equipment.clock, equipment.pages) for kind in self._asked
        }
        self._rows = {kind: self._make_row(kind) for kind in self._asked}
        self._page: DeviceTrialPage | None = None
        self._asked_at = self._moment()
        self.wide = True
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(context.theme.metrics.gap_px)
        self._ask_again = SecondaryButton(context.theme, _("Hỏi lại tất cả"), icon_name="refresh-cw")
        self._ask_again.setObjectName("ask_again")
        self._ask_again.clicked.connect(self._ask)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._list)
        self._column.addStretch(1)
        self._arrange()
        self._say()

    def enter(self) -> None:
        """Ask every device."""
        self._ask()

    def leave(self) -> None:
        """Whatever is being tried stops; its picture is gone."""
        if self._page is not None:
            self._page.stop()

    def step_back(self) -> bool:
        """From a trial back to the list."""
        if self._page is None:
            return False
        page, self._page = self._page, None
        page.stop()
        self._column.removeWidget(page)
        page.hide()
        page.deleteLater()
        self._list.show()
        self._say()
        self.turned.emit(None)
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: there may be room for one column only."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
            if self._page is not None:
                self._page.orient()

    def _say(self, kind: DeviceKind | None = None) -> None:
        """The heading and the way on, of the list or of a trial."""
        self.heading = _("Thiết bị của máy") if kind is None else _("Thử: {device}").format(device=kind_words(kind))
        asked = _("Trang dành cho cán bộ. Hỏi các thiết bị lúc {moment}.").format(moment=self._asked_at)
        self.hint = asked if kind is None else ""
        self.next_label = _("Về trang đầu") if kind is None else None
        self.can_go_back = kind is not None
        self.changed.emit()

    def _make_row(self, kind: DeviceKind) -> DeviceRow:
        trial = self._trials[kind]
        row = DeviceRow(self.theme, kind, can_be_tried=trial is not None)
        if row.try_button is not None and trial is not None:
            row.try_button.clicked.connect(lambda: self._open(kind, trial))
        return row

    def _arrange(self) -> None:
        columns = self._columns()
        widgets: list[QWidget] = [*self._rows.values(), self._ask_again]
        for widget in widgets:
            self._grid.removeWidget(widget)
        for index, widget in enumerate(widgets):
            self._grid.addWidget(widget, index // columns, index % columns)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _columns(self) -> int:
        metrics = self.theme.metrics
        if metrics.stacks:
            return 1
        wide = metrics.panel.width_px > _THREE_COLUMNS_EMS * metrics.text_px(Role.BODY)
        return _MOST_COLUMNS if wide and not metrics.compact else 2

    def _ask(self) -> None:
        self._asked_at = self._moment()
        self._say()
        for kind in self._asked:
            self._ask_one(kind)

    def _answered(self, kind: DeviceKind, status: DeviceStatus) -> None:
        self._rows[kind].show_status(status)

    def _not_answered(self, kind: DeviceKind, error: Exception) -> None:
        """A driver is to answer with a state; what it raises all the same is a fault of the device."""
        reason = error.reason if isinstance(error, DeviceProblem) else DeviceReason.FAILED
        self._answered(kind, Unavailable(reason))

    def _moment(self) -> str:
        return format_moment(self._context.equipment.clock.now())

    def _open(self, kind: DeviceKind, trial: Trial) -> None:
        page = DeviceTrialPage(self.theme, self._context.tasks, kind, trial)
        page.ended.connect(lambda good, words: self._tried(kind, good, words))
        self._page = page
        self._list.hide()
        self._column.insertWidget(0, page, _ALL)
        self._say(kind)
        self.turned.emit(None)

    def _tried(self, kind: DeviceKind, good: bool, words: str) -> None:
        said = _("Đã thử lúc {moment}: {words}").format(moment=self._moment(), words=words)
        self._rows[kind].show_trial(said if good else _("Chưa được. {said}").format(said=said))
        self._ask_one(kind)  # the trial may have shown what the device did not know before

    def _ask_one(self, kind: DeviceKind) -> None:
        device = self._asked[kind]
        done, failed = partial(self._answered, kind), partial(self._not_answered, kind)
        self._context.tasks.run(LANES[kind], device.status, owner=self, done=done, failed=failed)
