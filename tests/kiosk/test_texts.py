"""The message id is the Vietnamese sentence; one switch reaches every text, and nothing is lost without a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kiosk.texts import DOMAIN, LANGUAGES, Texts


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    """A folder of one English translation."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = Catalog(locale="en")
    catalog.add("Tiếp tục", "Continue")
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)
    return tmp_path


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_file_is_no_reason_to_stop(language: str, tmp_path: Path) -> None:
    texts = Texts()
    texts.switch(language, tmp_path / "nowhere")
    assert texts("Tiếp tục") == "Tiếp tục"


def test_nothing_stays_nothing(locale: Path) -> None:
    """gettext would answer the empty message with the catalogue's own header."""
    texts = Texts()
    texts.switch("en", locale)
    assert texts("") == ""
