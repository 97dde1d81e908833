"""The fixed frame around every screen: header, helper band, body, keyboard, footer. Nothing in it ever moves."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.body import Body, Room
from ui.footer import Footer
from ui.header import Header
from ui.helper_band import HelperBand
from ui.keyboard import Keyboard
from ui.keyboard_dock import KeyboardDock
from ui.labels import Surface
from ui.panels import ExitPanel, HelpPanel, LookPanel, Panel
from ui.screen import Screen
from ui.stop_panel import StopPanel
from ui.theme import Theme
from ui.tokens import Contrast, TextSize


class Frame(Surface):
    """Shows one screen at a time and owns it. Says what the person wants; the navigator decides what happens.

    Enter goes on, Esc goes back (or closes a panel), F1 calls for help.
    """

    back = Signal()
    next = Signal()
    exit_confirmed = Signal()
    stop_asked = Signal()
    read_asked = Signal()
    text_size_changed = Signal(TextSize)
    contrast_changed = Signal(Contrast)

    def __init__(self, theme: Theme, *, help_phone: str = "", speech: bool = False) -> None:
        """`help_phone` comes from the settings; `speech` tells whether there is anything to read aloud with."""
        super().__init__("page")
        self._theme = theme
        self._help_phone = help_phone
        self._screen: Screen | None = None
        self._body: Body | None = None
        self._panel: Panel | None = None
        self._status = ""
        self._kept_h = 0
        self.header = Header(theme, speech=speech)
        self.band = HelperBand(theme)
        self._middle = QVBoxLayout()
        self.keyboard = Keyboard(theme)
        self.footer = Footer(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.band)
        column.addLayout(self._middle, 1)
        column.addWidget(self.keyboard)
        column.addWidget(self.footer)
        self._dock = KeyboardDock(self.keyboard, self)
        self._connect()

    def set_screen(self, screen: Screen) -> None:
        """Show `screen`; the one before it is left, wiped and deleted, and with it all that was typed there."""
        self._close_panel()
        old, old_body = self._screen, self._body
        body = Body(self._theme, screen)
        self._screen, self._body = screen, body
        self._dock.default_kind = screen.keyboard
        self._middle.addWidget(body)
        body.fold(self._most_room())
        body.show()
        body.take_focus()
        if old is not None and old_body is not None:
            old.leave()
            self._middle.removeWidget(old_body)
            old_body.hide()
            old_body.deleteLater()
        self._dock.settle()
        screen.changed.connect(self._refresh)
        screen.forward.connect(self._go_on)
        screen.turned.connect(self._turn)
        self._refresh()
        self._settle()
        screen.enter()

    @property
    def shown(self) -> Screen | None:
        """The screen that is shown."""
        return self._screen

    def set_header(self, title: str, subtitle: str = "") -> None:
        """What is being done: the service in everyday words, and the procedure. No personal data."""
        self.header.set_texts(title, subtitle)

    def set_helper(self, name: str | None) -> None:
        """Who helps, with the unit; None when nobody does."""
        merged = self._theme.metrics.compact
        self.header.show_helper((name or "") if merged else "")
        self.band.show_helper("" if merged else (name or ""))

    def set_demo(self, demo: bool) -> None:
        """Mark everything as a rehearsal."""
        self.header.set_demo(demo)

    def set_kept(self, kept_h: int) -> None:
        """For how many hours what is shown can be saved and gone on with; 0 where there is nothing to save."""
        self._kept_h = kept_h

    def set_status(self, text: str) -> None:
        """A short line of news in the footer: "Tự lưu lúc 9:41"."""
        self._status = text
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, unless a control has used it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.header.look_asked.connect(self._open_look)
        self.header.read_asked.connect(self.read_asked)
        self.header.help_asked.connect(self._open_help)
        self.header.exit_asked.connect(self._open_exit)
        self.footer.back.connect(self._go_back)
        self.footer.next.connect(self._go_on)
        self._dock.moved.connect(self._settle)
        QShortcut(Qt.Key.Key_Escape, self, self._go_back)
        QShortcut(Qt.Key.Key_F1, self, self._open_help)

    def _go_back(self) -> None:
        if self._panel is not None:
            self._close_panel()
        elif self._may_go_back() and self._screen is not None and not self._screen.step_back():
            self.back.emit()

    def _go_on(self) -> None:
        screen, body = self._screen, self._body
        if screen is None or body is None or self._panel is not None or screen.busy or screen.next_label is None:
            return
        screen.check()
        body.show_problems()
        if screen.valid:
            self.next.emit()
        elif self._dock.field is None:
            self._dock.close()  # what is wrong is to be read, or touched, not to be typed
        else:
            self._settle()

    def _may_go_back(self) -> bool:
        return self._screen is not None and self._screen.can_go_back and not self._screen.busy

    def _turn(self, wanted: QWidget | None) -> None:
        """The screen has turned to another page of its own: it begins as a new screen does."""
        if (body := self._body) is not None:
            self._refresh()
            body.take_focus()
            self._dock.settle()
            self._settle()
            body.begin_at(wanted)

    def _refresh(self) -> None:
        screen = self._screen
        if screen is not None and self._body is not None:
            self._body.refresh()
            self.footer.set_acts(screen.next_label, can_go_back=screen.can_go_back)
        self.footer.set_status(screen.busy_text if screen is not None and screen.busy else self._status)

    def _most_room(self) -> Room:
        return Room.SHORT if self._theme.metrics.folds and self.keyboard.isVisibleTo(self) else Room.AMPLE

    def _settle(self) -> None:
        """The keyboard or the page has changed: fold or unfold, and bring the field into sight."""
        body = self._body
        if body is None:
            return
        for room in Room:
            if room >= self._most_room():
                body.fold(room)
                _lay_out_now()
                if not (self.keyboard.isVisibleTo(self) and body.overflows):
                    break
        if self._dock.field is not None:
            body.reveal(self._dock.field)

    def _open_look(self) -> None:
        panel = LookPanel(self._theme)
        panel.text_size_chosen.connect(self._on_text_size)
        panel.contrast_chosen.connect(self._on_contrast)
        self._open(panel)

    def _open_help(self) -> None:
        screen = self._screen
        reminder = (
            "" if screen is None else "\n".join(text for text in (screen.progress, screen.heading, screen.hint) if text)
        )
        panel = HelpPanel(self._theme, self._help_phone, reminder)
        self._open(panel)

    def _open_exit(self) -> None:
        screen = self._screen
        if screen is not None and (screen.busy or not screen.can_leave):
            return  # what is being sealed or sent is finished first: the citizen must get the code
        kept = screen is not None and screen.kept
        panel = StopPanel(self._theme, self._kept_h) if self._kept_h else ExitPanel(self._theme, kept=kept)
        panel.confirmed.connect(self._on_exit)
        if isinstance(panel, StopPanel):
            panel.saved.connect(self._on_stop)
        self._open(panel)

    def _open(self, panel: Panel) -> None:
        self._close_panel()
        self._panel = panel
        panel.closed.connect(self._close_panel)
        if self._body is not None:
            self._body.hide()
        self._dock.close()
        self.footer.hide()
        self._middle.addWidget(panel)
        panel.show()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_panel(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        self._middle.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        self.footer.show()
        if self._body is not None:
            self._body.show()
            self._body.take_focus()

    def _on_exit(self) -> None:
        self._close_panel()
        self.exit_confirmed.emit()

    def _on_stop(self) -> None:
        self._close_panel()
        self.stop_asked.emit()

    def _on_text_size(self, text_size: TextSize) -> None:
        self._theme.set_look(text_size, self._theme.contrast)
        self.text_size_changed.emit(text_size)

    def _on_contrast(self, contrast: Contrast) -> None:
        self._theme.set_look(self._theme.metrics.text_size, contrast)
        self.contrast_changed.emit(contrast)


def _lay_out_now() -> None:
    """Where things are decides what comes next: how much is left out, how far to scroll."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
