"""Show the card to the camera; typing instead is always one press away."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from kiosk.card import CardRead
from kiosk.ports import DeviceProblem
from kiosk.texts import _
from kiosk.visit import CardLeftOut, CardShown, Visit
from ui.buttons import SecondaryButton
from ui.card_reading import CardReading, Seen
from ui.context import Context
from ui.labels import Label
from ui.live_preview import LivePreview
from ui.sentences import camera_sentence, problem_sentence
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class CardScreen(VisitScreen):
    """Live picture with an outline; the camera runs only while this page is shown."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Đưa thẻ căn cước trước máy ảnh")
        self.next_label = None
        self.scrolls = False
        self.wide = True
        self._reading: CardReading | None = None
        self._preview = LivePreview(context.theme)
        self._advice = Label(_("Đang mở máy ảnh…"), Role.STRONG)
        self._again = SecondaryButton(context.theme, _("Thử lại máy ảnh"), icon_name="refresh-cw")
        self._again.setObjectName("camera_again")
        self._again.clicked.connect(self.enter)
        type_instead = SecondaryButton(context.theme, _("Tự gõ thông tin"), icon_name="keyboard")
        type_instead.setObjectName("type_instead")
        type_instead.clicked.connect(lambda: self.happened.emit(CardLeftOut()))
        words = QVBoxLayout()
        words.setSpacing(context.theme.metrics.gap_px)
        words.addWidget(self._advice)
        words.addStretch(1)
        words.addWidget(self._again)
        words.addWidget(type_instead)
        portrait = context.theme.metrics.portrait
        halves = QBoxLayout(QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight)
        halves.setSpacing(context.theme.metrics.px(6))
        halves.addWidget(self._preview, 0 if portrait else 5)
        halves.addLayout(words, 3)
        self.column.addLayout(halves, 1)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(context.times.card_help_s * 1000))
        self._patience.timeout.connect(self._offer_typing)

    def enter(self) -> None:
        """The camera starts, for the first time or again."""
        equipment = self.context.equipment
        self._again.hide()
        self._aim(_("Để mặt có mã vuông vào trong khung, cách máy ảnh khoảng một gang tay, giữ yên."))
        self._advice.setText(_("Đang mở máy ảnh…"))
        self._patience.start()
        self._reading = CardReading(equipment.camera, equipment.codes, self.context.tasks, self)
        self._reading.start(self._saw, self._read, self._failed)

    def _aim(self, hint: str) -> None:
        """How to hold the card, as long as there is a camera to hold it to."""
        self.hint = hint
        self.changed.emit()

    def leave(self) -> None:
        """The camera stops at once."""
        self._patience.stop()
        if self._reading is not None:
            self._reading.stop()
        self._preview.show_image(None)

    def _saw(self, seen: Seen) -> None:
        if not self._preview.shows:
            self._advice.setText(_("Đang tìm mã trên thẻ…"))
        self._preview.show_image(seen.preview)
        if seen.other_code:
            self._advice.setText(_("Mã này không phải mã trên thẻ căn cước. Ông/bà lật thẻ hoặc đổi thẻ."))

    def _read(self, card: CardRead | None) -> None:
        if card is not None:
            self.happened.emit(CardShown(card))

    def _failed(self, error: Exception) -> None:
        self._preview.show_image(None)
        self._patience.stop()
        self._again.show()
        self._aim("")
        text = camera_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error)
        self._advice.setText(text)

    def _offer_typing(self) -> None:
        self._advice.setText(_("Chưa đọc được thẻ. Ông/bà nghiêng thẻ cho bớt lóa, hoặc bấm “Tự gõ thông tin”."))
