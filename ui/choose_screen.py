"""Choose a service: by typing what it is called, by what has happened in life, or from what is done here most."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.catalog import LifeEvent, Service
from kiosk.form import Answer
from kiosk.review import closed_text
from kiosk.service_search import Match, ServiceSearch, in_order, most_wanted
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import ServiceChosen
from ui.buttons import Look, SecondaryButton
from ui.context import Context
from ui.notices import Notice
from ui.search_list import Found, SearchList
from ui.speaking import Speaker
from ui.theme import Theme
from ui.visit_screen import VisitScreen

_FIELDS = "fields"
_FIELD = "field:"
_GROUP = "group:"


class ChooseScreen(VisitScreen):
    """A field to type in, six events of life, and rows: first what is done here most, then what fits. Of services that
    are linked, the one that does the work of several comes first."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        self.heading = _("Ông/bà muốn làm việc gì?")
        self.next_label = None
        self.wide = True
        self._services = {each.code: each for each in context.catalog.services if each.open_on(self.today)}
        if not self._services:
            self.add(Notice(context.theme, closed_text()))
            self.finish()
            return
        self.scrolls = False
        self._index = ServiceSearch(self._services.values())
        self._group = ""
        self._called: dict[str, tuple[Service, str]] = {}
        self._groups_are_rows = False
        self._groups = _Groups(context.theme, self._open_group)
        self.list = SearchList(
            context.theme,
            _("Gõ tên việc cần làm, không dấu cũng được"),
            self._search,
            between=self._groups,
            row_prefix="service:",
        )
        self.list.setObjectName("search:services")
        self.list.picked.connect(self._pick)
        self.list.field.textChanged.connect(self._leave_group)
        self.list.field.installEventFilter(self)
        self.column.addWidget(self.list, 1)
        self._fit()

    def first_focus(self) -> QWidget | None:
        """The rows are read first: the keyboard would hide them."""
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a name is typed, the keyboard takes the room of the groups."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_groups()
        return super().eventFilter(watched, event)

    def _show_groups(self) -> None:
        typing = bool(self.list.field.hasFocus() or self.list.field.text())
        self._groups.setVisible(not (self._groups_are_rows or typing))
        self.hint = "" if typing else _("Chạm vào việc cần làm, hoặc gõ tên việc.")
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self.scrolls:
            self._fit()

    def _fit(self) -> None:
        """Where the buttons of the groups would leave no room for the list, they are its first rows."""
        self._groups_are_rows = self.theme.metrics.folds
        self._show_groups()
        self.list.look_again()

    def step_back(self) -> bool:
        """From the services of a group back to all of them."""
        if self.scrolls or not self._group:
            return False
        self._open_group(_FIELDS if self._group.startswith(_FIELD) else "")
        return True

    def _open_group(self, group: str) -> None:
        self.list.field.clear()  # which leaves the group of before
        self._group = group
        self._groups.mark(group)
        self.list.look_again()

    def _leave_group(self) -> None:
        if self._group:
            self._group = ""
            self._groups.mark("")
        self._show_groups()

    def _search(self, typed: str) -> Found:
        often = (*self.context.often_used(), *self.context.catalog.first)
        if typed.strip():
            return self._rows_of((match.service, self._name(match)) for match in self._index.find(typed, often))
        found: Sequence[Service]
        if self._group == _FIELDS:
            return self._field_rows()
        if self._group.startswith(_FIELD):
            code = self._group.removeprefix(_FIELD)
            found = in_order(each for each in self._services.values() if each.field.code == code)
        elif self._group:
            of_event = tuple(each for each in self._services.values() if self._group in each.life_events)
            found = most_wanted(of_event, often)
        else:
            found = most_wanted(tuple(self._services.values()), often)
        rows = self._rows_of(self._named(found))
        if self._groups_are_rows and not self._group and not typed.strip():
            rows = [*((_GROUP + key, words) for key, _icon, words in _entries()), *rows]
        return rows

    def _rows_of(self, found: Iterable[tuple[Service, str]]) -> Found:
        """A row for each service and the name that it is called by here; the first row of a service has its code."""
        self._called = {}
        for service, name in found:
            key = service.code if service.code not in self._called else f"{service.code}={name}"
            self._called[key] = (service, name)
        return [(key, _(name)) for key, (_service, name) in self._called.items()]

    def _named(self, found: Iterable[Service]) -> Iterable[tuple[Service, str]]:
        """Each service by its first name; one that is several things to people by a name for each of them, or, among
        those of one event of life, by what it is then."""
        for service in found:
            names = [said.name for said in service.said_by_name if self._group in said.life_events]
            first = {said.choice: said.name for said in reversed(service.said_by_name)}
            if first and not names:
                names = [*reversed(first.values()), service.plain_name]
            for name in names or service.everyday_names[:1]:
                yield service, name

    def _name(self, match: Match) -> str:
        """The name that fits, if people call it so; what was found by its official name is shown as people call it."""
        return match.name if match.name in match.service.everyday_names else match.service.plain_name

    def _field_rows(self) -> Found:
        counts: dict[tuple[str, str], int] = {}
        for service in self._services.values():
            key = (service.field.code, service.field.name)
            counts[key] = counts.get(key, 0) + 1
        return [
            (_FIELD + code, _("{name} ({count})").format(name=_(name), count=count))
            for (code, name), count in sorted(counts.items(), key=lambda entry: -entry[1])
        ]

    def _pick(self, key: str) -> None:
        if key.startswith((_FIELD, _GROUP)):
            self._open_group(key.removeprefix(_GROUP))
            return
        service, called = self._called[key]
        said, province = service.said_by(called), self.context.office.province
        now = self.context.equipment.clock.now()
        answers = {} if said is None else {said.field: Answer(said.choice, self.author, now)}
        self.happened.emit(
            ServiceChosen(service, service.route, self.today, province, self.last_workday, called, answers)
        )


class _GroupButton(SecondaryButton):
    """One group; filled while its services are shown."""

    marked = False

    def look(self) -> Look:
        """As a primary button while it is marked."""
        colours = self.theme.colours
        return Look(colours.primary, colours.primary_text, colours.primary) if self.marked else super().look()


class _Groups(Speaker, QWidget):
    """The events of life, and the fields of law for those who know them, as buttons side by side."""

    def __init__(self, theme: Theme, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._theme = theme
        self._buttons = {key: _GroupButton(theme, text, icon_name=icon) for key, icon, text in _entries()}
        for key, button in self._buttons.items():
            button.setObjectName(f"group:{key}")
            button.clicked.connect(lambda _checked=False, key=key: chosen("" if self._buttons[key].marked else key))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.metrics.px(3))

    def mark(self, group: str) -> None:
        """Which group's services are shown, "" for none."""
        for key, button in self._buttons.items():
            button.marked = key == (_FIELDS if group.startswith(_FIELD) else group)
            button.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as have room for their words."""
        super().resizeEvent(event)
        self._arrange()

    def say_again(self) -> None:
        """Other words need other room."""
        super().say_again()
        for button in self._buttons.values():
            button.say_again()
        self._arrange()

    def _arrange(self) -> None:
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        fitting = max(1, (self.width() + self._grid.spacing()) // (widest + self._grid.spacing()))
        lines = -(-len(self._buttons) // fitting)
        columns = -(-len(self._buttons) // lines)
        for index, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, index // columns, index % columns)


def _entries() -> tuple[tuple[str, str, str], ...]:
    """Key, picture and words of each group."""
    return (
        (LifeEvent.BIRTH.value, "baby", _("Sinh con")),
        (LifeEvent.MARRIAGE.value, "heart-handshake", _("Kết hôn")),
        (LifeEvent.BEREAVEMENT.value, "flower-2", _("Mất người thân")),
        (LifeEvent.JOB.value, "briefcase", _("Xin việc")),
        (LifeEvent.HOUSE.value, "house", _("Mua bán nhà")),
        (LifeEvent.COPIES.value, "copy", _("Sao y")),
        (_FIELDS, "layout-list", _("Theo lĩnh vực")),
    )
