"""How a screen reader is given what is written: a mask is said to be one, and sentences are told apart."""

import re
from collections.abc import Iterable

from kiosk.texts import Said, _, again, sayable

_MASK = re.compile(r"•(?:[ /•]*•)*/?")
_ENDS = (".", "!", "?", "…", ":", ";", ",")


@sayable
def spoken(text: str) -> str:
    """The text for ears: masks are spoken as masks (49 CFR 27.71(k)(5)(ii)), and no dot is named one by one."""
    words = _("đã che")
    said = _MASK.sub(lambda _mask: f" {words} ", text)
    return re.sub(r" +([,.])", r"\1", " ".join(said.split()))


def sentences(texts: Iterable[str]) -> str:
    """Texts one after the other, each with a stop, so that a voice pauses between them. Empty ones are left out."""
    kept = tuple(texts)
    return Said(lambda: " ".join(_stopped(line) for text in map(again, kept) for line in _lines(text)))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip(" •")]


def _stopped(text: str) -> str:
    told = spoken(text)
    return told if told.endswith(_ENDS) else f"{told}."
