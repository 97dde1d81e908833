"""Plays sounds one after the other, slower or faster with their pitch kept; without Qt's multimedia it says so."""

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLoggingCategory, QObject, QTimer, QUrl

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

LONGEST_S = 60.0
"""One sound; a player that has not come to its end by then hangs."""


class NoSound(Exception):
    """This machine cannot play: a library or every sound device is missing."""


def add_loudspeaker(player: "QMediaPlayer") -> None:
    """Let it be heard on the machine's usual sound device. Raises NoSound where there is none."""
    from PySide6.QtMultimedia import QAudioOutput, QMediaDevices  # noqa: PLC0415 - see ClipPlayer

    if not QMediaDevices.audioOutputs():
        raise NoSound("no sound device")
    player.setAudioOutput(QAudioOutput(player))


class ClipPlayer(QObject):
    """Make one on the window's thread. QtMultimedia is loaded with the first sound only: a machine without sound needs
    none of it. `sink` joins the player with where it is heard."""

    def __init__(self, sink: Callable[["QMediaPlayer"], None] = add_loudspeaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink = sink
        self._player: QMediaPlayer | None = None
        self._buffer = QBuffer(self)
        self._queue: deque[Path | bytes] = deque()
        self._done: Callable[[bool], None] | None = None
        self._rate = 1.0
        self._held = False
        self._deaf = False
        self._dog = QTimer(self)
        self._dog.setSingleShot(True)
        self._dog.timeout.connect(self._fail)

    @property
    def can_play(self) -> bool:
        """Whether sounds can be heard here."""
        return self.prepare()

    def prepare(self) -> bool:
        """Load what playing needs (some 60 ms); whether it is there. Asked again, a machine without sound is not
        looked at once more."""
        if self._player is None and not self._deaf:
            try:
                self._made()
            except (ImportError, NoSound):
                self._deaf = True
        return not self._deaf

    def play(self, sounds: Iterable[Path | bytes], rate: float, done: Callable[[bool], None]) -> None:
        """Play them in order. `done` hears True at the end, False when one could not be played."""
        self.stop()
        self._queue.extend(sounds)
        self._done = done
        self._rate = rate
        QTimer.singleShot(0, self, self._next)

    def set_rate(self, rate: float) -> None:
        """1.0 is as it was recorded; the pitch stays."""
        self._rate = rate
        if self._player is not None:
            self._player.setPlaybackRate(rate)

    def pause(self) -> None:
        """Hold."""
        self._held = True
        self._dog.stop()
        if self._player is not None:
            self._player.pause()

    def resume(self) -> None:
        """Go on."""
        if self._held and self._player is not None:
            self._held = False
            self._watch()
            self._player.play()

    def stop(self) -> None:
        """Be silent at once and keep nothing."""
        self._done = None
        self._queue.clear()
        self._held = False
        self._dog.stop()
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
        self._buffer.close()
        self._buffer.setData(QByteArray())

    def _made(self) -> "QMediaPlayer":
        if self._player is None:
            # What of codecs and sound servers this machine lacks is no fault of ours.
            QLoggingCategory.setFilterRules("qt.multimedia.*.warning=false")
            from PySide6.QtMultimedia import QMediaPlayer  # noqa: PLC0415 - needs libpulse0, which may be missing

            player = QMediaPlayer(self)
            self._sink(player)
            player.setPitchCompensation(True)
            player.mediaStatusChanged.connect(self._look)
            player.errorOccurred.connect(self._fail)
            self._player = player
        return self._player

    def _next(self) -> None:
        if self._done is None or self._held:
            return
        if not self._queue:
            self._end(well=True)
            return
        sound = self._queue.popleft()
        if not self.prepare():
            self._fail()
            return
        player = self._made()
        if isinstance(sound, bytes):
            self._buffer.close()
            self._buffer.setData(QByteArray(sound))
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            player.setSourceDevice(self._buffer, QUrl("sound.wav"))
        else:
            player.setSource(QUrl.fromLocalFile(str(sound)))
        player.setPlaybackRate(self._rate)
        self._watch()
        player.play()

    def _watch(self) -> None:
        self._dog.start(round(LONGEST_S * 1000 / min(self._rate, 1.0)))

    def _look(self, _status: object) -> None:
        from PySide6.QtMultimedia import QMediaPlayer  # noqa: PLC0415 - loaded by now

        if self._player is not None and self._player.mediaStatus() is QMediaPlayer.MediaStatus.EndOfMedia:
            QTimer.singleShot(0, self, self._next)  # a player is not given its next source while it tells of the last

    def _fail(self, *_told: object) -> None:
        self._end(well=False)

    def _end(self, *, well: bool) -> None:
        done = self._done
        self.stop()
        if done is not None:
            done(well)
