"""What the window does with the pages for the staff: which of them opens from which, and only where no visit is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.devices_screen import DevicesScreen
from ui.home_screen import HomeScreen
from ui.out_of_service_screen import OutOfServiceScreen
from ui.queue_screen import QueueScreen
from ui.screen import Screen
from ui.staff_screen import StaffScreen


class StaffDesk(QObject):
    """The window shows what this asks for; it touches no frame itself."""

    shows = Signal(object)
    """A Screen for the staff."""
    ended = Signal()
    """Back to the first page."""

    def __init__(self, context: Context, shown: Callable[[], Screen | None], parent: QObject) -> None:
        """`shown` tells which screen is on the glass now."""
        super().__init__(parent)
        self._context = context
        self._shown = shown

    @property
    def is_open(self) -> bool:
        """Whether one of the staff's pages is shown."""
        return is_for_staff(self._shown())

    def open(self) -> None:
        """The first page for the staff; that of the devices where there is nothing else. It opens only where no visit
        does: on the first page, and on the one that says that the kiosk is out of service."""
        if self._context.queue is None:
            self.open_devices()
        elif self._is_free():
            screen = StaffScreen(self._context)
            screen.devices_asked.connect(self.open_devices)
            screen.queue_asked.connect(self._open_queue)
            self.shows.emit(screen)

    def open_devices(self) -> None:
        """The page of devices."""
        staff = self._context.staff
        if staff is not None and self._is_free():
            self.shows.emit(DevicesScreen(self._context, staff))

    def go_back(self) -> bool:
        """Back was pressed: whether it was on one of the staff's pages."""
        match self._shown():
            case QueueScreen():
                self.open()
            case DevicesScreen() | StaffScreen():
                self.ended.emit()
            case _:
                return False
        return True

    def go_on(self) -> bool:
        """Continue was pressed: whether it was on one of the staff's pages."""
        if self.is_open:
            self.ended.emit()
            return True
        return False

    def _open_queue(self) -> None:
        queue = self._context.queue
        if queue is not None and self._is_free():
            self.shows.emit(QueueScreen(self._context, queue))

    def _is_free(self) -> bool:
        shown = self._shown()
        return isinstance(shown, HomeScreen | OutOfServiceScreen | StaffScreen | QueueScreen) and not shown.busy


def is_for_staff(screen: Screen | None) -> bool:
    """Whether it is one of the staff's pages."""
    return isinstance(screen, DevicesScreen | StaffScreen | QueueScreen)
