"""The staff of this counter as the kiosk knows them: who has a PIN, and what a typed PIN comes to."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

PIN_MIN_DIGITS = 6
PIN_MAX_DIGITS = 12
NAME_MAX_LENGTH = 60


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The PIN is that of `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class WrongPin:
    """Nobody has this PIN; after `tries_left` more such tries it is locked."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong PINs in a row: none is looked at before `until`, not even a right one."""

    until: datetime


PinAnswer = SignedIn | WrongPin | Locked


class StaffRefusal(StrEnum):
    """Why nobody can have this name and PIN. The values go over the local socket."""

    NAME = "name"
    LENGTH = "length"
    EASY = "easy"
    """People try it first, or somebody has it: which of the two is not told."""


class StaffPins(Protocol):
    """The PINs of the staff. A PIN alone says who it is, so no two people have the same. All calls may block."""

    def any(self) -> bool:
        """Whether anybody of the staff has a PIN."""
        ...

    def sign_in(self, pin: str, now: datetime) -> PinAnswer:
        """Whose PIN this is. Each try counts before it is looked at."""
        ...


def is_easy(pin: str) -> bool:
    """Whether a PIN is among those that people try first: one or two digits over and over, runs such as 123456, 987654
    or 246802, and a half that is said twice (123123)."""
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(pin)}
    half = len(pin) // 2
    return len(set(pin)) < 3 or len(steps) < 2 or pin == pin[:half] * 2 or pin == pin[: len(pin) // 3] * 3


def canonical_name(name: str) -> str:
    """A name without spaces around it and doubled ones, in Unicode's composed form (NFC)."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def refusal_of(name: str, pin: str) -> StaffRefusal | None:
    """What is wrong with a canonical name and a PIN by themselves, if anything."""
    if not name or len(name) > NAME_MAX_LENGTH or not name.isprintable():
        return StaffRefusal.NAME
    if not (pin.isascii() and pin.isdigit() and PIN_MIN_DIGITS <= len(pin) <= PIN_MAX_DIGITS):
        return StaffRefusal.LENGTH
    return StaffRefusal.EASY if is_easy(pin) else None
