"""One page of the form: its fields, what is known already beside them, and the check when Continue is pressed."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from kiosk.form import Address, Answer, Answers, AnswerValue, Field, FieldProblem, FieldType, QuestionPage, Source
from kiosk.form_rules import asked_about, completed, display_text, screen_text, visible_pages
from kiosk.prefill import CARD_ADDRESS, card_value, offer
from kiosk.texts import _
from kiosk.visit import Step, Visit
from kiosk.visit_events import Answered, Event
from ui.address_editor import AddressEditor
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.editor import Editor
from ui.field_editors import keyboard_for, make_editor
from ui.key_layouts import KeyboardKind
from ui.labels import Card, Label
from ui.notices import Questions
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class FormScreen(VisitScreen):
    """The page named by the visit's place."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.page = shown_page(visit)
        self.progress = _progress(visit, self.page)
        self.heading = _(self.page.title)
        self.hint = _(self.page.hint)
        self._given: dict[str, Answer] = {}
        self._stood_by: dict[str, Answer] | None = None
        self._questions = Questions(self.theme)
        self._questions.setObjectName("questions")
        self._leaves = True
        self._offered: dict[str, Answer] = {}
        self._printed = ""
        alone = len(self.page.fields) == 1
        self._editors = [self._editor(field, "" if alone else _label(field)) for field in self.page.fields]
        self.keyboard = next(
            (kind for kind in map(keyboard_for, self.page.fields) if kind is not KeyboardKind.NONE), KeyboardKind.NONE
        )
        self.add(self._questions, *self._editors)
        self.scrolls = not any(editor.turns_pages for editor in self._editors)
        self.side = self._known_already()
        if self.scrolls:
            self.finish()
        self._fit_side()

    def _editor(self, field: Field, label: str) -> Editor:
        answer = self.visit.answers.get(field.id)
        if field.type is FieldType.ADDRESS:
            self._printed = self.visit.card.address if self.visit.card and field.prefill == CARD_ADDRESS else ""
            editor: Editor = AddressEditor(
                self.theme, field, self.context.areas, self._printed, self._offered_address(field)
            )
        else:
            editor = make_editor(self.theme, field, label)
        editor.restore(answer)
        editor.turned.connect(lambda: self.turned.emit(None))
        return editor

    def _offered_address(self, field: Field) -> Address | None:
        """It is offered on the page itself, with the same words as on the card beside other pages."""
        known = self._known(field)
        if known is None or not isinstance(known.value, Address):
            return None
        self._offered[field.id] = known
        return known.value

    def fold(self, *, folded: bool) -> None:
        """A list needs all the room; an address leaves out what was picked before."""
        for editor in self._editors:
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
            offered = any(field.id in self._offered for field in self.page.fields)
            self.hint = above if metrics.stacks and not offered else _(self.page.hint)
            self.changed.emit()

    def first_focus(self) -> QWidget | None:
        """A list, or a page of several fields, is looked at before anything is typed: the keyboard would hide it."""
        if self._questions.isVisibleTo(self):
            return self._questions
        return super().first_focus() if self.scrolls and len(self._editors) == 1 else None

    def _known_already(self) -> QWidget | None:
        """What was given before, offered as a choice; nothing is filled in unasked."""
        if any(isinstance(editor, AddressEditor) for editor in self._editors):
            return self._printed_address()
        found = ((editor, self._known(editor.field)) for editor in self._editors)
        offers = [(editor, known) for editor, known in found if known is not None]
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

    def _known(self, field: Field) -> Answer | None:
        """What the card says, or an earlier answer, unless it reads like what was given here."""
        given = self.visit.answers.get(field.id)
        known = self._offer(field)
        if known is None or given is None or given.unknown:
            return known
        return None if display_text(field, given.value) == display_text(field, known.value) else known

    def _offer(self, field: Field) -> Answer | None:
        if self.visit.card is not None and (value := card_value(field, self.visit.card)) is not None:
            return Answer(value, Source.CARD, self.context.equipment.clock.now())
        service = self.visit.chosen()
        return offer(service.form, field, self.visit.answers, self.visit.earlier.get(service.code, {}))

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
        self._leaves = self.valid and not self._asks()

    def _check(self, editor: Editor) -> FieldProblem | None:
        value = editor.checked(self._answers(), self.today)
        if isinstance(value, FieldProblem):
            return value
        if editor.says_unknown:
            now = self.context.equipment.clock.now()
            self._given[editor.field.id] = Answer("", self.author, now, unknown=True)
        elif value is not None:
            self._given[editor.field.id] = self._answer(editor.field, value)
        return None

    def _asks(self) -> bool:
        """What seems odd is asked about once: who goes on with the same answers stays with them."""
        stays = self._stood_by is not None and _values(self._given) == _values(self._stood_by)
        asked = () if stays else asked_about(self.page, self._answers(), self.today)
        self._stood_by = self._given
        self._questions.show_texts([problem.message for problem in asked])
        if asked:
            self.turned.emit(self._questions)
        return bool(asked)

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

    def next_event(self) -> Event | None:
        """The page's answers; a field left empty has none."""
        return Answered(self.page.id, self._given) if self._leaves else None


def shown_page(visit: Visit) -> QuestionPage:
    """The page of the visit's place, as it is to be asked now."""
    return next(page for page in _pages(visit) if page.id == visit.place.page_id)


def _pages(visit: Visit) -> tuple[QuestionPage, ...]:
    return visible_pages(visit.chosen().form, visit.answers, visit.facts)


def _progress(visit: Visit, page: QuestionPage) -> str:
    """The section, and how many questions it has been so far. Nobody can say how many there will be: answers open and
    close pages. A page that is gone back to from the review has no number."""
    section = _(page.section)
    if visit.place.editing:
        return section
    asked = {place.page_id for place in visit.trail if place.step is Step.FORM} & {each.id for each in _pages(visit)}
    number = _("Câu {number}").format(number=len(asked - {page.id}) + 1)
    return f"{section} · {number}"


def _values(answers: Answers) -> dict[str, tuple[AnswerValue, bool]]:
    return {key: (answer.value, answer.unknown) for key, answer in answers.items()}


def _label(field: Field) -> str:
    label = _(field.label)
    return label if field.required else _("{label} (không bắt buộc)").format(label=label)
