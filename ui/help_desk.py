"""What the window does when somebody calls for help: lamp, office and bell, and what became of it, until it is over."""

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from kiosk.help_call import LASTS_S, HelpCall, OfficeNews
from kiosk.visit import Step
from ui.context import Context
from ui.help_panel import HelpPanel
from ui.help_words import page_words
from ui.sounds import Sound

LOOK_MS = 500
PATIENCE_S = 5 * 60.0
"""Who calls from the first page touches nothing while somebody walks there; after that nobody is waiting any more."""
RING_EVERY_S, RINGS = 20, 3
"""A bell that rings on and on is switched off by the office, for ever."""


class HelpDesk(QObject):
    """The call lasts while the person goes on with the visit, until somebody ends it, the visit is over, or nobody has
    come for LASTS_S: the lamp, the button and the office's page agree."""

    turned = Signal()
    """A call has begun, or is over."""

    def __init__(self, context: Context, step: Callable[[], Step], parent: QObject) -> None:
        """`step` tells where the visit is."""
        super().__init__(parent)
        self._context = context
        self._step = step
        self._panel: HelpPanel | None = None
        self._lasts = False
        self._looks = 0
        self._since_s = 0.0
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def lasts(self) -> bool:
        """Whether a call lasts."""
        return self._lasts

    def opened(self, panel: HelpPanel) -> None:
        """ "Gọi hỗ trợ" was pressed: that is the call. Pressed again it shows how the call stands."""
        self._panel = panel
        panel.cancelled.connect(self._cancel)
        line = self._context.help_line
        if not self._lasts:
            self._context.sounds.play(Sound.CALL)
        if line is not None and not self._lasts:
            clock = self._context.equipment.clock
            self._lasts, self._looks, self._since_s = True, 0, clock.monotonic_s()
            line.ring(HelpCall(uuid4(), page_words(self._step()), clock.now()))
            self._look.start()
            self.turned.emit()
        self._show()

    def end(self) -> None:
        """Nobody is waiting any more."""
        if self._lasts and self._context.help_line is not None:
            self._lasts = False
            self._look.stop()
            self._context.help_line.end()
            self.turned.emit()

    def leave_silent(self) -> None:
        """The first page was silent for its time: a call that has lasted long is over, so that the next one rings."""
        if self._lasted_s() > PATIENCE_S:
            self.end()

    def _lasted_s(self) -> float:
        return self._context.equipment.clock.monotonic_s() - self._since_s

    def _cancel(self) -> None:
        self.end()
        if self._panel is not None and isValid(self._panel):
            self._panel.closed.emit()

    def _on_look(self) -> None:
        if self._lasted_s() > LASTS_S:
            self._cancel()
            return
        self._looks += 1
        ring = self._looks * LOOK_MS // 1000
        again = self._looks * LOOK_MS % (RING_EVERY_S * 1000) == 0 and ring < RINGS * RING_EVERY_S
        line = self._context.help_line
        if again and line is not None and line.news().office is not OfficeNews.SEEN:
            self._context.sounds.play(Sound.CALL)
        self._show()

    def _show(self) -> None:
        line = self._context.help_line
        if self._panel is not None and isValid(self._panel):
            self._panel.show_news(line.news() if line is not None and self._lasts else None)
