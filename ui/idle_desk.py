"""What the window does about silence: how long each page waits for somebody, and what the cover says then."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.idle_limits import IdleLimits, home_limits, idle_limits, staff_limits
from kiosk.visit import Visit
from ui.context import Context
from ui.cover import AtTheEnd
from ui.goodbye_screen import GoodbyeScreen
from ui.home_screen import HomeScreen
from ui.out_of_service_screen import OutOfServiceScreen
from ui.presence import Presence
from ui.screen import Screen
from ui.staff_desk import is_for_staff
from ui.time_choice import TimeChoice


class IdleDesk(QObject):
    """Decides what presence is watched with, and what is asked when nobody seems to be there."""

    first_page_silent = Signal()
    """Nobody has touched the page where a visit begins for its time."""
    ended = Signal()
    """Nobody is there, and there is nothing to lose: the first page is made anew."""

    def __init__(
        self,
        presence: Presence,
        context: Context,
        visit: Callable[[], Visit],
        shown: Callable[[], Screen | None],
        left_behind: Callable[[], tuple[int, bool]],
    ) -> None:
        """`visit` and `shown` tell how far the visit is and which screen is on the glass now; `left_behind` is
        ui.draft_desk.DraftDesk.left_behind for it."""
        super().__init__(presence)
        self._presence = presence
        self._context = context
        self._visit = visit
        self._shown = shown
        self._left_behind = left_behind
        self._more_time = False
        presence.idle.connect(self._ask)
        presence.more_time_asked.connect(lambda: self.give_time(wanted=True))

    def watch(self) -> None:
        """Another page is shown."""
        self._presence.watch(self._limits())

    def time_choice(self) -> TimeChoice:
        """The choice of longer limits, for the panel of size and colours."""
        return TimeChoice(self._context.theme, self.give_time, chosen=self._more_time)

    def give_time(self, *, wanted: bool) -> None:
        """Longer limits, or the usual ones, for the rest of the visit."""
        self._more_time = wanted
        self._presence.change(self._limits())

    def forget(self) -> None:
        """The visit is over: no cover, and the usual limits for the next person."""
        self._more_time = False
        self._presence.uncover()

    def _limits(self) -> IdleLimits:
        times, shown = self._context.times, self._shown()
        if is_for_staff(shown):
            return staff_limits(times)
        if isinstance(shown, HomeScreen | OutOfServiceScreen):
            return home_limits(times)
        return idle_limits(self._visit(), times, more_time=self._more_time)

    def _ask(self) -> None:
        shown = self._shown()
        if is_for_staff(shown):
            self._presence.ask(AtTheEnd(staff=True))
            return
        if isinstance(shown, HomeScreen):
            self.first_page_silent.emit()
        if isinstance(shown, HomeScreen | OutOfServiceScreen | GoodbyeScreen):
            self.ended.emit()  # made anew: in the usual look and language, and the devices are asked how they are
        else:
            kept_h, by_code = self._left_behind()
            self._presence.ask(AtTheEnd(kept_h, by_code=by_code, more_time=not self._more_time))
