"""The fixed frame around every screen: header, helper band, body, keyboard, footer. Nothing in it ever moves."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kiosk.help_standing import HelpAct, HelpStanding
from kiosk.resources import resource_path
from kiosk.texts import FIRST_LANGUAGE, _
from ui.accessible_roles import install_roles
from ui.body import Body, Room
from ui.footer import Footer
from ui.frame_keys import FrameKeys
from ui.frame_panels import FramePanels
from ui.frame_voice import FrameVoice
from ui.header import Header
from ui.helper_band import HelperBand
from ui.keyboard import Keyboard
from ui.keyboard_dock import KeyboardDock
from ui.labels import Surface
from ui.panels import Panel
from ui.screen import Screen
from ui.speaking import speak
from ui.theme import Theme
from ui.tokens import Contrast, TextSize
from ui.typing_choice import TypingChoice
from ui.typing_desk import TypingDesk


class Frame(Surface):
    """Shows one screen at a time and owns it. Says what the person wants; the navigator decides what happens.

    Enter goes on, Esc goes back (or closes a panel); what other keys do says ui.frame_keys. Tab goes through header,
    page and footer in the order in which they are read.
    """

    back = Signal()
    next = Signal()
    read_asked = Signal()
    page_turned = Signal()
    """Something else is shown: another screen, another page of it, a panel, or what is wrong on the page."""
    refused = Signal()
    """Continue was pressed, and the page has something to put right first."""
    help_act_asked = Signal(object)
    """A kiosk.help_standing.HelpAct: what the citizen wants of who helps."""

    def __init__(
        self, theme: Theme, *, help_phone: str = "", speech: bool = False, typing: TypingChoice | None = None
    ) -> None:
        """`help_phone` comes from the settings; `speech` tells whether there is anything to read aloud with; `typing`
        remembers for the visit how accents are typed."""
        install_roles()  # before the first of them is made
        super().__init__("page")
        self._theme = theme
        self._screen: Screen | None = None
        self._body: Body | None = None
        self._status = ""
        self.header = Header(theme, speech=speech)
        self.band = HelperBand(theme)
        self._middle = QVBoxLayout()
        self.keyboard = Keyboard(theme)
        self.footer = Footer(theme)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.band)
        column.addLayout(self._middle, 1)
        column.addWidget(self.keyboard)
        column.addWidget(self.footer)
        self._dock = KeyboardDock(self.keyboard, self)
        self.panels = FramePanels(theme, help_phone, self._middle, lambda: self._body, self._dock)
        self._keys = FrameKeys(self, self.header, lambda: self.page)
        self._voice = FrameVoice(self)
        self.typing = TypingDesk(theme, self._dock, self.keyboard, typing, self)
        column.insertWidget(column.indexOf(self.footer), self.typing.line)
        self._connect()

    def set_screen(self, screen: Screen) -> None:
        """Show `screen`; the one before it is left, wiped and deleted, and with it all that was typed there."""
        self.panels.close()
        old, old_body = self._screen, self._body
        body = Body(self._theme, screen, self)
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
        self._voice.page(body, screen)
        self.page_turned.emit()

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar of its own below header and band; it is shown and hidden by its owner."""
        self._column.insertWidget(self._column.indexOf(self.band) + 1, bar)

    def put_keyboard_away(self) -> None:
        """Until a field is touched; on a low panel it would leave too little of the page."""
        if self._theme.metrics.folds:
            self._dock.close()

    @property
    def shown(self) -> Screen | None:
        """The screen that is shown."""
        return self._screen

    @property
    def page(self) -> QWidget:
        """What stands between header and footer now: a panel, or the screen's body."""
        return self.panels.shown or self._body or self

    def expect_touch(self) -> None:
        """Whoever goes into a field next is shown the keyboard."""
        self._dock.expect_touch()

    def set_header(self, title: str, subtitle: str = "") -> None:
        """What is being done: the service in everyday words, and the procedure. No personal data."""
        self.header.set_texts(title, subtitle)

    def set_helper(self, name: str | None, standing: HelpStanding = HelpStanding.ACTIVE) -> None:
        """Who helps, with the unit, and how it stands; None when nobody does."""
        merged = self._theme.metrics.compact
        self.panels.set_helper(name or "", standing)
        self.header.show_helper((name or "") if merged else "", standing)
        self.band.show_helper("" if merged else (name or ""), standing)

    def set_status(self, text: str) -> None:
        """A short line of news in the footer: "Tự lưu lúc 9:41"."""
        self._status = text
        self._refresh()

    def begin_page(self) -> None:
        """The page that came while nobody could see it, under the cover, begins now; a panel over it stays."""
        if self.panels.shown is None:
            self._turn(None)

    def begin_anew(self) -> None:
        """For the next person: the usual look and language, and no news of the last visit."""
        self.panels.kept_h = 0
        self.typing.reset()
        self.set_status("")
        self._theme.set_look(TextSize.NORMAL, Contrast.LIGHT)
        if _.language != FIRST_LANGUAGE:
            self.speak(FIRST_LANGUAGE)

    def speak(self, language: str) -> None:
        """Say everything in another language, where it stands: what was typed, read or scanned stays, and so do the
        place on the page and the focus."""
        speak(self.window(), language, resource_path("locale"))
        self._settle()
        self.page_turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, unless a control has used it; held down, once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._go_on()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Where Tab and Shift+Tab go; also where the focus goes when what had it is hidden."""
        if (current := QApplication.focusWidget()) is None or current.isVisible():
            self._dock.expect_keys()
        return self._keys.go(forward=forward)

    def _connect(self) -> None:
        header, panels = self.header, self.panels
        header.read_asked.connect(self.read_asked)
        header.look_asked.connect(panels.open_look)
        header.help_asked.connect(panels.open_help)
        header.exit_asked.connect(panels.open_exit)
        header.helper_asked.connect(panels.open_helper)
        panels.opened.connect(self._on_panel)
        panels.closed.connect(self._on_panel_closed)
        panels.returned.connect(self.page_turned)
        panels.language_chosen.connect(self.speak)
        panels.help_act_asked.connect(self._on_help_act)
        self.band.asked.connect(self._on_help_act)
        self.footer.back.connect(self._go_back)
        self.footer.next.connect(self._go_on)
        self._dock.moved.connect(self._settle)
        QShortcut(Qt.Key.Key_Escape, self, self._go_back).setAutoRepeat(False)

    def _go_back(self) -> None:
        self.typing.finish()  # what stands on the page is kept as an answer, and must be a whole word
        if self.panels.shown is not None:
            self.panels.close()
        elif self._may_go_back() and self._screen is not None and not self._screen.step_back():
            self.back.emit()

    def _go_on(self) -> None:
        screen, body = self._screen, self._body
        if screen is None or body is None or self.panels.shown is not None or screen.busy or screen.next_label is None:
            return
        self.typing.finish()
        screen.check()
        body.show_problems()
        self._voice.problems(screen)
        if screen.valid:
            self.next.emit()
            return
        self.refused.emit()
        self.page_turned.emit()
        if self._dock.field is None:
            self._dock.close()  # what is wrong is to be read, or touched, not to be typed
        else:
            self._settle()

    def _may_go_back(self) -> bool:
        return self._screen is not None and self._screen.can_go_back and not self._screen.busy

    def _turn(self, wanted: QWidget | None) -> None:
        """The screen has turned to another page of its own: it begins as a new screen does."""
        if (body := self._body) is not None and (screen := self._screen) is not None:
            self._refresh()
            body.take_focus()
            self._dock.settle()
            self._settle()
            body.begin_at(wanted)
            self._voice.page(body, screen)
            self.page_turned.emit()

    def _refresh(self) -> None:
        screen = self._screen
        if screen is not None and self._body is not None:
            self._body.refresh()
            self.footer.set_acts(screen.next_label, can_go_back=screen.can_go_back)
        self.footer.set_status(screen.busy_text if screen is not None and screen.busy else self._status)
        self.footer.setVisible(self.panels.shown is None and self.footer.has_something)
        if screen is not None:
            self._voice.change(screen)

    def _most_room(self) -> Room:
        return Room.SHORT if self._theme.metrics.folds and self.keyboard.isVisibleTo(self) else Room.AMPLE

    def _settle(self) -> None:
        """The keyboard or the page has changed: fold or unfold, and bring the field into sight."""
        self.typing.look()
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

    def _on_help_act(self, act: HelpAct) -> None:
        self.typing.finish()
        self.help_act_asked.emit(act)

    def _on_panel(self, panel: Panel) -> None:
        self.footer.hide()
        self._voice.panel(panel)
        self.page_turned.emit()

    def _on_panel_closed(self, returns: bool) -> None:
        self._refresh()
        if returns and self._body is not None:
            self._settle()


def _lay_out_now() -> None:
    """Where things are decides what comes next: how much is left out, how far to scroll."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
