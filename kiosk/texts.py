"""Texts by gettext: the message id is the Vietnamese sentence itself; other languages are catalogues beside it."""

import gettext
from pathlib import Path

DOMAIN = "kiosk"
LANGUAGES = ("vi", "en")


class Texts:
    """The language in use. One object for the whole program, so that a switch reaches every text at once."""

    def __init__(self) -> None:
        self._translations: gettext.NullTranslations = gettext.NullTranslations()
        self.language = "vi"

    def switch(self, language: str, folder: Path) -> None:
        """Use another language of LANGUAGES; `folder` holds LANGUAGE/LC_MESSAGES/kiosk.mo. Vietnamese needs no file."""
        self._translations = gettext.translation(DOMAIN, folder, [language], fallback=True)
        self.language = language

    def __call__(self, message: str) -> str:
        return self._translations.gettext(message) if message else ""


def marked(message: str) -> str:
    """The message itself, for what is filed in Vietnamese and shown through `_()` elsewhere: scripts/texts finds it."""
    return message


_ = Texts()
