"""The texts to record for this office: pages, services, and the single words that values are put together from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalog import Service
from kiosk.clips import clip_id, fixed_pieces, trimmed
from kiosk.spoken_messages import Text, page_texts, service_texts, translations
from kiosk.spoken_numbers import ENGLISH_WORDS, WORDS

WORDS_PLACE = "words"
"""Where the closed list of single words occurs: in every value."""
OFFICE_PLACE = "office"
LANGUAGE_NAMES = ("Tiếng Việt", "English")
"""What the button for the other language is called; never translated."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip to record: its id, the text, the whole that it is a piece of, and the places where it is heard."""

    id: str
    text: str
    whole: str
    where: tuple[str, ...]


def clips_to_record(
    locale: Path, services: Iterable[Service], language: str, office_texts: Iterable[str] = ()
) -> tuple[Clip, ...]:
    """`office_texts` are names: the office's own, and the provinces. Each once, in the order of the pages, then of the
    services, the names, and the single words. Raises OSError where the written translations are missing."""
    words = WORDS if language == "vi" else ENGLISH_WORDS
    texts: Iterator[Text] | Sequence[Text] = (
        *page_texts(locale, language),
        *service_texts(services, translations(locale, language)),
        *(Text(text, OFFICE_PLACE) for text in office_texts if text),
        *(Text(word, WORDS_PLACE) for word in words),
        *(Text(name, WORDS_PLACE) for name in LANGUAGE_NAMES),
    )
    found: dict[str, tuple[str, str]] = {}
    places: dict[str, dict[str, None]] = {}
    for text in texts:
        for piece in _pieces(text.text):
            found.setdefault(clip_id(piece), (piece, text.text))
            places.setdefault(clip_id(piece), {})[text.where] = None
    return tuple(Clip(name, piece, whole, tuple(places[name])) for name, (piece, whole) in found.items())


def _pieces(text: str) -> tuple[str, ...]:
    """Lines of one text are read one by one."""
    return tuple(piece for line in text.split("\n") for piece in fixed_pieces(line) if trimmed(piece))
