"""The page turns to the citizen: the helper steps back, and three plain questions are the citizen's alone to answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.handover import HandoverQuestion, handover_questions, reviewed_sha256
from kiosk.texts import _
from kiosk.visit import Confirmation, Visit
from kiosk.visit_events import Doubted, HandedOver
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.labels import Card, Label, Picture
from ui.tokens import Role
from ui.visit_screen import VisitScreen

_SHORT_FACT = 28  # letters that fit a line in the largest letters there are, on the narrowest panel


class _Answer(SecondaryButton):
    """Both answers look alike, so that neither is the one to press; each is made anew for its question, so that a
    trembling second tap answers nothing."""

    swallows_second_tap = True


class HandoverScreen(VisitScreen):
    """Pages of its own: the turn, then a question each. No helper has any right from here on."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self._questions = handover_questions(visit, self.today)
        self._at = -1
        self._page: QWidget | None = None
        self._holder = QVBoxLayout()
        self.column.addLayout(self._holder)
        self.finish()
        self._show_turn()

    def step_back(self) -> bool:
        """From a question to the one before, and to the page that turns."""
        if self._at < 0:
            return False
        self._at -= 1
        self._show()
        return True

    def first_focus(self) -> QWidget | None:
        """The heading: it is read first, and Enter answers nothing."""
        return None

    def next_event(self) -> None:
        """From the page that turns to the first question."""
        if self._at < 0:
            self._at = 0
            self._show()

    def _show(self) -> None:
        if self._at < 0:
            self._show_turn()
        else:
            self._show_question(self._questions[self._at])
        self.turned.emit(None)

    def _show_turn(self) -> None:
        self.heading = _("Mời ông/bà xác nhận")
        self.hint = _("Máy hỏi ông/bà ba câu, rồi ông/bà cam đoan và nộp.")
        self.next_label = _("Tôi xác nhận")
        box, words = self._box("user")
        words.addWidget(Label(_("Từ đây chỉ ông/bà bấm."), Role.HEADING, ground="success"))
        words.addWidget(Label(_("Mời người hỗ trợ lùi lại một bước, không bấm thay và không nói thay.")))
        self._put(box)

    def _show_question(self, question: HandoverQuestion) -> None:
        number, count = self._at + 1, len(self._questions)
        self.heading, self.next_label = question.text, None
        self.hint = _("Câu hỏi xác nhận {number} trong {count}").format(number=number, count=count)
        box, words = self._box("file-text")
        role = Role.FIGURE if len(question.fact) <= _SHORT_FACT else Role.HEADING
        words.addWidget(Label(question.fact, role, ground="success"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.px(8))
        column.addWidget(box)
        column.addLayout(self._answers(question))
        self._put(page)

    def _answers(self, question: HandoverQuestion) -> QBoxLayout:
        metrics = self.theme.metrics
        upright = metrics.stacks
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(metrics.px(6 if upright else 12))
        wrong = _Answer(self.theme, _("Không đúng"), icon_name="x")
        wrong.setObjectName("answer:no")
        wrong.clicked.connect(lambda: self.happened.emit(Doubted(question.id)))
        right = _Answer(self.theme, _("Đúng"), icon_name="check")
        right.setObjectName("answer:yes")
        right.clicked.connect(self._agree)
        row.addWidget(wrong, 1)
        row.addWidget(right, 1)
        return row

    def _agree(self) -> None:
        """The last yes is the confirmation of what was reviewed."""
        self._at += 1
        if self._at < len(self._questions):
            self._show()
            return
        self._at -= 1
        asked = tuple(f"{question.text} {question.fact}" for question in self._questions)
        now = self.context.equipment.clock.now()
        self.happened.emit(HandedOver(Confirmation(now, asked, reviewed_sha256(self.visit))))

    def _box(self, icon_name: str) -> tuple[Card, QVBoxLayout]:
        """In the citizen's colour: the helper's is yellow."""
        box, row, words = Card(self.theme, "success"), QBoxLayout(QBoxLayout.Direction.LeftToRight), QVBoxLayout()
        row.setSpacing(self.theme.metrics.px(5))
        row.addWidget(Picture(self.theme, icon_name, "success", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        box.column.addLayout(row)
        return box, words

    def _put(self, page: QWidget) -> None:
        old, self._page = self._page, page
        if old is not None:
            self._holder.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._holder.addWidget(page)
        page.show()
