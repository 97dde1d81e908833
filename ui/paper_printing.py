"""Printing from a screen: one paper at a time, off the window's thread, and in words how it went."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from kiosk.guide import Guide
from kiosk.ports import DeviceProblem, PagePrinter
from kiosk.texts import _
from ui.announcements import LiveLabel
from ui.context import Context
from ui.scroll_area import PagedScroll
from ui.sentences import page_printer_sentence, problem_sentence, strip_printer_sentence
from ui.tasks import Lane
from ui.tokens import Role


class PaperPrinting(LiveLabel):
    """The line that tells how the printing goes; empty and hidden before the first print."""

    begun = Signal()
    ended = Signal()
    """The paper came out, or the line says why it did not (`trouble`)."""

    def __init__(self, context: Context) -> None:
        super().__init__("", Role.STRONG)
        self._context = context
        self._told_as = ""
        self._sentence: Callable[[DeviceProblem], str] = str
        self.running = self.trouble = False
        self.follows = True
        self.hide()

    def print_pages(self, printer: PagePrinter, name: str, make: Callable[[], bytes], title: str) -> None:
        """Make the PDF and print it. `name` is what people call the paper, `title` what the printer shows of it."""
        self._sentence = page_printer_sentence
        self._run(Lane.PAGE_PRINTER, name, lambda: printer.print_pdf(make(), title))

    def print_strip(self, guide: Guide, name: str) -> None:
        """Print the guide on the printer of slips."""
        self._sentence = strip_printer_sentence
        self._run(Lane.PRINTER, name, lambda: self._context.equipment.printer.print_slip(guide))

    def _run(self, lane: Lane, name: str, work: Callable[[], None]) -> None:
        if self.running:
            return
        self.running, self.trouble, self._told_as = True, False, name
        self._tell(_("Đang in {paper}, xin ông/bà chờ…").format(paper=name))
        self.begun.emit()
        self._context.tasks.run(lane, work, owner=self, done=self._came_out, failed=self._failed)

    def _came_out(self, _nothing: None) -> None:
        self.running = False
        self._tell(_("Đã in {paper}. Ông/bà lấy giấy ở máy in.").format(paper=self._told_as))
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self.running, self.trouble = False, True
        self._tell(self._sentence(error) if isinstance(error, DeviceProblem) else problem_sentence(error))
        self.ended.emit()

    def _tell(self, text: str) -> None:
        """Say it; where it `follows` a press, it is seen however far the page was turned."""
        self.show_text(text)
        if not self.follows:
            return
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, PagedScroll):
            parent = parent.parentWidget()
        if parent is not None:
            parent.reveal(self)
