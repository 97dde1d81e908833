"""How the tour's citizen fills in one field of a form: by its type, with the fewest touches."""

from commands.robot import Robot, RobotStuck
from commands.tour_answers import UNKNOWN
from kiosk.dates import parse_iso
from kiosk.field_rules import normalise
from kiosk.form import Field, FieldType
from kiosk.vietnamese import fold
from ui.field_editors import ROWS_AT_MOST
from ui.number_editor import least_of
from ui.search_list import SearchList


class FieldFilling:
    """Touches and types as a person does who knows the answer; what a card offers is taken over."""

    def __init__(self, robot: Robot, *, shows_card: bool) -> None:
        self._robot = robot
        self._shows_card = shows_card

    def answer(self, field: Field, wanted: str) -> None:
        """Put that text into the field that is shown. Raises RobotStuck where the field is none that takes it."""
        robot = self._robot
        if wanted == UNKNOWN and field.unknown_label:
            robot.tap(f"unknown:{field.id}")
            return
        if self._shows_card and field.offer and robot.find(f"use:{field.id}") is not None:
            robot.tap(f"use:{field.id}")
            return
        match field.type:
            case FieldType.CHOICE if field.common:
                self._choose_common(field, wanted)
            case FieldType.NUMBER if robot.find(f"more:{field.id}") is not None:
                for _press in range(int(wanted) - least_of(field) + 1):
                    robot.tap(f"more:{field.id}")
            case FieldType.CHOICE if len(field.choices) > ROWS_AT_MOST:
                self._search(f"field:{field.id}", wanted)
            case FieldType.CHOICE:
                known = [choice.code for choice in field.choices]
                robot.tap(f"choice:{field.id}:{wanted if wanted in known else known[0]}")
            case FieldType.YES_NO:
                robot.tap(f"choice:{field.id}:{wanted}")
            case FieldType.DATE:
                self._type_date(field, wanted)
            case FieldType.ADDRESS:
                self._pick_address(field)
            case _:
                if not robot.seen(f"field:{field.id}").hasFocus():
                    robot.tap(f"field:{field.id}")
                robot.type_text(wanted)

    def _choose_common(self, field: Field, wanted: str) -> None:
        """One touch, or, for what most people do not have, the list."""
        names = {fold(choice.label): choice.code for choice in field.choices}
        code = wanted if wanted in names.values() else names.get(fold(wanted), "")
        if code in field.common:
            self._robot.tap(f"choice:{field.id}:{code}")
        else:
            self._robot.tap(f"choice:{field.id}:other")
            self._search(f"field:{field.id}", wanted)

    def _type_date(self, field: Field, wanted: str) -> None:
        day = parse_iso(str(normalise(field, wanted)))
        if day is None:
            raise RobotStuck(f"{wanted!r} is no date for {field.id}")
        for name, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            if number is not None and self._robot.find(f"field:{field.id}:{name}") is not None:
                self._robot.tap(f"field:{field.id}:{name}")
                self._robot.type_text(str(number))

    def _pick_address(self, field: Field) -> None:
        """The province is offered from the card where it is certain; the commune is always picked."""
        while (search := self._robot.find(f"search:{field.id}")) is not None:
            assert isinstance(search, SearchList)
            self._robot.picture(f"address-{field.id}")
            self._robot.tap_first_row(search)
        if self._robot.window.visit.card is None:  # else the card's own first line is there already
            self._robot.tap(f"field:{field.id}:line")
            self._robot.type_text("THÔN MẪU")

    def _search(self, name: str, wanted: str) -> None:
        search = self._robot.find(name)
        assert isinstance(search, SearchList)
        self._robot.tap_widget(search.field)
        self._robot.type_text(wanted)
        self._robot.tap_first_row(search)
