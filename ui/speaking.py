"""Another language on a page that is in use: every text is said again in its place, and nothing else changes."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kiosk.texts import Said, _, again


class Speaker:
    """Comes before Qt's own class among the bases of whatever shows texts or is called by a name.

    Qt keeps plain characters only, so the texts that are given to it are kept here as well. Attributes that are texts,
    or tuples, lists, dictionaries or values of them, are said again too: a brick that paints its texts itself needs
    nothing more.
    """

    def setAccessibleName(self, name: str) -> None:
        """As Qt's own."""
        self._name_said = name
        super().setAccessibleName(name)  # type: ignore[misc]  # of the Qt class that comes after this one

    def setAccessibleDescription(self, description: str) -> None:
        """As Qt's own."""
        self._description_said = description
        super().setAccessibleDescription(description)  # type: ignore[misc]  # likewise

    def say_again(self) -> None:
        """The language is another one now. A class that keeps what it shows elsewhere adds what it needs."""
        kept = vars(self)
        kept.update({name: said for name, value in [*kept.items()] if (said := _said_again(value)) is not value})
        if isinstance(name := kept.get("_name_said"), Said):
            self.setAccessibleName(name)
        if isinstance(description := kept.get("_description_said"), Said):
            self.setAccessibleDescription(description)
        assert isinstance(self, QWidget)
        self.updateGeometry()
        self.update()


class TextSpeaker(Speaker):
    """A speaker whose Qt class has a `setText`, as labels and buttons have."""

    def setText(self, text: str) -> None:
        """As Qt's own."""
        self._text_said = text
        super().setText(text)  # type: ignore[misc]  # of the Qt class that comes after this one

    @property
    def words(self) -> str:
        """The text as it was set: it can be said again in another language, as Qt's `text()` cannot."""
        return self._text_said

    def say_again(self) -> None:
        """The words, too. A name of its own stays: setting the words of a button names it by them."""
        words = vars(self).get("_text_said", "")
        named_apart = vars(self).get("_name_said", words) != words.replace("\n", " ")
        super().say_again()
        name = vars(self).get("_name_said", "")
        if isinstance(words, Said):
            self.setText(self._text_said)
        if named_apart:
            self.setAccessibleName(name)


def speak(root: QWidget, language: str, folder: Path) -> None:
    """Use another language, on everything below `root` at once."""
    _.switch(language, folder)
    say_all_again(root)


def say_all_again(root: QWidget) -> None:
    """Everything from `root` down, first what is further up."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, Speaker):
            widget.say_again()


def _said_again(value: object) -> object:
    """What the value is now where there is a text in it, else the value itself."""
    if isinstance(value, Said):
        return value.again()
    if type(value) is tuple or type(value) is list:
        said = [_said_again(each) for each in value]
        return type(value)(said) if any(new is not old for new, old in zip(said, value, strict=True)) else value
    if type(value) is dict:
        pairs = {key: _said_again(each) for key, each in value.items()}
        return pairs if any(pairs[key] is not each for key, each in value.items()) else value
    if is_dataclass(value) and not isinstance(value, type):
        texts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        changed = {name: again(text) for name, text in texts.items() if isinstance(text, Said)}
        return replace(value, **changed) if changed else value
    return value
