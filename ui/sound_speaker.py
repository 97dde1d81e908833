"""Plays the short sounds on the loudspeaker; without one, or without what Qt needs for it, nothing is heard."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLoggingCategory, QObject

from kiosk.config import SoundSettings
from ui.sound_server import has_sound_server
from ui.sound_waves import NOTES, RATE_HZ, samples
from ui.sounds import Silence, Sound, Sounds

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink

_log = logging.getLogger(__name__)


class SoundSpeaker(QObject):
    """Each sound has a sink of its own, made when it is heard: a loudspeaker that was plugged in since is found, and a
    sound server that came up since."""

    def __init__(self, settings: SoundSettings, parent: QObject | None = None) -> None:
        """Raises ImportError where the libraries behind QtMultimedia are missing (libpulse on Debian)."""
        super().__init__(parent)
        QLoggingCategory.setFilterRules("qt.multimedia.*.warning=false")  # what this machine lacks is no fault of ours
        from PySide6 import QtMultimedia  # noqa: PLC0415 -- fails on a machine without libpulse: the caller goes on

        self._multimedia = QtMultimedia
        self._presses = settings.heard == "all"
        self._waves = {sound: samples(notes, settings.volume_percent / 100) for sound, notes in NOTES.items()}
        self._playing: dict[Sound, tuple[QAudioSink, QBuffer]] = {}

    def play(self, sound: Sound) -> None:
        """Begin the sound; one that is heard already is begun anew."""
        if (sound is Sound.PRESS and not self._presses) or not has_sound_server():
            return
        device = self._multimedia.QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return
        old = self._playing.pop(sound, None)
        if old is not None:
            old[0].stop()
            old[0].deleteLater()
            old[1].deleteLater()
        form = self._multimedia.QAudioFormat()
        form.setSampleRate(RATE_HZ)
        form.setChannelCount(1)
        form.setSampleFormat(self._multimedia.QAudioFormat.SampleFormat.Int16)
        sink = self._multimedia.QAudioSink(device, form, self)
        content = QBuffer(self)
        content.setData(QByteArray(self._waves[sound]))
        content.open(QIODevice.OpenModeFlag.ReadOnly)
        sink.start(content)
        self._playing[sound] = (sink, content)


def make_sounds(settings: SoundSettings) -> Sounds:
    """The player, or silence where the settings or the machine want it so."""
    if settings.heard == "nothing" or settings.volume_percent == 0:
        return Silence()
    try:
        return SoundSpeaker(settings)
    except ImportError as error:
        _log.warning("no sounds: %s", error)
        return Silence()
