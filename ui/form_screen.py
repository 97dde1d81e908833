"""One page of the form: its fields, and the check when Continue is pressed."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from kiosk.contact_check import contact_problem
from kiosk.delivery_terms import with_terms
from kiosk.form import (
    Answer,
    Answers,
    AnswerValue,
    Field,
    FieldProblem,
    FieldType,
    QuestionPage,
)
from kiosk.form_rules import (
    asked_about,
    coarse_address,
    completed,
    visible_pages,
)
from kiosk.texts import _, composed
from kiosk.visit import Step, Visit
from kiosk.visit_events import Answered, Event, Noted
from ui.address_editor import AddressEditor
from ui.context import Context
from ui.editor import Editor
from ui.field_editors import keyboard_for, make_editor
from ui.frequent_choice import FrequentChoiceEditor
from ui.key_layouts import KeyboardKind
from ui.known_already import KnownAlready
from ui.labels import Card
from ui.notices import Questions
from ui.reveals import Reveals
from ui.visit_screen import VisitScreen

_NEARLY_ALL = 1000
"""Stretch of an opened list beside that of what pushes the page to the top (1)."""


class FormScreen(VisitScreen):
    """The page named by the visit's place."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        pages = _pages(visit)
        self.page = _of(visit, pages)
        self.progress = _progress(visit, self.page, pages)
        self.heading = _(self.page.title)
        self.hint = _(self.page.hint)
        self._given: dict[str, Answer] = {}
        self._stood_by: dict[str, Answer] | None = None
        self._questions = Questions(self.theme)
        self._questions.setObjectName("questions")
        self._leaves = True
        self._typed: dict[str, Answer] = {}
        self._reveals = Reveals(self)
        self._known = KnownAlready(context, visit, self.page, self._reveals)
        alone = len(self.page.fields) == 1
        self._editors = [self._editor(field, "" if alone else _label(field)) for field in self.page.fields]
        self.keyboard = next(
            (kind for kind in map(keyboard_for, self.page.fields) if kind is not KeyboardKind.NONE), KeyboardKind.NONE
        )
        self._go_on_words = self.next_label
        self.add(self._questions, *self._editors)
        for editor in self._editors:
            if isinstance(editor, FrequentChoiceEditor):
                editor.searching.connect(lambda opened, one=editor: self._give_room(one, opened=opened))
        self._keep_back(typed_at_once=visit.place.editing and alone)
        self.scrolls = not any(editor.turns_pages for editor in self._editors)
        self.side = self._known.beside(self._editors)
        if self.scrolls:
            self.finish()
        self._fit_side()

    def _keep_back(self, *, typed_at_once: bool) -> None:
        """Who comes back finds masked what others must not read; who came to change this one answer, the answer."""
        for editor in self._editors:
            if not typed_at_once:
                editor.keep_back(self._reveals)

    def leave(self) -> None:
        """Nothing stays unmasked."""
        self._reveals.mask()

    def _editor(self, field: Field, label: str) -> Editor:
        answer = self.visit.answers.get(field.id)
        if field.type is FieldType.ADDRESS:
            offered = self._known.offered_address(field)
            editor: Editor = AddressEditor(self.theme, field, self.context.areas, self._known.printed, offered)
        else:
            now = self.context.equipment.clock.now()
            editor = make_editor(self.theme, with_terms(field, self.visit, now, self.context.calendar), label)
        editor.restore(answer)
        editor.turned.connect(lambda: self.turned.emit(None))
        return editor

    def _give_room(self, editor: FrequentChoiceEditor, *, opened: bool) -> None:
        """A list that was opened has the page for itself, until a row of it was touched or Back was pressed."""
        for other in self._editors:
            if other is not editor:
                other.setVisible(not opened)
        self.column.setStretchFactor(editor, _NEARLY_ALL if opened else 0)
        self.scrolls = not opened  # the list turns its own pages: short of room, the heading is left out
        self.heading = _(editor.field.label) if opened else _(self.page.title)
        self.next_label = None if opened else self._go_on_words
        self.problems = ()
        self.turned.emit(None if opened else editor)

    def step_back(self) -> bool:
        """From an opened list back to the page."""
        opened = [
            editor for editor in self._editors if isinstance(editor, FrequentChoiceEditor) and editor.is_searching
        ]
        for editor in opened:
            editor.close_list()
        return bool(opened)

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
        printed = self._known.printed
        if printed and not metrics.portrait and isinstance(self.side, Card):
            if metrics.stacks:
                self.side.hide()
            elif self.side.parent() is not None:  # else it would be shown as a window of its own
                self.side.show()
            above = _("Trên thẻ ghi: {address}").format(address=coarse_address(printed))
            offered = any(field.id in self._known.offered for field in self.page.fields)
            self.hint = above if metrics.stacks and not offered else _(self.page.hint)
            self.changed.emit()

    def first_focus(self) -> QWidget | None:
        """A list, or a page of several fields, is looked at before anything is typed: the keyboard would hide it."""
        if self._questions.isVisibleTo(self):
            return self._questions
        return super().first_focus() if self.scrolls and len(self._editors) == 1 else None

    def check(self) -> None:
        """Each field by its type and rules; what was typed stays."""
        self.problems = ()
        self._given = {}
        for editor in self._editors:
            problem = self._check(editor)
            editor.show_problem(problem.message if problem else "")
            if problem:
                alone = len(self._editors) == 1
                self.refuse(
                    problem.message if alone else composed("{}: {}", _(editor.field.label), problem.message),
                    editor.target,
                )
        self._leaves = self.valid and not self._asks()

    def go_on_with(self, visit: Visit) -> None:
        """The visit has changed, and the page is still its page: what was typed so far is whose it was."""
        if visit.author is not self.visit.author and visit.place == self.visit.place:
            self._typed |= {noted.field_id: noted.answer for noted in self.noted() if noted.answer is not None}
        if visit.place == self.visit.place:
            self.visit = visit

    def settle(self) -> bool:
        """Before the page is left in the middle and made anew later: whether all that it has can be noted, or is given
        up."""
        return True

    def noted(self) -> tuple[Noted, ...]:
        """What was typed so far and makes sense, for a page that is left before it is finished."""
        found = (self._as_it_stands(editor) for editor in self._editors)
        return tuple(noted for noted in found if noted is not None and noted.answer is not None)

    def _check(self, editor: Editor) -> FieldProblem | None:
        value = editor.checked(self._answers(), self.today)
        if value is not None and not isinstance(value, FieldProblem):
            refused = contact_problem(editor.field, value, self.visit)
            value = FieldProblem(editor.field.id, refused) if refused else value
        if isinstance(value, FieldProblem):
            return value
        if editor.says_unknown:
            self._given[editor.field.id] = self._answer(editor.field, "", unknown=True)
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

    def _answer(self, field: Field, value: object, *, unknown: bool = False) -> Answer:
        """An answer that was not changed keeps its source: from the card stays from the card."""
        for known in (self.visit.answers.get(field.id), self._known.offered.get(field.id), self._typed.get(field.id)):
            if known is not None and known.value == value and known.unknown is unknown:
                return known
        return Answer(value, self.author, self.context.equipment.clock.now(), unknown)  # type: ignore[arg-type]

    def left_half_done(self) -> tuple[Noted, ...]:
        """The answers as they stand, unchecked, for who goes back; what is no value at all (ui.half_typed) is not among
        them."""
        found = [self._as_it_stands(editor) for editor in self._editors if editor.field.type is not FieldType.TABLE]
        return tuple(noted for noted in found if noted is not None)

    def _as_it_stands(self, editor: Editor) -> Noted | None:
        field = editor.field
        if editor.says_unknown:
            return Noted(field.id, self._answer(field, "", unknown=True))
        value = editor.take()
        if isinstance(value, FieldProblem):
            return None
        return Noted(field.id, None if value is None else self._answer(field, value))

    def next_event(self) -> Event | None:
        """The page's answers; a field left empty has none."""
        return Answered(self.page.id, self._given) if self._leaves else None


def shown_page(visit: Visit) -> QuestionPage:
    """The page of the visit's place, as it is to be asked now."""
    return _of(visit, _pages(visit))


def _of(visit: Visit, pages: tuple[QuestionPage, ...]) -> QuestionPage:
    return next(page for page in pages if page.id == visit.place.page_id)


def _pages(visit: Visit) -> tuple[QuestionPage, ...]:
    return visible_pages(visit.chosen().form, visit.answers, visit.facts)


def _progress(visit: Visit, page: QuestionPage, pages: tuple[QuestionPage, ...]) -> str:
    """The section, and how many questions it has been so far. Nobody can say how many there will be: answers open and
    close pages. A page that is gone back to from the review has no number."""
    section = _(page.section)
    if visit.place.editing:
        return section
    asked = {place.page_id for place in visit.trail if place.step is Step.FORM} & {each.id for each in pages}
    number = _("Câu {number}").format(number=len(asked - {page.id}) + 1)
    return composed("{} · {}", section, number)


def _values(answers: Answers) -> dict[str, tuple[AnswerValue, bool]]:
    return {key: (answer.value, answer.unknown) for key, answer in answers.items()}


def _label(field: Field) -> str:
    label = _(field.label)
    return label if field.required else _("{label} (không bắt buộc)").format(label=label)
