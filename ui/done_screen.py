"""How it ended: filed or kept, the code in large, what happens next; the slip prints by itself."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout

from kiosk.catalog import Route
from kiosk.ports import DeviceProblem
from kiosk.print_names import print_in_sentence
from kiosk.receipt import Receipt
from kiosk.slip import Slip, SlipKind
from kiosk.status import Standing, status_of
from kiosk.texts import _
from kiosk.visit import Visit
from kiosk.visit_events import AnotherWanted, Event, WentOn
from kiosk.visit_slip import Slips
from ui.announcements import LiveLabel
from ui.buttons import SecondaryButton
from ui.context import Context
from ui.fitting_text import FittingText, Form
from ui.labels import Card, Label, Points
from ui.notices import Outcome, StatusPanel
from ui.paper_printing import PaperPrinting
from ui.qr_code import QrCode
from ui.sentences import printer_sentence, problem_sentence
from ui.sounds import Sound
from ui.tasks import Lane
from ui.tokens import Role
from ui.visit_screen import VisitScreen


class DoneScreen(VisitScreen):
    """Green when the portal's receipt was verified, amber while the dossier is only kept."""

    printed = Signal(object)
    """The kiosk.slip.Slip that came out of the printer."""

    def __init__(
        self, context: Context, visit: Visit, slips: Slips, receipt: Receipt | None, declaration_pdf: bytes = b""
    ) -> None:
        """`declaration_pdf` is what the citizen takes along on A4, empty where there is nothing of the kind."""
        super().__init__(context, visit)
        self._declaration_pdf = declaration_pdf
        self._paper = print_in_sentence(visit.chosen())
        self._slips = slips
        self._receipt = receipt
        self._copies = 0
        self._busy_printing = False
        self.next_label = _("Đã xem xong")
        self.can_go_back = False
        self.kept = True
        self.wide = True
        self._news = QVBoxLayout()
        self._news.setSpacing(context.theme.metrics.gap_px)
        self._printing = LiveLabel(_("Đang in phiếu, xin ông/bà chờ…"), Role.STRONG)
        self.side = Card(context.theme)
        self.column.addLayout(self._news)
        self._pages = PaperPrinting(context)
        self.add(self._printing, self._pages)
        self._add_buttons()
        self.finish()
        self._tell(slips.make(receipt, context.equipment.clock.now()))

    def _tell(self, slip: Slip, *, with_code: bool = False) -> None:
        """Say how things stand; again when that has changed, or when the screen has to stand in for the slip."""
        self._slip = slip
        self.setAccessibleName(_title(slip.kind))
        outcome = Outcome.SUCCESS if slip.kind is SlipKind.FILED else Outcome.WARNING
        _clear(self._news)
        self._news.addWidget(StatusPanel(self.theme, outcome, _title(slip.kind), (slip.statement, *slip.at_once)))
        self._news.addWidget(self._codes(slip, with_code=with_code))
        assert isinstance(self.side, Card)  # made by the constructor
        _clear(self.side.column)
        self.side.column.addWidget(Label(_("Việc tiếp theo"), Role.STRONG))
        self.side.column.addWidget(Points(self.theme, slip.next_steps))
        self.side.column.addSpacing(self.theme.metrics.gap_px)
        self.side.column.addWidget(Label(slip.contact))
        if slip.phone:
            self.side.column.addWidget(Label(slip.phone, Role.TILE))
        self.changed.emit()

    def _codes(self, slip: Slip, *, with_code: bool) -> Card:
        """The code to be read aloud; what the slip's QR says too, where there is no slip."""
        box, words = Card(self.theme), QVBoxLayout()
        name, code = (_("Mã hồ sơ"), slip.national_code) if slip.national_code else (_("Mã phiếu"), slip.slip_code)
        other = _("Mã phiếu: {code}").format(code=slip.slip_code) if slip.national_code else slip.code_note
        figure = FittingText(self.theme, "text")
        figure.set_forms([Form(code, role) for role in (Role.FIGURE, Role.HEADING, Role.TILE, Role.STRONG)])
        for widget in (Label(name, Role.PROGRESS), figure, Label(other)):
            words.addWidget(widget)
        words.addStretch(1)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        if with_code and slip.qr_text:
            row.addWidget(QrCode(self.theme, slip.qr_text), 0, Qt.AlignmentFlag.AlignVCenter)
        box.column.addLayout(row)
        return box

    def _add_buttons(self) -> None:
        stacks = self.theme.metrics.stacks
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if stacks else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(self.theme.metrics.gap_px)
        self._again = SecondaryButton(self.theme, _("In lại phiếu"), icon_name="printer")
        self._again.setObjectName("print_again")
        self._again.clicked.connect(self._print)
        prepared = self.visit.route is Route.PREPARE
        more = _("Làm thêm hồ sơ khác") if prepared else _("Nộp thêm hồ sơ khác")
        self._another = SecondaryButton(self.theme, more, icon_name="file-plus")
        self._another.setObjectName("another")
        self._another.clicked.connect(lambda: self.happened.emit(AnotherWanted()))
        for button in (self._again, *self._pages_button(), self._another):
            button.swallows_second_tap = True
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def _pages_button(self) -> tuple[SecondaryButton, ...]:
        """The way to print the declaration, again or after trouble, where there is one and a printer for it."""
        if self.context.equipment.page_printer is None or not self._declaration_pdf:
            return ()
        button = SecondaryButton(self.theme, _("In lại {paper}").format(paper=self._paper), icon_name="file-text")
        button.setObjectName("print_pages")
        button.clicked.connect(lambda: self._print_pages(asked=True))
        self._pages.begun.connect(lambda: self._wait_for_pages(waits=True))
        self._pages.ended.connect(lambda: self._wait_for_pages(waits=False))
        return (button,)

    def _print_pages(self, *, asked: bool) -> None:
        pdf, printer = self._declaration_pdf, self.context.equipment.page_printer
        if pdf and printer is not None:
            self._pages.follows = asked  # what prints by itself leaves the page where it is
            self._pages.print_pages(printer, self._paper, lambda: pdf, self.visit.chosen().official_code)

    def _wait_for_pages(self, *, waits: bool) -> None:
        """Nobody leaves before the paper with their name on it is out, or is known not to come."""
        self.busy = waits
        self._another.setEnabled(not waits)
        self.busy_text = _("Đang in {paper}, xin ông/bà chờ lấy giấy…").format(paper=self._paper)
        self.problems = ()
        if self._pages.trouble:  # on top, where nobody overlooks it, and the button prints again
            self._pages.hide()
            self.refuse(self._pages.words)
        self.changed.emit()

    @property
    def copies(self) -> int:
        """How many slips came out."""
        return self._copies

    def enter(self) -> None:
        """Slip and declaration print by themselves."""
        self.context.sounds.play(Sound.DONE)
        self._print()
        self._print_pages(asked=False)

    def _print(self) -> None:
        """A reprint says that it is one, and what is known by now: the receipt may have come meanwhile."""
        if self._busy_printing:
            return
        self._busy_printing = True
        equipment, number = self.context.equipment, self._copies + 1
        self._printing.setText(_("Đang in phiếu, xin ông/bà chờ…"))

        def work() -> Slip:
            receipt, standing = self._outcome_by_now()
            slip = self._slips.make(receipt, equipment.clock.now(), number, standing)
            equipment.printer.print_slip(slip)
            return slip

        self.context.tasks.run(Lane.PRINTER, work, owner=self, done=self._came_out, failed=self._failed)

    def _outcome_by_now(self) -> tuple[Receipt | None, Standing]:
        """A receipt that came since, or a refusal: what the portal did not take must not be promised to be sent."""
        if self._receipt is not None or self.visit.route is Route.PREPARE:
            return self._receipt, Standing.KEPT
        filing, ref = self.context.equipment.filing, self.visit.filed[-1]
        standing = status_of(filing.wait_for_receipt(ref, 0.0)).standing
        return filing.receipt(ref), standing

    def _came_out(self, slip: Slip) -> None:
        self._busy_printing = False
        self._copies += 1
        self._printing.setText(_("Đã in phiếu. Ông/bà lấy phiếu ở máy in."))
        if slip.kind is not self._slip.kind:
            self._tell(slip)
        self.printed.emit(slip)

    def _failed(self, error: Exception) -> None:
        self._busy_printing = False
        text = printer_sentence(error.reason) if isinstance(error, DeviceProblem) else problem_sentence(error)
        self._printing.setText(text)
        self._tell(self._slip, with_code=True)

    def check(self) -> None:
        """A paper that did not come out keeps nobody here."""
        self.problems = ()

    def next_event(self) -> Event:
        """On to what is to be taken along."""
        return WentOn()


def _title(kind: SlipKind) -> str:
    match kind:
        case SlipKind.FILED:
            return _("Đã nộp hồ sơ")
        case SlipKind.KEPT:
            return _("Đã lưu hồ sơ – chưa nộp")
        case SlipKind.HELD:
            return _("Chưa nộp – cán bộ cần xem lại")
        case SlipKind.PREPARED:
            return _("Đã chuẩn bị giấy tờ – chưa nộp")


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
