"""Show the card to the camera or to a hand-held reader; typing instead is always one press away."""

import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.capture import CardHint
from kiosk.card import CardRead
from kiosk.ports import DeviceProblem
from kiosk.scanned_text import read_scanned
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import CardLeftOut, CardShown
from ui.announcements import LiveLabel
from ui.buttons import SecondaryButton
from ui.camera_run import Seen
from ui.capture_sentences import card_hint_sentence
from ui.card_preview import CardPreview
from ui.card_reading import CardReading, CardSeen
from ui.context import Context
from ui.sentences import camera_sentence, problem_sentence
from ui.tasks import Lane
from ui.tokens import Role
from ui.visit_screen import VisitScreen
from ui.wedge import Wedge


class CardScreen(VisitScreen):
    """Live picture with an outline; camera and hand-held reader run only while this page is shown."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Đưa thẻ căn cước trước máy ảnh")
        self.next_label = None
        self.scrolls = False
        self.wide = True
        self._reading: CardReading | None = None
        self._preview = CardPreview(context.theme)
        self._advice = LiveLabel(_("Đang mở máy ảnh…"), Role.STRONG)
        self._patient = LiveLabel("", Role.HINT)
        self._patient.hide()
        self._again = SecondaryButton(context.theme, _("Thử lại máy ảnh"), icon_name="refresh-cw")
        self._again.setObjectName("camera_again")
        self._again.clicked.connect(self._open_camera)
        self._type = SecondaryButton(context.theme, _("Tự gõ thông tin"), icon_name="keyboard")
        self._type.setObjectName("type_instead")
        self._type.clicked.connect(lambda: self.happened.emit(CardLeftOut()))
        self._lay_out()
        self._stopped = threading.Event()
        self._wedge = Wedge(self)
        self._wedge.scanned.connect(self._scanned)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(context.times.card_help_s * 1000))
        self._patience.timeout.connect(self._offer_typing)

    def _lay_out(self) -> None:
        metrics = self.theme.metrics
        words = QVBoxLayout()
        words.setSpacing(metrics.gap_px)
        words.addWidget(self._advice)
        words.addWidget(self._patient)
        words.addStretch(1)
        words.addWidget(self._again)
        words.addWidget(self._type)
        halves = QBoxLayout(QBoxLayout.Direction.TopToBottom if metrics.portrait else QBoxLayout.Direction.LeftToRight)
        halves.setSpacing(metrics.px(6))
        halves.addWidget(self._preview, 0 if metrics.portrait else 5)
        halves.addLayout(words, 4 if metrics.stacks else 3)  # large letters need the room more than the picture
        self.column.addLayout(halves, 1)

    def enter(self) -> None:
        """Camera and hand-held reader start."""
        self._wedge.start()
        self._listen()
        self._open_camera()

    def _open_camera(self) -> None:
        equipment = self.context.equipment
        self._again.hide()
        self._aim(_("Giơ mặt thẻ có mã vuông vào trong khung, cách máy ảnh một gang tay. Máy tự đọc, không cần bấm."))
        self._advice.setText(_("Đang mở máy ảnh…"))
        self._patience.start()
        self._reading = CardReading(equipment.camera, equipment.card_watch, equipment.clock, self.context.tasks, self)
        self._reading.start(self._saw, self._read, self._failed)

    def _listen(self) -> None:
        """A hand-held reader on a serial line, where the office has one; without it nothing is said."""
        reader, tasks, stopped = self.context.equipment.code_scanner, self.context.tasks, self._stopped
        if reader is None:
            return

        def work() -> None:
            reader.watch(lambda text: tasks.post(self, self._scanned, text), stopped.is_set)

        tasks.run(Lane.CODES, work, owner=self, done=lambda _none: None, failed=lambda _error: None)

    def _aim(self, hint: str) -> None:
        """How to hold the card, as long as there is a camera to hold it to."""
        self.hint = hint
        self.changed.emit()

    def leave(self) -> None:
        """Camera and reader stop at once."""
        self._patience.stop()
        self._stopped.set()
        self._wedge.stop()
        if self._reading is not None:
            self._reading.stop()
        self._preview.show_image(None)

    def _saw(self, seen: Seen[CardSeen]) -> None:
        self._preview.show_image(seen.preview, seen.said.place)
        self._advice.setText(card_hint_sentence(seen.said.hint))

    def _read(self, card: CardRead | None) -> None:
        if card is not None:
            self.happened.emit(CardShown(card))

    def _scanned(self, text: str) -> None:
        """What a hand-held reader sent."""
        card = read_scanned(text)
        if isinstance(card, CardRead):
            self.leave()
            self.happened.emit(CardShown(card))
        else:
            self._advice.setText(card_hint_sentence(CardHint.OTHER_CODE))

    def _failed(self, error: Exception) -> None:
        self._preview.show_image(None)
        self._patience.stop()
        self._patient.hide()
        self._again.show()
        self._aim("")
        text = camera_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error)
        self._advice.setText(text)

    def _offer_typing(self) -> None:
        """Said beside the hint of the moment, for good: after so long the way round matters more."""
        self._patient.show_text(_("Chưa đọc được thẻ. Ông/bà thử mặt kia của thẻ, hoặc bấm “Tự gõ thông tin”."))
