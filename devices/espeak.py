"""espeak-ng as a program of its own (GPL): a placeholder voice for rehearsals, its sound taken through a pipe."""

import shutil
import subprocess

from kiosk.speech import SpeechProblem

PROGRAM = "espeak-ng"
WORDS_A_MINUTE = 125
TIMEOUT_S = 20.0
_VOICES = {"vi": "vi", "en": "en"}


class Espeak:
    """A `kiosk.speech.SpeechSynthesizer`. The text goes in by the standard input and the sound comes out by the
    standard output: neither a file nor the list of processes shows what is said."""

    def __init__(self, program: str = PROGRAM, timeout_s: float = TIMEOUT_S) -> None:
        self._program = program
        self._timeout_s = timeout_s

    @property
    def languages(self) -> frozenset[str]:
        """Both of ours, where the program is installed."""
        return frozenset(_VOICES) if shutil.which(self._program) else frozenset()

    def wave(self, text: str, language: str) -> bytes:
        """The text as a WAV file. Raises SpeechProblem."""
        command = [self._program, "-v", _VOICES[language], "-s", str(WORDS_A_MINUTE), "--stdin", "--stdout"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, and the text is no argument
                command, input=text.encode(), capture_output=True, timeout=self._timeout_s, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SpeechProblem(f"{self._program}: {type(error).__name__}") from error
        if done.returncode or done.stdout[:4] != b"RIFF":
            raise SpeechProblem(f"{self._program} ended with {done.returncode}")
        return _with_lengths(done.stdout)


def _with_lengths(wave: bytes) -> bytes:
    """Into a pipe the program cannot write how long the sound is: its header says more than two thousand seconds."""
    at = wave.find(b"data", 12)
    if at < 0:
        raise SpeechProblem("no sound in what came")
    riff, sound = len(wave) - 8, len(wave) - at - 8
    return b"RIFF" + riff.to_bytes(4, "little") + wave[8 : at + 4] + sound.to_bytes(4, "little") + wave[at + 8 :]
