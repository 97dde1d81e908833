"""What opens in place of the page: size and colours, help, the helper, switches, and the question before leaving."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.help_standing import HelpAct, HelpStanding
from kiosk.switch_scan import SwitchMode
from kiosk.texts import joined
from ui.body import Body
from ui.help_panel import HelpPanel
from ui.helper_pill import HelperPanel
from ui.keyboard_dock import KeyboardDock
from ui.page_place import PagePlace, place_on
from ui.panels import ExitPanel, LookPanel, Panel
from ui.stop_panel import StopPanel
from ui.switch_panel import SwitchPanel
from ui.theme import Theme


class FramePanels(QObject):
    """One panel at a time, and the way back to where the person was on the page."""

    opened = Signal(object)
    """The Panel that is shown from now on."""
    closed = Signal(bool)
    """No panel is shown; whether the page is gone back to, and not another panel opened."""
    returned = Signal()
    """The person is on the page again, or on the way to another panel."""
    exit_confirmed = Signal()
    """The citizen leaves, and everything is wiped."""
    stop_asked = Signal()
    """What is done so far is to be saved."""
    language_chosen = Signal(str)
    help_opened = Signal(object)
    """The HelpPanel that somebody opened."""
    help_act_asked = Signal(object)
    """A kiosk.help_standing.HelpAct: what the citizen wants of who helps."""
    switches_chosen = Signal(object)
    """The kiosk.switch_scan.SwitchMode that is wanted."""

    def __init__(
        self, theme: Theme, help_phone: str, place: QVBoxLayout, body: Callable[[], Body | None], dock: KeyboardDock
    ) -> None:
        """`place` is where page and panels are laid out; `body` tells the page that is shown there now."""
        super().__init__(place.parentWidget())
        self._theme = theme
        self._help_phone = help_phone
        self._place = place
        self._body = body
        self._dock = dock
        self._panel: Panel | None = None
        self._left_at = PagePlace()
        self._look_extras: list[Callable[[], QWidget]] = []
        self._helper = "", HelpStanding.NONE
        self.kept_h = 0
        """For how many hours what is shown can be saved and gone on with; 0 where there is nothing to save."""
        self.switch_mode = SwitchMode.OFF
        """How many switches are used now."""

    @property
    def shown(self) -> Panel | None:
        """The panel that is open."""
        return self._panel

    def set_helper(self, name: str, standing: HelpStanding) -> None:
        """Who helps, with the unit, and how it stands."""
        self._helper = name, standing

    def add_to_look(self, make: Callable[[], QWidget]) -> None:
        """One more choice on the panel of size and colours, made anew each time that it opens."""
        self._look_extras.append(make)

    def open_look(self) -> None:
        """Size, colours and language, applied to everything at once."""
        theme = self._theme
        panel = LookPanel(theme, [make() for make in self._look_extras])
        panel.text_size_chosen.connect(lambda size: theme.set_look(size, theme.contrast))
        panel.contrast_chosen.connect(lambda contrast: theme.set_look(theme.metrics.text_size, contrast))
        panel.switches_asked.connect(self._open_switches)
        panel.language_chosen.connect(self.language_chosen)
        self._open(panel)

    def open_help(self) -> None:
        """ "Gọi hỗ trợ", with what the page was about."""
        body = self._body()
        screen = body.drawn if body is not None else None
        told = () if screen is None else (screen.progress, screen.heading, screen.hint)
        panel = HelpPanel(self._theme, self._help_phone, joined("\n", (text for text in told if text)))
        self._open(panel)
        self.help_opened.emit(panel)

    def open_helper(self) -> None:
        """Who helps, where there is no room for the band."""
        panel = HelperPanel(self._theme, *self._helper)
        panel.asked.connect(self._on_help_act)
        self._open(panel)

    def open_exit(self) -> None:
        """The question before leaving. What is being sealed or sent is finished first: the citizen must get the
        code."""
        body = self._body()
        screen = body.drawn if body is not None else None
        if screen is not None and (screen.busy or not screen.can_leave):
            return
        kept = screen is not None and screen.kept
        panel = StopPanel(self._theme, self.kept_h) if self.kept_h else ExitPanel(self._theme, kept=kept)
        panel.confirmed.connect(self._on_exit)
        if isinstance(panel, StopPanel):
            panel.saved.connect(self._on_stop)
        self._open(panel)

    def close(self, *, returns: bool = True) -> None:
        """Back to the page and the place on it; not `returns` where something else opens at once."""
        panel, self._panel = self._panel, None
        if panel is None:
            return
        self._place.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        body, left_at = self._body(), self._left_at
        if body is not None:
            body.show()
        self.closed.emit(returns)
        if body is not None and returns:
            left_at.go_back(body, self._dock)
        self._left_at = PagePlace()  # a widget that is gone would hold its page, and that the visit
        self.returned.emit()

    def _open(self, panel: Panel) -> None:
        body = self._body()
        left_at = place_on(body, self._dock) if self._panel is None else self._left_at
        self.close(returns=False)
        self._left_at = left_at
        self._panel = panel
        panel.closed.connect(self.close)
        if body is not None:
            body.hide()
        self._dock.close()
        self._place.addWidget(panel)
        panel.show()
        panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(panel)

    def _open_switches(self) -> None:
        panel = SwitchPanel(self._theme, self.switch_mode)
        panel.mode_chosen.connect(self._on_switches)
        self._open(panel)

    def _on_switches(self, mode: SwitchMode) -> None:
        self.switch_mode = mode
        self.switches_chosen.emit(mode)

    def _on_help_act(self, act: HelpAct) -> None:
        self.close()
        self.help_act_asked.emit(act)

    def _on_exit(self) -> None:
        self.close()
        self.exit_confirmed.emit()

    def _on_stop(self) -> None:
        self.close()
        self.stop_asked.emit()
