"""What the editors of all fields share: a label, what is wrong, the control, and a way to say that it is not known."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.field_rules import value_problem
from kiosk.form import Answer, Answers, AnswerValue, Field, FieldProblem, Privacy
from kiosk.form_rules import check_field, masked, screen_text
from kiosk.texts import _
from ui.choice_rows import TickRow
from ui.kept_answer import KeptAnswer
from ui.labels import Label
from ui.reveals import Reveals
from ui.speaking import Speaker
from ui.theme import Theme
from ui.tokens import Role


class Editor(Speaker, QWidget):
    """A label (left out where the page's title asks it already), the words of what is wrong, and the control."""

    turned = Signal()
    """What was typed into is done with: what follows is looked at first."""
    turns_pages = False
    """Whether the control turns its own pages, so that the page around it cannot scroll."""

    def __init__(self, theme: Theme, field: Field, label: str, control: QWidget) -> None:
        super().__init__()
        self.field = field
        self._theme = theme
        self._control = control
        self._kept: KeptAnswer | None = None
        self.problem_label = Label("", Role.PROBLEM)
        self.problem_label.hide()
        self.unknown: TickRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.metrics.gap_px)
        around = QWidget(self)
        words = QVBoxLayout(around)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(theme.metrics.px(1))
        for text, role in ((label, Role.STRONG), (_(field.hint), Role.HINT)):
            if text:
                words.addWidget(Label(text, role))
        self._words = around if words.count() else None
        around.setVisible(bool(words.count()))
        self._column.addWidget(around)
        self._column.addWidget(self.problem_label)
        self._column.addWidget(control, 1)
        if field.unknown_label:
            self.unknown = TickRow(theme, _(field.unknown_label))
            self.unknown.setObjectName(f"unknown:{field.id}")
            self.unknown.clicked.connect(self._on_unknown)
            self._column.addWidget(self.unknown)

    @property
    def target(self) -> QWidget:
        """What takes the focus when the answer must be looked at again."""
        return self

    def take(self) -> AnswerValue | FieldProblem | None:
        """The answer as it stands: a value, what is wrong with what was typed, or None for nothing given."""
        return None

    def checked(self, answers: Answers, today: date) -> AnswerValue | FieldProblem | None:
        """The answer if it fits its field and the other answers, what is wrong with it or with its absence, or None
        where nothing was given and nothing has to be."""
        if self.says_unknown:
            return None
        value = self.take()
        if isinstance(value, FieldProblem):
            return value
        if value is None:
            return check_field(self.field, None, answers, today)
        message = value_problem(self.field, value, answers, today)
        return FieldProblem(self.field.id, message) if message else value

    def put(self, value: AnswerValue) -> None:
        """Show this value, for example one offered from the card."""

    def keep_back(self, reveals: Reveals) -> None:
        """What was given before and others must not read stands here masked; a touch on it brings the field back."""
        value = self.take()
        if self.field.privacy is Privacy.PLAIN or value is None or isinstance(value, FieldProblem):
            return
        whole = screen_text(self.field, value)
        texts = masked(self.field, whole), whole
        if texts[0] == whole:
            return
        self._bring_back()
        self._kept = KeptAnswer(self._theme, self.field.id, texts, reveals)
        self._kept.change.connect(self._type_anew)
        self._column.insertWidget(self._column.indexOf(self._control), self._kept)
        self._control.hide()

    def _type_anew(self) -> None:
        self._bring_back()
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self) -> None:
        """The field itself, in place of what was kept back."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.hide()
            kept.deleteLater()
            self._control.show()

    def restore(self, answer: Answer | None) -> None:
        """Show an answer that was given before."""
        if answer is None:
            return
        if answer.unknown and self.unknown is not None:
            self.unknown.setChecked(True)
        elif not answer.unknown:
            self.put(answer.value)

    def clear(self) -> None:
        """Take back what was given, for the citizen says not to know."""

    def given(self) -> None:
        """Something was given: who knows does not say not to know."""
        if self.unknown is not None:
            self.unknown.setChecked(False)

    def _on_unknown(self, checked: bool) -> None:
        if checked:
            self._bring_back()
            self.clear()

    @property
    def says_unknown(self) -> bool:
        """Whether the citizen says not to know, where that is a lawful answer."""
        return self.unknown is not None and self.unknown.isChecked()

    def fold(self, *, folded: bool) -> None:
        """The keyboard leaves little room (or gives it back): a list needs what there is, so the rest is left out."""
        if self.turns_pages:
            for widget in (self._words, self.unknown):
                if widget is not None:
                    widget.setVisible(not folded)

    def show_problem(self, text: str) -> None:
        """Say beside the field what is wrong; an empty text takes that away."""
        if text:
            self._bring_back()
        self.problem_label.show_text(text)
