"""Texts by gettext: the message id is the Vietnamese sentence itself; other languages are catalogues beside it."""

import gettext
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

DOMAIN = "kiosk"
FIRST_LANGUAGE = "vi"
"""The language of the texts in code and catalogue; it needs no file."""
_FIRST_NAME = "Tiếng Việt"

_Value = TypeVar("_Value")
_Told = ParamSpec("_Told")


class Said(str):
    """A text that knows how it came to be, and so can be said again once another language is in use.

    It is a str in every other way. What is cut out of it or put into an f-string is an ordinary str, which stays as it
    is: `composed` and `joined` keep the knowledge, and so do `format` and `+`.
    """

    __slots__ = ("_make",)
    _make: Callable[[], str]

    def __new__(cls, make: Callable[[], str]) -> "Said":
        """`make` says it in the language in use, now and whenever it is asked again."""
        made = super().__new__(cls, make())
        made._make = make
        return made

    def again(self) -> "Said":
        """The same in the language that is in use now."""
        return Said(self._make)

    def format(self, *args: object, **kwargs: object) -> str:
        """As str.format; what is put in is said again, too."""

        def make() -> str:
            named = {name: again(value) for name, value in kwargs.items()}
            return str.format(self._make(), *map(again, args), **named)

        return Said(make)

    def __add__(self, other: str) -> str:
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        return joined("", (other, self))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def again(value: _Value) -> _Value:
    """A text in the language in use now; everything else as it is."""
    return value.again() if isinstance(value, Said) else value  # type: ignore[return-value]  # a Said is a Said again


def joined(separator: str, parts: Iterable[str]) -> str:
    """As str.join, and the parts can be said again."""
    kept = tuple(parts)
    return Said(lambda: again(separator).join(map(again, kept)))


def composed(template: str, *parts: object) -> str:
    """As str.format with what stands between the parts in every language: `composed("{}: {}", label, text)`."""
    return Said(lambda: template.format(*map(again, parts)))


def sayable(tell: Callable[_Told, str]) -> Callable[_Told, str]:
    """What the function returns can be said again: by calling it again with the same arguments."""

    @wraps(tell)
    def told(*args: _Told.args, **kwargs: _Told.kwargs) -> str:
        def make() -> str:
            named: dict[str, Any] = {name: again(value) for name, value in kwargs.items()}
            return tell(*map(again, args), **named)  # type: ignore[arg-type]  # each is what it was, said again

        return Said(make)

    return told


@sayable
def without_stop(sentence: str) -> str:
    """Without the full stop at its end, to go on in a longer sentence."""
    return sentence.rstrip(".")


class Texts:
    """The language in use. One object for the whole program, so that a switch reaches every text at once."""

    def __init__(self) -> None:
        self._translations: gettext.NullTranslations = gettext.NullTranslations()
        self.language = FIRST_LANGUAGE

    def switch(self, language: str, folder: Path) -> None:
        """Use another of `languages(folder)`. Vietnamese needs no file."""
        self._translations = gettext.translation(DOMAIN, folder, [language], fallback=True)
        self.language = language

    def __call__(self, message: str) -> str:
        """The text in the language in use. It can be said again in another (`Said`)."""
        return Said(lambda: self._translations.gettext(message)) if message else ""


def marked(message: str) -> str:
    """The message itself, for what is filed in Vietnamese and shown through `_()` elsewhere: scripts/texts finds it."""
    return message


def languages(folder: Path) -> dict[str, str]:
    """Code and own name of every language there is, Vietnamese first: `folder` has LANGUAGE/LC_MESSAGES/kiosk.mo of
    each other one, and a catalogue names its own language as the translation of OWN_NAME."""
    found = {FIRST_LANGUAGE: _FIRST_NAME}
    for file in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")):
        code = file.parent.parent.name
        name = gettext.translation(DOMAIN, folder, [code]).gettext(OWN_NAME)
        found[code] = code if name == OWN_NAME else name
    return found


OWN_NAME = marked("Tên của ngôn ngữ này")
"""Translated by each catalogue with the name of its language in that language: "English"."""

_ = Texts()
