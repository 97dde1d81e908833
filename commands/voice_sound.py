"""Listens to one recorded clip: whether it is whole, loud enough, not clipped, and no longer than its text."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QLoggingCategory, QTimer, QUrl

from kiosk.opus_file import read_opus

DECODE_S = 10.0
LONGEST_S = 45.0
S_A_CHARACTER = 0.35
"""Slow reading takes 0.15 s a character, and a clip may begin and end with a breath."""
SILENT = 0.01
"""Of full scale (-40 dBFS): the loudest sample of a clip that holds nothing."""
QUIET_RMS = 0.02
"""Of full scale (-34 dBFS); speech at -20 LUFS has about 0.1."""
CLIPPED_SHARE = 0.001
_FULL = 0.99


class Damage(StrEnum):
    """What is wrong with a clip, as the command prints it."""

    FORMAT = "format"
    LONG = "too long"
    SILENT = "silent"
    QUIET = "too quiet"
    CLIPPED = "clipped"


def damage_of(path: Path, text: str, *, hears: bool) -> Damage | None:
    """The first thing that is wrong; `hears` tells whether sounds can be decoded here. Blocks up to DECODE_S."""
    try:
        opus = read_opus(path.read_bytes())
    except OSError:
        return Damage.FORMAT
    if opus is None or opus.channels > 2 or opus.duration_s <= 0:
        return Damage.FORMAT
    if opus.duration_s > min(LONGEST_S, 2 + S_A_CHARACTER * len(text)):
        return Damage.LONG
    if not hears:
        return None
    samples = decoded(path)
    return Damage.FORMAT if samples is None or not samples.size else loudness_damage(samples)


def loudness_damage(samples: np.ndarray) -> Damage | None:
    """Of samples between -1 and 1."""
    loud = np.abs(samples)
    if float(loud.max()) < SILENT:
        return Damage.SILENT
    spoken = loud[loud > SILENT]
    if float(np.sqrt(np.mean(np.square(spoken)))) < QUIET_RMS:
        return Damage.QUIET
    return Damage.CLIPPED if float(np.mean(loud >= _FULL)) > CLIPPED_SHARE else None


def can_hear() -> bool:
    """Whether Qt's multimedia loads here (on Debian it needs libpulse0)."""
    QLoggingCategory.setFilterRules("qt.multimedia.*.warning=false")  # what this machine lacks is no fault of ours
    try:
        import PySide6.QtMultimedia  # noqa: F401, PLC0415 - it may be missing
    except ImportError:
        return False
    return True


@contextmanager
def without_chatter() -> Iterator[None]:
    """FFmpeg tells of every file that it opens on the standard error; hundreds of files would hide what is said."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def decoded(path: Path) -> np.ndarray | None:
    """All samples between -1 and 1; None for what cannot be decoded. Needs a QCoreApplication."""
    from PySide6.QtMultimedia import QAudioDecoder, QAudioFormat  # noqa: PLC0415 - see can_hear

    wanted = QAudioFormat()
    wanted.setSampleRate(48_000)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    decoder, loop, parts = QAudioDecoder(), QEventLoop(), list[np.ndarray]()
    decoder.setAudioFormat(wanted)

    def take() -> None:
        content = decoder.read().data()
        if content is not None:
            parts.append(np.frombuffer(bytes(content), dtype="<i2").astype(np.float32) / 32768)

    decoder.bufferReady.connect(take)
    decoder.finished.connect(loop.quit)
    decoder.error.connect(lambda _error: loop.exit(1))
    decoder.setSource(QUrl.fromLocalFile(str(path)))
    QTimer.singleShot(round(DECODE_S * 1000), loop, lambda: loop.exit(1))
    QTimer.singleShot(0, decoder, decoder.start)
    failed = loop.exec()
    return None if failed else np.concatenate(parts) if parts else np.zeros(0, np.float32)
