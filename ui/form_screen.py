"""One page of the form: its fields, what is known already beside them, and the check when Continue is pressed."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from kiosk.field_rules import value_problem
from kiosk.form import Answer, Answers, Field, FieldProblem, FieldType, QuestionPage, Source
from kiosk.form_rules import check_field, completed, screen_text, visible_pages
from kiosk.prefill import card_value, offer
from kiosk.texts import _
from kiosk.visit import Answered, Event, Visit
from ui.address_editor import AddressEditor
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.field_editors import Editor, SearchEditor, keyboard_for, make_editor
from ui.key_layouts import KeyboardKind
from ui.labels import Card, Label
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class FormScreen(VisitScreen):
    """The page named by the visit's place."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
        number, page = next((n, page) for n, page in enumerate(pages, 1) if page.id == visit.place.page_id)
        self.page: QuestionPage = page
        self.progress = _("Câu {number} trong {count}").format(number=number, count=len(pages))
        self.heading = _(self.page.title)
        self.hint = _(self.page.hint)
        self._given: dict[str, Answer] = {}
        self._offered: dict[str, Answer] = {}
        self._printed = ""
        alone = len(self.page.fields) == 1
        self._editors = [self._editor(field, "" if alone else _label(field)) for field in self.page.fields]
        self.keyboard = next(
            (kind for kind in map(keyboard_for, self.page.fields) if kind is not KeyboardKind.NONE), KeyboardKind.NONE
        )
        self.add(*self._editors)
        self.scrolls = not any(isinstance(editor, (AddressEditor, SearchEditor)) for editor in self._editors)
        self.side = self._known_already()
        if self.scrolls:
            self.finish()
        self._fit_side()

    def _editor(self, field: Field, label: str) -> Editor:
        answer = self.visit.answers.get(field.id)
        if field.type is FieldType.ADDRESS:
            self._printed = self.visit.card.address if self.visit.card and field.prefill == "card.address" else ""
            editor: Editor = AddressEditor(self.theme, field, self.context.areas, self._printed)
        else:
            editor = make_editor(self.theme, field, label)
        editor.restore(answer)
        return editor

    def fold(self, *, folded: bool) -> None:
        """An address leaves out what was picked before."""
        for editor in self._editors:
            if isinstance(editor, AddressEditor):
                editor.fold(folded=folded)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_side()

    def _fit_side(self) -> None:
        """A list needs all the height there is: what a card would say below it is said above it."""
        metrics = self.theme.metrics
        if self._printed and not metrics.portrait and isinstance(self.side, Card):
            if metrics.stacks:
                self.side.hide()
            elif self.side.parent() is not None:  # else it would be shown as a window of its own
                self.side.show()
            above = _("Trên thẻ ghi: {address}").format(address=self._printed)
            self.hint = above if metrics.stacks else _(self.page.hint)
            self.changed.emit()

    def first_focus(self) -> QWidget | None:
        """A list, or a page of several fields, is looked at before anything is typed: the keyboard would hide it."""
        return super().first_focus() if self.scrolls and len(self._editors) == 1 else None

    def _known_already(self) -> QWidget | None:
        """What was given before, offered as a choice; nothing is filled in unasked."""
        if any(isinstance(editor, AddressEditor) for editor in self._editors):
            return self._printed_address()
        given = self.visit.answers
        found = ((editor, self._offer(editor.field)) for editor in self._editors)
        offers = [
            (editor, known)
            for editor, known in found
            if known is not None and (editor.field.id not in given or given[editor.field.id].value != known.value)
        ]
        if not offers:
            return None
        box = Card(self.theme)
        box.column.addWidget(Label(_("Đã có sẵn"), Role.STRONG))
        for editor, known in offers:
            box.column.addWidget(Label(screen_text(editor.field, known.value)))
            button = SecondaryButton(self.theme, _("Dùng thông tin này"))
            button.setObjectName(f"use:{editor.field.id}")
            button.clicked.connect(lambda _checked=False, target=editor, answer=known: self._use(target, answer))
            box.column.addWidget(button)
        return box

    def _printed_address(self) -> QWidget | None:
        """A card's old three-level address, as it is: the citizen knows what it is called today."""
        if not self._printed:
            return None
        box = Card(self.theme)
        box.column.addWidget(Label(_("Trên thẻ ghi"), Role.STRONG))
        box.column.addWidget(Label(self._printed))
        advice = _("Đây có thể là tên cũ. Ông/bà chọn xã, phường hiện nay; không thấy thì gõ tên vào ô tìm.")
        box.column.addWidget(Label(advice, Role.SMALL))
        return box

    def _offer(self, field: Field) -> Answer | None:
        if self.visit.card is not None and (value := card_value(field, self.visit.card)) is not None:
            return Answer(value, Source.CARD, self.context.equipment.clock.now())
        return offer(field, self.visit.answers)

    def _use(self, editor: Editor, answer: Answer) -> None:
        editor.put(answer.value)
        self._offered[editor.field.id] = answer

    def check(self) -> None:
        """Each field by its type and rules; what was typed stays."""
        self.problems = ()
        self._given = {}
        for editor in self._editors:
            problem = self._check(editor)
            editor.show_problem(problem.message if problem else "")
            if problem:
                alone = len(self._editors) == 1
                self.refuse(problem.message if alone else f"{_(editor.field.label)}: {problem.message}", editor.target)

    def _check(self, editor: Editor) -> FieldProblem | None:
        field, now = editor.field, self.context.equipment.clock.now()
        if editor.says_unknown:
            self._given[field.id] = Answer("", self.author, now, unknown=True)
            return None
        value = editor.take()
        if isinstance(value, FieldProblem):
            return value
        if value is None:
            return check_field(field, None, self._answers(), self.today)
        if message := value_problem(field, value, self._answers(), self.today):
            return FieldProblem(field.id, message)
        self._given[field.id] = self._answer(field, value)
        return None

    def _answers(self) -> Answers:
        """All answers as they would be filed with those of this page."""
        given = {**self.visit.answers, **self._given}
        return completed(self.visit.chosen().form, given, self.visit.facts)

    def _answer(self, field: Field, value: object) -> Answer:
        """An answer that was not changed keeps its source: from the card stays from the card."""
        for known in (self.visit.answers.get(field.id), self._offered.get(field.id)):
            if known is not None and known.value == value and not known.unknown:
                return known
        return Answer(value, self.author, self.context.equipment.clock.now())  # type: ignore[arg-type]

    def next_event(self) -> Event:
        """The page's answers; a field left empty has none."""
        return Answered(self.page.id, self._given)


def _label(field: Field) -> str:
    label = _(field.label)
    return label if field.required else _("{label} (không bắt buộc)").format(label=label)
