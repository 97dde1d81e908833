"""Tests of kiosk/spoken_messages.py: a clerk is asked to read in the language that the pages are in."""

from commands.composition import load_shipped
from kiosk.resources import resource_path
from kiosk.spoken_messages import service_texts, translations


def test_each_language_is_asked_for_in_its_own_words() -> None:
    folder, service = resource_path("locale"), load_shipped().catalog.service("2.000635")
    vietnamese, english = (
        {each.text for each in service_texts([service], translations(folder, language))} for language in ("vi", "en")
    )
    assert "Của chính tôi" in vietnamese
    assert "Của chính tôi" not in english
    assert len(vietnamese) >= len(english) > 100
