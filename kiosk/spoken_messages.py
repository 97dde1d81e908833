"""Every text of the program and of its catalogue, with where it occurs, from the compiled and written translations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from kiosk.catalog import Service
from kiosk.texts import DOMAIN, FIRST_LANGUAGE

_STAFF = (
    "ui/device",
    "ui/export_page",
    "ui/pin_p",
    "ui/queue_",
    "ui/staff_",
    "ui/withdraw_page",
    "ui/key_layouts",
)
"""Pages of the staff, who see; and the keys of the keyboard, which are never read."""
_PAPER = ("kiosk/specimen_slip", "kiosk/problem_advice", "kiosk/queue_alarm")
"""Texts of papers and of the staff that stand on no page of the citizen."""
_SHOWN = frozenset(
    ("detail", "hint", "label", "message", "name", "row_label", "section", "text", "title", "unknown_label", "stop")
)
"""Attributes of the catalogue's values that a page shows."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as a page shows it, in the language asked for, and the place that it comes from."""

    text: str
    where: str


@cache
def messages(folder: Path, language: str) -> tuple[str, ...]:
    """All texts of a language, those with placeholders too; `folder` is that of the translations. Empty where they
    were not compiled."""
    return tuple(
        source if language == FIRST_LANGUAGE else translated for source, translated in _pairs(folder, language)
    )


def page_texts(folder: Path, language: str) -> tuple[Text, ...]:
    """The texts of the citizen's pages by the module that shows them, in the order of the modules' names. Raises
    OSError where the written translations are not there: a bundle has the compiled ones alone."""
    with _file(folder, language, "po").open("rb") as file:
        found = [(where, message) for message in read_po(file) if (where := _place(message))]
    return tuple(
        Text(_in(language, message), where) for where, message in sorted(found, key=lambda pair: (pair[0], pair[1].id))
    )


def service_texts(
    services: Iterable[Service], translate: dict[str, str] | MappingProxyType[str, str]
) -> Iterator[Text]:
    """What pages show of each service of this office, in the order of its form; a text once a service."""
    for service in services:
        seen: set[str] = set()
        for text in _shown(service, translate):
            if text not in seen:
                seen.add(text)
                yield Text(translate.get(text, text), service.code)


def translations(folder: Path, language: str) -> MappingProxyType[str, str]:
    """Vietnamese to the language asked for, which may be Vietnamese."""
    sources = (source for source, _translated in _pairs(folder, language))
    return MappingProxyType(dict(zip(sources, messages(folder, language), strict=True)))


def _pairs(folder: Path, language: str) -> list[tuple[str, str]]:
    try:
        with _file(folder, language, "mo").open("rb") as file:
            return [(str(each.id), str(each.string)) for each in read_mo(file) if each.id]
    except OSError:
        return []


def _file(folder: Path, language: str, suffix: str) -> Path:
    """The catalogue of a language. Vietnamese has none of its own: any other names its texts. It may not be there."""
    if language != FIRST_LANGUAGE:
        return folder / language / "LC_MESSAGES" / f"{DOMAIN}.{suffix}"
    return next(iter(sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.{suffix}"))), folder / f"{DOMAIN}.{suffix}")


def _place(message: Message) -> str:
    """The first module that shows it on a page of the citizen; empty for all others."""
    if not message.id:
        return ""
    places = sorted(path for path, _line in message.locations)
    shown = [path for path in places if path.startswith(("ui/", "kiosk/")) and not path.startswith((*_STAFF, *_PAPER))]
    return shown[0] if shown else ""


def _in(language: str, message: Message) -> str:
    return str(message.id) if language == FIRST_LANGUAGE else str(message.string)


def _shown(value: object, known: dict[str, str] | MappingProxyType[str, str], name: str = "") -> Iterator[str]:
    if isinstance(value, str):
        if value and (name in _SHOWN or (value in known and " " in value)):
            yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from _shown(getattr(value, each.name), known, each.name)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _shown(item, known, name)
    elif isinstance(value, dict | MappingProxyType):
        for item in value.values():
            yield from _shown(item, known, name)
