"""The camera for papers as a part of a page: live picture, one hint, a button to take the picture by hand."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.capture import PaperHint
from kiosk.ports import Camera, DeviceProblem
from kiosk.texts import _
from ui.announcements import LiveLabel
from ui.buttons import PrimaryButton, SecondaryButton
from ui.camera_run import Seen
from ui.capture_sentences import paper_hint_sentence
from ui.context import Context
from ui.paper_preview import PaperPreview
from ui.paper_shooting import PaperSeen, PaperShooting
from ui.sentences import paper_camera_sentence, problem_sentence
from ui.tokens import Role


class PaperCamera(QWidget):
    """Runs from `start` to `stop`. What it photographs comes out by `shot`, one sheet after another."""

    shot = Signal(object)
    """A ui.page_making.Shot."""
    ended = Signal()
    """ "Chụp xong"."""

    def __init__(self, context: Context, camera: Camera) -> None:
        super().__init__()
        self._context = context
        self._camera = camera
        self._run: PaperShooting | None = None
        self._preview = PaperPreview(context.theme)
        self._hint = LiveLabel("", Role.STRONG)
        self._count = LiveLabel("", Role.HINT)
        self._take = PrimaryButton(context.theme, _("Chụp"), icon_name="camera")
        self._end = SecondaryButton(context.theme, _("Chụp xong"), icon_name="check")
        self._again = SecondaryButton(context.theme, _("Thử lại máy ảnh"), icon_name="refresh-cw")
        for button, name, act in (
            (self._take, "take", self._press),
            (self._end, "end_shooting", self.ended.emit),
            (self._again, "camera_again", self.start),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(self._context.theme.metrics.gap_px)
        words.addWidget(self._hint)
        words.addWidget(self._count)
        words.addStretch(1)
        for button in (self._again, self._take, self._end):
            words.addWidget(button)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(self._context.theme.metrics.px(6))
        self._halves.addWidget(self._preview, 5)
        self._halves.addLayout(words, 3)
        self._orient()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._orient()

    def _orient(self) -> None:
        portrait = self._context.theme.metrics.portrait
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if portrait else QBoxLayout.Direction.LeftToRight)

    def start(self) -> None:
        """Open the camera, for the first time or again."""
        self.stop()
        self._again.hide()
        self._take.show()
        self._hint.setText(_("Đang mở máy ảnh…"))
        equipment = self._context.equipment
        self._run = PaperShooting(self._camera, equipment.paper_watch, equipment.clock, self._context.tasks, self)
        self._run.start(self._saw, self.shot.emit, self._failed)

    def stop(self) -> None:
        """Let the camera go at once; nothing of its picture stays."""
        if self._run is not None:
            self._run.stop()
            self._run = None
        self._preview.show_image(None)

    def tell(self, pages: int) -> None:
        """How many pages there are by now."""
        self._count.show_text(_("Đã có {count} trang").format(count=pages) if pages else "")

    def _press(self) -> None:
        if self._run is not None:
            self._run.press()

    def _saw(self, seen: Seen[PaperSeen]) -> None:
        said = seen.said
        self._preview.show_image(seen.preview, said.place, good=said.hint is PaperHint.READY)
        self._hint.setText(paper_hint_sentence(said.hint))

    def _failed(self, error: Exception) -> None:
        self._run = None
        self._preview.show_image(None)
        self._take.hide()
        self._again.show()
        text = paper_camera_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error)
        self._hint.setText(text)
