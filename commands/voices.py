"""Which voices this kiosk reads aloud with: recorded clips first, then the machine's; a placeholder in rehearsals."""

import sys
from pathlib import Path

from devices.espeak import Espeak
from devices.speech_dispatcher import SpeechDispatcher
from kiosk.clips import ClipShelf, Composer
from kiosk.config import VoiceSettings
from kiosk.resources import resource_path
from kiosk.spoken_messages import messages
from kiosk.texts import languages
from ui.clip_player import ClipPlayer
from ui.clip_voice import ClipVoice
from ui.engine_voice import EngineVoice, SynthesizedVoice
from ui.sound_server import has_sound_server
from ui.system_voice import SystemVoice
from ui.tasks import Tasks
from ui.voice import FirstThatCan, Voice


def clip_folders(settings: VoiceSettings, language: str) -> tuple[Path, ...]:
    """Where clips of a language lie, the office's own before the shipped voice."""
    own = (settings.clips / language,) if settings.clips is not None else ()
    shipped = resource_path("audio", language)
    voices = sorted(path.name for path in shipped.iterdir() if path.is_dir()) if shipped.is_dir() else []
    name = settings.shipped or (voices[0] if voices else "")
    return (*own, shipped / name) if name else own


def clip_shelf(settings: VoiceSettings, language: str) -> tuple[ClipShelf, Composer]:
    """The clips of a language, and what puts texts together from them. Without clips nothing is read from disk."""
    shelf = ClipShelf(clip_folders(settings, language))
    texts = messages(resource_path("locale"), language) if len(shelf) else ()
    return shelf, Composer(texts, lambda text: shelf.find(text) is not None, language)


def make_voice(settings: VoiceSettings, tasks: Tasks, *, demo: bool) -> Voice:
    """Everything that can read here. In a rehearsal the placeholder of espeak-ng takes the place of the machine's
    voices, where it is installed."""
    shelves = {language: clip_shelf(settings, language) for language in languages(resource_path("locale"))}
    voices: list[Voice] = []
    sound = has_sound_server()
    if sound and any(len(shelf) for shelf, _composer in shelves.values()):
        voices.append(ClipVoice(_player(tasks), shelves))
    if demo:
        espeak = Espeak()
        if sound and espeak.languages:
            voices.append(SynthesizedVoice(espeak, _player(tasks), tasks, tasks))
    elif settings.machine and sys.platform == "win32":
        voices.append(SystemVoice(parent=tasks))
    elif settings.machine:
        voices.append(EngineVoice(SpeechDispatcher(), tasks, tasks))
    return FirstThatCan(voices)


def _player(tasks: Tasks) -> ClipPlayer:
    """Its libraries are loaded now, behind the opening page, and not at the first page that is shown."""
    player = ClipPlayer(parent=tasks)
    player.prepare()
    return player
