"""Reads the page on the glass aloud: text after text, with what is read marked and in sight, at the person's pace."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from kiosk.spoken_privacy import MASKED, kept_back
from kiosk.texts import _
from ui.frame import Frame
from ui.reading_bar import ReadingBar
from ui.reading_mark import ReadingMark
from ui.reading_order import Words, is_problem, reading_order
from ui.scroll_area import PagedScroll
from ui.theme import Theme
from ui.voice import RATES, USUAL_RATE, Voice

_BEGIN_MS = 400
"""A page that has just come is seen before it is heard; one that is left again at once is not read at all."""
_JUST_BEGUN_MS = 1500
"""Asked to read again so soon after a text began, the one before it is meant."""


class Reading(StrEnum):
    """What the voice does."""

    OFF = "off"
    READS = "reads"
    HELD = "held"
    OVER = "over"


class ReadAloud(QObject):
    """Off until somebody presses "Đọc to"; then each page is read as it comes, until "Thôi đọc" or the visit's end. It
    falls silent when the page turns, something is typed or the page is covered."""

    speaking_changed = Signal(bool)
    """Whether something is being said: nobody has to touch the screen meanwhile."""

    def __init__(
        self,
        voice: Voice,
        theme: Theme,
        public: tuple[str, ...],
        secrets: Callable[[], tuple[str, ...]],
        parent: QObject,
    ) -> None:
        """`public` are numbers that may be said; `secrets` gives the texts of the visit that may not."""
        super().__init__(parent)
        self._voice = voice
        self._theme = theme
        self._public = public
        self._secrets = secrets
        self._frame: Frame | None = None
        self._bar: ReadingBar | None = None
        self._mark: ReadingMark | None = None
        self._wanted = False
        self._queue: tuple[Words, ...] = ()
        self._at = 0
        self._rate = USUAL_RATE
        self._state = Reading.OFF
        self._held_inside = False
        self._since = QElapsedTimer()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_BEGIN_MS)
        self._soon.timeout.connect(self._arrive)

    @property
    def state(self) -> Reading:
        """What the voice does."""
        return self._state

    @property
    def speaking(self) -> bool:
        """Whether something is being said at the moment."""
        return self._state is Reading.READS

    @property
    def rate(self) -> int:
        """In per cent of the usual pace."""
        return self._rate

    @property
    def now(self) -> Words | None:
        """The text that is being said, or would be when it goes on."""
        return self._queue[self._at] if self._at < len(self._queue) else None

    def attach(self, frame: Frame) -> None:
        """Read what this frame shows from now on; a frame is made anew when the language changes."""
        self._silence()
        self._frame = frame
        self._bar = bar = ReadingBar(self._theme)
        frame.add_bar(bar)
        frame.read_asked.connect(self.begin)
        frame.page_turned.connect(self.look)
        frame.installEventFilter(self)
        acts = (
            (bar.hold_asked, self.hold_or_go_on, Qt.Key.Key_F6),
            (bar.again_asked, self.again, Qt.Key.Key_F7),
            (bar.slower_asked, self.slower, Qt.Key.Key_F8),
            (bar.faster_asked, self.faster, Qt.Key.Key_F9),
        )
        for asked, act, key in acts:
            asked.connect(act)
            QShortcut(key, frame, act)
        bar.stop_asked.connect(self.quit)
        QShortcut(Qt.Key.Key_F5, frame, self._switch)

    def begin(self) -> None:
        """Read the page from its beginning, and each that comes after it."""
        if self._can_read():
            self._wanted = True
            self._start(0)

    def hold_or_go_on(self) -> None:
        """Hold in the middle of a word where the voice can, or go on."""
        if self._state is Reading.READS:
            self._held_inside = self._voice.pause()
            self._set(Reading.HELD)
        elif self._state is Reading.HELD:
            if self._held_inside:
                self._set(Reading.READS)
                self._voice.resume()
            else:
                self._say()

    def again(self) -> None:
        """This text again from its beginning; right after its beginning the one before; at the end the whole page."""
        if self._state is Reading.OFF:
            return
        just_begun = self._since.isValid() and self._since.elapsed() < _JUST_BEGUN_MS
        if self._state is Reading.OVER:
            self._start(0)
        else:
            self._at = max(0, self._at - 1) if just_begun else self._at
            self._say()

    def skip(self) -> None:
        """The next text at once."""
        if self._state is Reading.READS:
            self._said(well=True)

    def slower(self) -> None:
        """One step."""
        self._pace(-1)

    def faster(self) -> None:
        """One step."""
        self._pace(1)

    def quit(self) -> None:
        """The person has heard enough: nothing more is read, on later pages neither."""
        self._wanted = False
        self._silence()

    def wipe(self) -> None:
        """The visit is over: silent, at the usual pace, and off for the next person."""
        self.quit()
        self._rate = USUAL_RATE

    def look(self) -> None:
        """Another page is shown: what is said of the last one ends; the button shows whether this one can be read.
        Under the cover nothing is said but its own words, and a page is looked at once it is seen."""
        if self._frame is not None and self._frame.isVisible():
            self._silence()
        self._soon.start()

    def read(self, surface: QWidget) -> None:
        """Read what lies over the page, if the person wanted to be read to; until it is taken away."""
        if self._wanted:
            surface.installEventFilter(self)
            self._soon.stop()
            self._start(0, surface)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page that is covered, and a cover that is taken away, are neither read nor heard any more."""
        if event.type() == QEvent.Type.Hide:
            self._silence()
        return super().eventFilter(watched, event)

    def _switch(self) -> None:
        if self._state is Reading.OFF:
            self.begin()
        else:
            self.quit()

    def _arrive(self) -> None:
        if self._frame is None or not isValid(self._frame) or not self._frame.isVisible():
            return
        words = self._words(self._frame)
        can = self._covers(words)
        self._frame.header.read_button.setVisible(can)
        if self._wanted and can:
            wrong = next((number for number, each in enumerate(words) if is_problem(each)), 0)
            self._start(wrong)

    def _can_read(self) -> bool:
        return self._frame is not None and self._frame.isVisible() and self._covers(self._words(self._frame))

    def _covers(self, words: tuple[Words, ...]) -> bool:
        return bool(words) and self._voice.covers([each.text for each in words], _.language)

    def _words(self, surface: QWidget) -> tuple[Words, ...]:
        mask, secrets = _(MASKED), self._secrets()
        words = reading_order(surface, lambda text: kept_back(text, mask, self._public, secrets))
        return tuple(replace(each, text=each.otherwise) if self._cannot(each) else each for each in words)

    def _cannot(self, words: Words) -> bool:
        return bool(words.otherwise) and not self._voice.covers((words.text,), _.language)

    def _start(self, at: int, surface: QWidget | None = None) -> None:
        root = surface or self._frame
        if root is None:
            return
        self._silence()
        if surface is None and self._frame is not None:
            self._frame.put_keyboard_away()
        self._queue, self._at = self._words(root), at
        for field in root.findChildren(QLineEdit):
            field.textEdited.connect(self._hush, Qt.ConnectionType.UniqueConnection)
        self._say()

    def _say(self) -> None:
        words = self.now
        if words is None or not isValid(words.widget):
            self._drop_mark()
            self._set(Reading.OVER)
            return
        self._voice.stop()
        self._show(words.widget)
        self._since.start()
        self._set(Reading.READS)
        self._voice.say(words.text, _.language, self._rate, self._said)

    def _said(self, well: bool) -> None:
        """One text is done. A voice that failed is not asked again: the page says all of it without a sound."""
        if self._state is not Reading.READS:
            return
        if not well:
            self._silence()
            if self._frame is not None:
                self._frame.header.read_button.setVisible(self._can_read())
            return
        self._at += 1
        self._say()

    def _show(self, widget: QWidget) -> None:
        self._drop_mark()
        above = widget.parentWidget()
        while above is not None and not isinstance(above, PagedScroll):
            above = above.parentWidget()
        if above is not None:
            above.reveal(widget)
        self._mark = ReadingMark(self._theme, widget)

    def _drop_mark(self) -> None:
        if self._mark is not None and isValid(self._mark):
            self._mark.hide()
            self._mark.deleteLater()
        self._mark = None

    def _hush(self) -> None:
        """Somebody types: the voice would only disturb; the next page is read again."""
        self._silence()

    def _silence(self) -> None:
        """At once, and nothing of what was still to be said is kept."""
        self._soon.stop()
        self._voice.stop()
        self._queue, self._at = (), 0
        self._since.invalidate()
        self._drop_mark()
        self._set(Reading.OFF)

    def _pace(self, steps: int) -> None:
        at = RATES.index(self._rate) + steps
        if 0 <= at < len(RATES):
            self._rate = RATES[at]
            self._voice.set_rate(self._rate)
            self._show_state()

    def _set(self, state: Reading) -> None:
        spoke, self._state = self.speaking, state
        self._show_state()
        if spoke is not self.speaking:
            self.speaking_changed.emit(self.speaking)

    def _show_state(self) -> None:
        bar = self._bar
        if bar is not None and isValid(bar):
            bar.setVisible(self._state is not Reading.OFF)
            held, over = self._state is Reading.HELD, self._state is Reading.OVER
            slowest, fastest = self._rate == RATES[0], self._rate == RATES[-1]
            bar.show_state(held=held, over=over, rate=self._rate, slowest=slowest, fastest=fastest)
