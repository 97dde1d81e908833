"""Before you start: papers, fee, days, minutes and whom to ask, before anything is typed; and all of it on paper."""

from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kiosk.catalog import Route, Service
from kiosk.declaration import Signing, declaration_content
from kiosk.filing import NotReady
from kiosk.guide import Guide, GuideRow, Topic, linked_service, make_guide
from kiosk.print_names import print_in_sentence
from kiosk.processing_time import usual_day_text
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import Event, ServiceChosen, WentOn
from ui.buttons import SecondaryButton
from ui.choice_rows import Choice, ChoiceRows
from ui.context import Context
from ui.guide_rows import GuideFacts, PaperCard
from ui.labels import Label, Points
from ui.notices import Notice
from ui.paper_printing import PaperPrinting
from ui.tokens import Role
from ui.visit_screen import VisitScreen

_TOGETHER, _ALONE = "together", "alone"


class BeforeScreen(VisitScreen):
    """Everything a person would otherwise be sent home for. Reading and printing ask for no consent and no card."""

    def __init__(self, context: Context, visit: Visit) -> None:
        super().__init__(context, visit)
        service = visit.chosen()
        self._guide = make_guide(visit, context.catalog, context.office, self.today)
        self._together = linked_service(visit, context.catalog, self.today)
        self._choice: ChoiceRows | None = None
        self._printing = PaperPrinting(context)
        self._printing.begun.connect(lambda: self._set_busy(busy=True))
        self._printing.ended.connect(self._printed)
        self.heading = _("Trước khi bắt đầu")
        self.hint = self._guide.name
        self.next_label = _("In hướng dẫn") if service.information_only else _("Bắt đầu làm")
        self.busy_text = _("Đang in, xin ông/bà chờ…")
        if self._guide.closed:
            self.add(Notice(context.theme, self._guide.closed))
        if self._together is not None:
            self._offer(self._together)
        self._lay_out()
        if self._guide.notes:
            self.add(Label(_("Cần biết thêm"), Role.STRONG), Points(context.theme, self._guide.notes))
        self.add(Label(self._guide.checked, Role.SMALL))
        self.finish()

    def _lay_out(self) -> None:
        """Where there is room for two columns, actions and papers stand beside the facts."""
        stacks, facts = self.theme.metrics.stacks, GuideFacts(self.theme, self._rows())
        if stacks:
            self.add(self._actions(), facts, *self._papers())
            return
        self.add(facts)
        self.side = side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.gap_px)
        for widget in (self._actions(), *self._papers()):
            column.addWidget(widget)

    def _offer(self, together: Service) -> None:
        """The service that does more in one go, first; the citizen decides."""
        service = self.visit.chosen()
        self._choice = ChoiceRows(
            self.theme,
            [
                Choice(_TOGETHER, _("Làm gộp (nên chọn)"), _everyday(together)),
                Choice(_ALONE, _("Chỉ làm thủ tục này"), _everyday(service)),
            ],
        )
        why = service.linked_first.fact.told() if service.linked_first is not None else ""
        self.add(Label(why), self._choice)

    def _rows(self) -> tuple[GuideRow, ...]:
        """The guide's rows, why the way is so left to the paper; the usual day holds for today, so no paper has it."""
        equipment = self.context.equipment
        usual = usual_day_text(self.visit.chosen(), equipment.clock.now(), self.context.calendar)
        more = {Topic.WAY: (), Topic.TIME: (usual,) if usual else ()}
        return tuple(replace(row, more=more.get(row.topic, row.more)) for row in self._guide.rows)

    def _actions(self) -> QWidget:
        """What can be printed, and how that goes."""
        actions, service = QWidget(), self.visit.chosen()
        column = QVBoxLayout(actions)
        across = QBoxLayout.Direction.LeftToRight
        buttons = QBoxLayout(across if self.theme.metrics.stacks else QBoxLayout.Direction.TopToBottom)
        column.setContentsMargins(0, 0, 0, 0)
        for layout in (column, buttons):
            layout.setSpacing(self.theme.metrics.gap_px)
        if not service.information_only:
            self._button("print_guide", _("In hướng dẫn"), "printer", buttons).clicked.connect(self._print_guide)
        if self.context.equipment.page_printer is not None and (name := _blank_name(service)):
            text = _("In {paper}").format(paper=name)
            self._button("print_blank", text, "file-text", buttons).clicked.connect(self._print_blank)
        if self.theme.metrics.stacks:  # beside each other, none is squeezed by a longer name
            for index in range(buttons.count()):
                buttons.setStretch(index, 1)
        column.addLayout(buttons)
        column.addWidget(self._printing)
        self._strip_button = self._button("print_strip", _("In hướng dẫn bằng máy in nhỏ"), "ticket", column)
        self._strip_button.clicked.connect(self._print_strip)
        self._strip_button.hide()
        return actions

    def _papers(self) -> tuple[QWidget, ...]:
        """What to bring; and the way to have the declaration filled in and printed without filing."""
        papers, service = PaperCard(self.theme, self._guide), self.visit.chosen()
        pages = self.context.equipment.page_printer is not None
        if not (pages and service.declaration) or service.information_only or self.visit.route is Route.PREPARE:
            return (papers,)
        only_print = SecondaryButton(self.theme, _("Chỉ điền và in, không nộp"), icon_name="pencil")
        only_print.setObjectName("only_print")
        only_print.clicked.connect(lambda: self.happened.emit(self._chosen(service, Route.PREPARE)))
        return papers, only_print

    def _button(self, name: str, text: str, icon_name: str, layout: QBoxLayout) -> SecondaryButton:
        button = SecondaryButton(self.theme, text, icon_name=icon_name)
        button.setObjectName(name)
        button.swallows_second_tap = True
        layout.addWidget(button)
        return button

    def _chosen(self, service: Service, route: Route) -> ServiceChosen:
        return ServiceChosen(service, route, self.today, self.context.office.province, self.last_workday)

    def check(self) -> None:
        """Where two ways are offered, one of them has to be picked."""
        self.problems = ()
        if self._choice is not None and self._choice.value is None:
            self.refuse(_("Ông/bà chọn một trong hai cách làm."), self._choice)

    def next_event(self) -> Event | None:
        """Understood; or the other service; or, where nothing can be filed, the guide on paper."""
        if self._choice is not None and self._choice.value == _TOGETHER and self._together is not None:
            return self._chosen(self._together, self._together.route)
        if self.visit.chosen().information_only:
            self._print_guide()
            return None
        return WentOn()

    def _print_guide(self) -> None:
        """On a page where there is a page printer, else on the paper of the slips."""
        equipment, guide, demo = self.context.equipment, self._guide, self.context.demo
        if equipment.page_printer is None:
            self._print_strip()
            return

        def make() -> bytes:
            return equipment.guides.render(guide, demo=demo)

        self._printing.print_pages(equipment.page_printer, _("hướng dẫn"), make, _title(guide))

    def _print_blank(self) -> None:
        """The declaration with every line open: who it goes to is all that it says."""
        equipment, service, visit = self.context.equipment, self.visit.chosen(), self.visit
        signing = Signing(service.addressee or self._office_name(), "", None, self.context.demo)
        if equipment.page_printer is not None:
            self._printing.print_pages(
                equipment.page_printer,
                _blank_name(service),
                lambda: equipment.declarations.render(declaration_content(service, {}, signing, visit.facts)),
                _title(self._guide),
            )

    def _office_name(self) -> str:
        desk = self.context.equipment.filing.desk()
        return "" if isinstance(desk, NotReady) else desk.agency.name

    def _print_strip(self) -> None:
        """The guide on the paper of the slips."""
        self._printing.print_strip(self._guide, _("hướng dẫn"))

    def _printed(self) -> None:
        """Where the page printer failed, the printer of slips may still work."""
        self._strip_button.setVisible(self._printing.trouble and self.context.equipment.page_printer is not None)
        self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()


def _blank_name(service: Service) -> str:
    """What people call the paper to be filled in by hand, "" where there is none."""
    if not service.declaration:
        return ""
    return _("{paper} (mẫu trống)").format(paper=print_in_sentence(service))


def _everyday(service: Service) -> str:
    return _(service.plain_name)


def _title(guide: Guide) -> str:
    """What the printer's display shows: the service, which tells nothing of the person."""
    return guide.code or "guide"
