"""What the tour's citizen does on each page: reads it, answers as a made-up person would, and goes on."""

from dataclasses import replace
from functools import partial
from time import monotonic

from commands.robot import Robot, RobotStuck
from commands.tour_answers import load_answers
from commands.tour_fields import FieldFilling
from kiosk.form import Field, FieldType
from kiosk.form_rules import visible_pages
from kiosk.private_pages import covered
from kiosk.visit import Helper, HelperKind, Place, Step
from ui.card_preview import CardPreview
from ui.search_list import SearchList

RECEIPT_TIMEOUT_S = 60.0


class Citizen:
    """Plays one visit, page by page, alone or with a named helper, with the card or without."""

    def __init__(
        self,
        robot: Robot,
        service_code: str,
        *,
        helper: Helper | None = None,
        shows_card: bool = True,
        papers: bool = False,
    ) -> None:
        """With `papers` the person brings along what is not asked for, and it is scanned."""
        self._window = robot.window
        self._robot = robot
        self._code = service_code
        self._helper = helper or Helper()
        self._shows_card = shows_card
        self._answers = load_answers(service_code, papers=papers)
        self._fields = FieldFilling(robot, shows_card=shows_card)
        self.seconds_per_step: dict[str, float] = {}
        self.pages = 0

    @property
    def _place(self) -> Place:
        return self._window.visit.place

    def play(self, until: Step = Step.DONE) -> None:
        """From the page that is shown to that step, which stays on the screen."""
        while self._place.step is not until:
            before, started_s = self._place, monotonic()
            self.pages += before.step is not Step.SENDING  # the wait turns by itself, and asks for nothing
            self._act(before)
            self._robot.wait_for(f"the page after {before.step}", partial(self._is_past, before), RECEIPT_TIMEOUT_S)
            name = before.page_id or before.step.value
            spent_s = self.seconds_per_step.get(name, 0.0) + monotonic() - started_s
            self.seconds_per_step[name] = round(spent_s, 2)
        self.pages += until is Step.DONE

    def say_goodbye(self) -> None:
        """From the page that says how it ended to the first one, with a word on how it went."""
        self._robot.go_on()
        self._robot.picture("goodbye")
        self._robot.tap("rate:good")
        self._robot.go_on()
        self._robot.picture("home-again")

    def _is_past(self, place: Place) -> bool:
        return self._place != place

    def _act(self, place: Place) -> None:
        robot = self._robot
        match place.step:
            case Step.HOME:
                robot.picture("home")
                robot.tap("begin")
            case Step.CHOOSE:
                self._choose()
            case Step.CONSENT:
                self._consent()
            case Step.HELPER_NAME | Step.HELPER_BADGE | Step.HANDOVER:
                self._with_helper(place.step)
            case Step.CARD | Step.CARD_AGAIN if self._shows_card:
                self._show_card(place.step)
            case Step.CARD:
                robot.picture("card")
                robot.tap("type_instead")
            case Step.FORM if covered(self._window.visit):
                robot.picture(f"form-{place.page_id}-covered")
                robot.tap("answer_helped")
                self._answer_page(place.page_id)
            case Step.FORM:
                self._answer_page(place.page_id)
            case Step.PARTS:
                self._papers()
            case Step.CAPTURE:
                self._capture()
            case Step.SENDING:
                robot.picture("sending")
            case _:
                self._read_and_go_on(place.step)

    def _choose(self) -> None:
        """A service that is not among the first ones is searched for by its code."""
        robot = self._robot
        robot.picture("choose")
        search = robot.find("search:services")
        if robot.find(f"service:{self._code}") is None and isinstance(search, SearchList):
            robot.tap_widget(search.field)
            robot.type_text(self._code)
            robot.picture("choose-found")
        robot.tap(f"service:{self._code}")

    def _read_and_go_on(self, step: Step) -> None:
        ticks = {
            Step.BEFORE: "choice_alone",
            Step.HELPER: f"helper:{self._helper.kind}",
            Step.HELPER_CONSENT: "agree",
            Step.FILE: "accept",
        }
        if step in ticks and self._robot.find(ticks[step]) is not None:  # a route that files nothing has no pledge
            self._robot.tap(ticks[step])
        self._robot.picture(step.value)
        if step is Step.REVIEW:
            self._look_down("review")
        self._robot.go_on()

    def _with_helper(self, step: Step) -> None:
        match step:
            case Step.HELPER_BADGE:
                self._leave_out_badge()
            case Step.HANDOVER:
                self._confirm()
            case _:
                self._name_helper()

    def _consent(self) -> None:
        if not self._window.visit.consents:  # who comes back has agreed already
            self._robot.tap("agree")
        self._robot.tap("alone" if self._helper.kind is HelperKind.NONE else "helped")
        self._robot.picture("consent")
        self._robot.go_on()

    def _name_helper(self) -> None:
        for name, text in (("field:helper_name", self._helper.name), ("field:helper_unit", self._helper.unit)):
            self._robot.tap(name)
            self._robot.type_text(text)
        self._robot.picture("helper-name")
        self._robot.go_on()

    def _leave_out_badge(self) -> None:
        """Where no camera reads it, the helper is named instead."""
        self._robot.wait_for("the way without a badge", lambda: self._robot.find("name_instead") is not None)
        self._robot.picture("helper-badge")
        self._robot.tap("name_instead")

    def _confirm(self) -> None:
        """The helper steps back; everything is right."""
        self._robot.picture("handover")
        self._robot.go_on()
        while self._place.step is Step.HANDOVER:
            self._robot.picture("handover-asked")
            self._robot.tap("answer:yes")

    def _show_card(self, step: Step) -> None:
        """The camera reads by itself: the picture is of what the citizen sees before that."""
        preview = self._window.findChild(CardPreview)
        self._robot.wait_for(
            "the camera's picture", lambda: self._place.step is not step or (preview is not None and preview.shows)
        )
        if self._place.step is step:
            self._robot.picture(step.value)

    def _look_down(self, name: str) -> None:
        """Turn to the end of a long page, as a careful person does."""
        for _page in range(8):
            button = self._robot.find("scroll_down")
            if button is None or not button.isEnabled():
                return
            self._robot.tap_widget(button)
            self._robot.picture(name)

    def _papers(self) -> None:
        visit = self._window.visit
        self._robot.picture("parts")
        missing = [part.code for part in visit.chosen().parts if self._robot.find(f"part:{part.code}") is not None]
        wanted = next((code for code in missing if code not in visit.documents), None)
        if wanted is not None:
            self._robot.tap(f"part:{wanted}")
        else:
            self._robot.go_on()

    def _capture(self) -> None:
        self._robot.picture("capture-empty")
        self._robot.tap("scan")
        self._robot.wait_for("a scanned page", lambda: self._robot.find("page:1") is not None)
        self._robot.wait_for("the end of the scan", lambda: self._robot.find("scan") is not None)
        self._robot.picture("capture")
        self._robot.go_on()

    def _answer_page(self, page_id: str) -> None:
        """Raises RobotStuck where the form ends for these answers, and where it refuses them."""
        visit = self._window.visit
        pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
        page = next(page for page in pages if page.id == page_id)
        if page.stop is not None:
            raise RobotStuck(f"the form of {self._code} ends on its page {page_id}: {page.title}")
        for field in page.fields:
            if field.type is FieldType.TABLE:
                self._fill_table(field)
            else:
                self._fields.answer(field, self._answers.text(field))
        self._robot.picture(f"form-{page_id}")
        self._go_on_from(page_id)

    def _go_on_from(self, page_id: str) -> None:
        """Continue; what is only asked about is right as it is, and Continue again."""
        self._robot.go_on()
        if self._robot.find("questions") is not None:
            self._robot.picture(f"form-{page_id}-asked")
            self._robot.go_on()
        shown = self._window.frame.shown
        if shown is not None and shown.problem is not None:
            raise RobotStuck(f"the page {page_id} refuses the answers for {self._code}: {shown.problem}")

    def _fill_table(self, table: Field) -> None:
        """Row by row, as a person does; the columns of a row have names of their own on the page."""
        for row in self._answers.table(table):
            self._robot.tap(f"add:{table.id}")
            for column in table.columns:
                if column.id in row:
                    self._fields.answer(replace(column, id=f"{table.id}:{column.id}"), row[column.id])
            self._robot.picture(f"row-{table.id}")
            self._go_on_from(table.id)
