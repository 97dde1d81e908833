"""Where a helper shows the badge: the live picture, what to do, and the ways on where it is not taken."""

import threading

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.ports import DeviceProblem
from kiosk.texts import _
from ui.badge_reading import BadgeReading, BadgeSeen
from ui.buttons import SecondaryButton
from ui.camera_run import Seen
from ui.card_preview import CardPreview
from ui.context import Context
from ui.labels import Label
from ui.sentences import problem_sentence
from ui.tasks import Lane
from ui.tokens import Role
from ui.wedge import Wedge


class BadgeShow(QWidget):
    """Camera and hand-held reader run between `start` and `stop`. The text of a code comes once for each `start`."""

    read = Signal(str)
    """The text of a code that is no identity card's."""
    name_wanted = Signal()
    """No badge can be read here now: the helper is to be named, and nobody checks it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._reading: BadgeReading | None = None
        self._stopped = threading.Event()
        self._stopped.set()
        self._wedge = Wedge(self)
        self._wedge.scanned.connect(self._take)
        self._preview = CardPreview(context.theme)
        self._advice = Label("", Role.STRONG)
        self._again = SecondaryButton(context.theme, _("Thử lại máy ảnh"), icon_name="refresh-cw")
        self._again.setObjectName("camera_again")
        self._again.clicked.connect(self.start)
        self._name = SecondaryButton(context.theme, _("Ghi tên, không có thẻ"), icon_name="keyboard")
        self._name.setObjectName("name_instead")
        self._name.clicked.connect(self.name_wanted)
        metrics = context.theme.metrics
        words = QVBoxLayout()
        words.setSpacing(metrics.gap_px)
        words.addWidget(self._advice)
        words.addStretch(1)
        words.addWidget(self._again)
        words.addWidget(self._name)
        direction = QBoxLayout.Direction.TopToBottom if metrics.portrait else QBoxLayout.Direction.LeftToRight
        halves = QBoxLayout(direction, self)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(metrics.px(6))
        halves.addWidget(self._preview, 0 if metrics.portrait else 5)
        halves.addLayout(words, 3)

    def start(self, said: str = "") -> None:
        """Watch for a badge; `said` is why the one before was not taken."""
        self.stop()
        equipment, tasks = self._context.equipment, self._context.tasks
        self._again.hide()
        self._name.hide()
        self._preview.show()
        self._advice.setText(said or _("Để mã vuông của thẻ hỗ trợ vào trong khung, giữ yên."))
        self._stopped = threading.Event()
        self._wedge.start()
        self._listen(self._stopped)
        self._reading = BadgeReading(equipment.camera, equipment.card_watch, equipment.clock, tasks, self)
        self._reading.start(self._saw, self._take, self._failed)

    def stop(self) -> None:
        """Camera and reader stop at once."""
        self._stopped.set()
        self._wedge.stop()
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        self._preview.show_image(None)

    def _listen(self, stopped: threading.Event) -> None:
        """A hand-held reader on a serial line, where the office has one."""
        reader, tasks = self._context.equipment.code_scanner, self._context.tasks
        if reader is None:
            return

        def work() -> None:
            reader.watch(lambda text: tasks.post(self, self._take, text), stopped.is_set)

        tasks.run(Lane.CODES, work, owner=self, done=lambda _none: None, failed=lambda _error: None)

    def _take(self, text: str) -> None:
        """From the camera, or from a reader; what comes when it was stopped is nobody's."""
        if text and not self._stopped.is_set():
            self.stop()
            self.read.emit(text)

    def _saw(self, seen: Seen[BadgeSeen]) -> None:
        self._preview.show_image(seen.preview, seen.said.place)
        if seen.said.identity_card:
            self._advice.setText(_("Đây là thẻ căn cước. Người hỗ trợ đưa thẻ hỗ trợ."))

    def _failed(self, error: Exception) -> None:
        """Without a camera a badge may still come through a reader; else the name is told, and told to be unchecked."""
        self._preview.hide()
        self._again.show()
        self._name.show()
        unusable = _("Máy ảnh chưa dùng được. Dùng máy đọc mã, hoặc ghi tên.")
        self._advice.setText(unusable if isinstance(error, DeviceProblem) else problem_sentence(error))
