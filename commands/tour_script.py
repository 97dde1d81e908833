"""What the tour's citizen does on each page: reads it, answers as a made-up person would, and goes on."""

from collections.abc import Mapping
from functools import partial
from time import monotonic

from commands.robot import Robot
from kiosk.form import Field, FieldType
from kiosk.form_rules import visible_pages
from kiosk.visit import Helper, Place, Step
from ui.field_editors import ROWS_AT_MOST
from ui.live_preview import LivePreview
from ui.search_list import SearchList

RECEIPT_TIMEOUT_S = 60.0

# Answers of a made-up person, by service and field; where nothing stands here, the first choice or a plain word.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "2.000635": {
        "for_whom": "self",
        "event": "0",
        "document_name": "extract",
        "requester_name": "NGUYỄN VĂN MẪU",
        "requester_birth_date": "27 3 1958",
        "requester_sex": "1",
        "requester_id_number": "001058000123",
        "requester_ethnic_group": "KINH",
        "requester_nationality": "VIỆT NAM",
        "registered_at": "UBND XÃ HÒA BÌNH - THƯỜNG TÍN",
        "has_old_copy": "yes",
        "registered_number": "25",
        "registered_book": "01",
        "registered_on": "1958",
        "copies": "2",
        "delivery": "post",
        "contact_phone": "0912345678",
    }
}
_PLAIN = {
    FieldType.TEXT: "MẪU",
    FieldType.NAME: "TRẦN THỊ MẪU",
    FieldType.ID_NUMBER: "001060000456",
    FieldType.NUMBER: "1",
    FieldType.PHONE: "0912345678",
    FieldType.DATE: "1 2 1990",
    FieldType.YES_NO: "no",
}


class Citizen:
    """Plays one visit, page by page, alone or with a named helper, with the card or without."""

    def __init__(
        self, robot: Robot, service_code: str, *, helper: Helper | None = None, shows_card: bool = True
    ) -> None:
        self._window = robot.window
        self._robot = robot
        self._code = service_code
        self._helper = helper or Helper()
        self._shows_card = shows_card
        self.seconds_per_step: dict[str, float] = {}

    @property
    def _place(self) -> Place:
        return self._window.visit.place

    def play(self, until: Step = Step.DONE) -> None:
        """From the page that is shown to that step, which stays on the screen."""
        while self._place.step is not until:
            before, started_s = self._place, monotonic()
            self._act(before)
            self._robot.wait_for(f"the page after {before.step}", partial(self._is_past, before), RECEIPT_TIMEOUT_S)
            name = before.page_id or before.step.value
            spent_s = self.seconds_per_step.get(name, 0.0) + monotonic() - started_s
            self.seconds_per_step[name] = round(spent_s, 2)

    def _is_past(self, place: Place) -> bool:
        return self._place != place

    def _act(self, place: Place) -> None:
        robot = self._robot
        match place.step:
            case Step.HOME:
                robot.picture("home")
                robot.tap("begin")
            case Step.CHOOSE:
                robot.picture("choose")
                robot.tap(f"service:{self._code}")
            case Step.HELPER_NAME:
                self._name_helper()
            case Step.CARD if self._shows_card:
                self._show_card()
            case Step.CARD:
                robot.picture("card")
                robot.tap("type_instead")
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

    def _read_and_go_on(self, step: Step) -> None:
        ticks = {Step.CONSENT: "agree", Step.HELPER: f"helper:{self._helper.kind}", Step.FILE: "accept"}
        if step in ticks and self._robot.find(ticks[step]) is not None:  # a route that files nothing has no pledge
            self._robot.tap(ticks[step])
        self._robot.picture(step.value)
        if step is Step.REVIEW:
            self._look_down("review")
        self._robot.go_on()

    def _name_helper(self) -> None:
        for name, text in (("field:helper_name", self._helper.name), ("field:helper_unit", self._helper.unit)):
            self._robot.tap(name)
            self._robot.type_text(text)
        self._robot.tap("agree")
        self._robot.picture("helper-name")
        self._robot.go_on()

    def _show_card(self) -> None:
        """The camera reads by itself: the picture is of what the citizen sees before that."""
        preview = self._window.findChild(LivePreview)
        self._robot.wait_for(
            "the camera's picture", lambda: self._place.step is not Step.CARD or (preview is not None and preview.live)
        )
        if self._place.step is Step.CARD:
            self._robot.picture("card")

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
        visit = self._window.visit
        pages = visible_pages(visit.chosen().form, visit.answers, visit.facts)
        page = next(page for page in pages if page.id == page_id)
        for field in page.fields:
            self._answer(field)
        self._robot.picture(f"form-{page_id}")
        self._robot.go_on()

    def _answer(self, field: Field) -> None:
        wanted = ANSWERS.get(self._code, {}).get(field.id) or _PLAIN.get(field.type, "")
        match field.type:
            case FieldType.CHOICE if len(field.choices) > ROWS_AT_MOST:
                self._search(f"field:{field.id}", wanted)
            case FieldType.CHOICE:
                known = [choice.code for choice in field.choices]
                self._robot.tap(f"choice:{field.id}:{wanted if wanted in known else known[0]}")
            case FieldType.YES_NO:
                self._robot.tap(f"choice:{field.id}:{wanted}")
            case FieldType.DATE:
                self._type_date(field, wanted)
            case FieldType.ADDRESS:
                self._pick_address(field)
            case _:
                self._robot.tap(f"field:{field.id}")
                self._robot.type_text(wanted)

    def _type_date(self, field: Field, wanted: str) -> None:
        parts = wanted.split()
        for name, text in zip(("day", "month", "year")[-len(parts) :], parts, strict=True):
            self._robot.tap(f"field:{field.id}:{name}")
            self._robot.type_text(text)

    def _pick_address(self, field: Field) -> None:
        """The province is offered from the card where it is certain; the commune is always picked."""
        while (search := self._robot.find(f"search:{field.id}")) is not None:
            assert isinstance(search, SearchList)
            self._robot.picture(f"address-{field.id}")
            self._robot.tap_first_row(search)
        if self._window.visit.card is None:  # else the card's own first line is there already
            self._robot.tap(f"field:{field.id}:line")
            self._robot.type_text("THÔN MẪU")

    def _search(self, name: str, wanted: str) -> None:
        search = self._robot.find(name)
        assert isinstance(search, SearchList)
        self._robot.tap_widget(search.field)
        self._robot.type_text(wanted)
        self._robot.tap_first_row(search)
