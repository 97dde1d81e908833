"""The message id is the Vietnamese sentence; one switch reaches every text, and nothing is lost without a file."""

import json
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kiosk.texts import DOMAIN, OWN_NAME, Said, Texts, _, again, composed, joined, languages, sayable, without_stop


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """A folder of one English translation."""
    add_language(tmp_path, "en", {"Tiếp tục": "Continue", "{count} trang": "{count} pages", "Xong.": "Done."})
    return tmp_path


def add_language(folder: Path, code: str, texts: dict[str, str]) -> None:
    """What a translator hands in: one compiled catalogue in a folder of its own."""
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True)
    catalog = Catalog(locale=code)
    for message, translation in texts.items():
        catalog.add(message, translation)
    with (place / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)


def test_without_a_switch_the_words_are_their_own() -> None:
    texts = Texts()
    assert texts.language == "vi"
    assert texts("Tiếp tục") == "Tiếp tục"


def test_a_switch_reaches_whoever_holds_the_object(locale: Path) -> None:
    texts = Texts()
    say: Callable[[str], str] = texts
    texts.switch("en", locale)
    assert (texts.language, say("Tiếp tục")) == ("en", "Continue")
    texts.switch("vi", locale)
    assert (texts.language, say("Tiếp tục")) == ("vi", "Tiếp tục")


def test_what_is_not_translated_stays_vietnamese(locale: Path) -> None:
    texts = Texts()
    texts.switch("en", locale)
    assert texts("Chưa dịch") == "Chưa dịch"


@pytest.mark.parametrize("language", ["vi", "en", "zh"])
def test_a_missing_file_is_no_reason_to_stop(language: str, tmp_path: Path) -> None:
    texts = Texts()
    texts.switch(language, tmp_path / "nowhere")
    assert texts("Tiếp tục") == "Tiếp tục"


def test_nothing_stays_nothing(locale: Path) -> None:
    """gettext would answer the empty message with the catalogue's own header."""
    texts = Texts()
    texts.switch("en", locale)
    assert texts("") == ""


def test_a_language_is_one_file_that_names_itself(locale: Path) -> None:
    add_language(locale, "zh", {OWN_NAME: "中文", "Tiếp tục": "继续"})
    assert languages(locale) == {"vi": "Tiếng Việt", "en": "en", "zh": "中文"}
    texts = Texts()
    texts.switch("zh", locale)
    assert texts("Tiếp tục") == "继续"
    assert texts("Chưa dịch") == "Chưa dịch"


def test_without_catalogues_there_is_vietnamese(tmp_path: Path) -> None:
    assert languages(tmp_path / "nowhere") == {"vi": "Tiếng Việt"}


@pytest.fixture
def spoken(locale: Path) -> Iterator[Callable[[str], None]]:
    """Switches the one object of the whole program."""
    yield lambda language: _.switch(language, locale)
    _.switch("vi", locale)


@sayable
def shouted(text: str) -> str:
    return text.upper()


def test_a_text_is_said_again_however_it_was_put_together(spoken: Callable[[str], None]) -> None:
    on, pages, done = _("Tiếp tục"), _("{count} trang").format(count=2), _("Xong.")
    whole = [
        on,
        pages,
        on + "!",
        "» " + on,
        joined(" · ", (on, "AB", pages)),
        composed("{}: {}", on, pages),
        _("{count} trang").format(count=on),
        without_stop(done),
        shouted(on),
    ]
    before = list(map(str, whole))
    spoken("en")
    assert [again(text) for text in whole] == [
        "Continue",
        "2 pages",
        "Continue!",
        "» Continue",
        "Continue · AB · 2 pages",
        "Continue: 2 pages",
        "Continue pages",
        "Done",
        "CONTINUE",
    ]
    assert whole == before, "what was said stays as it was said"
    spoken("vi")
    assert [again(again(text)) for text in whole] == before
    assert again(3) == 3


def test_to_everybody_else_it_is_a_plain_text(spoken: Callable[[str], None]) -> None:
    text = _("Tiếp tục")
    assert isinstance(text, Said)
    assert (json.dumps([text]), dict.fromkeys([str(text)], 1)[text]) == (json.dumps(["Tiếp tục"]), 1)
    kept = pickle.loads(pickle.dumps(text))  # our own, of a moment ago
    assert type(kept) is str
    assert kept == text
